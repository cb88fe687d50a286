"""What a draft says otherwise than the version before it: member by member, and code by code of a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement

_APART = ("id", "version", "status", "codes")
"""No content of their own: where it stands, and the codes, which are told one by one."""


def change(draft: DataElement | CodeList, held: DataElement | CodeList | None) -> dict[str, Any]:
    """{kind, id, version, before, names, members: [{name, old, new}]} and of a list `codes`: {added, ended, reworded},
    each a list of values. `before` is None, and `members` empty, where there is no version before it."""
    old, new = held.to_data() if held else {}, draft.to_data()
    members = sorted(set(new) | set(old)) if held else ()
    told: dict[str, Any] = {
        "kind": "element" if isinstance(draft, DataElement) else "code_list",
        "id": draft.id,
        "version": draft.version,
        "before": held.version if held else None,
        "names": dict(draft.names),
        "members": [
            {"name": name, "old": old.get(name), "new": new.get(name)}
            for name in members
            if name not in _APART and old.get(name) != new.get(name)
        ],
    }
    if isinstance(draft, CodeList):
        told["codes"] = _codes(draft, held if isinstance(held, CodeList) else None)
    return told


def _codes(draft: CodeList, held: CodeList | None) -> Mapping[str, list[str]]:
    """`ended` are gone or have a last day that they had not."""
    before, now = held.by_value if held else {}, draft.by_value
    both = [(before[value], code) for value, code in now.items() if value in before]
    ended = [value for value in before if value not in now]
    ended += [code.value for old, code in both if code.valid_to and not old.valid_to]
    return {
        "added": [value for value in now if value not in before],
        "ended": ended,
        "reworded": [code.value for old, code in both if code != old and code.value not in ended],
    }
