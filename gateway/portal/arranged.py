"""A template as somebody typed it: sections that begin with `#`, and a line for each element.

    # 本人 | 本人 | Person
    person.name@1
    person.sex@1 ?

`?` leaves the field to choice; without a version the newest is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from gateway.portal.faults import fault
from gdbos_contracts.errors import BadInput, Fault
from gdbos_contracts.text import LANGUAGES

LONGEST = 50_000
_LINE = re.compile(r"(?P<id>[a-z][a-z0-9_.]*)(?:@(?P<version>[1-9]\d{0,8}))?(?P<optional>\s*\?)?")


def read(text: str, newest: Callable[[str], int]) -> list[dict[str, Any]]:
    """The `sections` of a template. `newest` tells the version of an element. BadInput names every line that is
    neither a section nor an element."""
    sections: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for number, line in enumerate(text[:LONGEST].splitlines(), 1):
        words = line.strip()
        if words.startswith("#"):
            sections.append({"names": _names(words.lstrip("# ")), "fields": []})
        elif found := _LINE.fullmatch(words):
            if not sections:
                sections.append({"names": _names("—"), "fields": []})
            sections[-1]["fields"].append(_field(found, newest))
        elif words:
            faults.append(_unreadable(number))
    if faults:
        raise BadInput(faults=faults)
    return sections


def written(sections: list[Mapping[str, Any]]) -> str:
    """The same text again, of a template that is to get another version."""
    lines: list[str] = []
    for section in sections:
        lines.append("# " + " | ".join(section["names"].get(language, "") for language in LANGUAGES))
        lines += [f"{f['element']}@{f['version']}{'' if f['required'] else ' ?'}" for f in section["fields"]]
    return "\n".join(lines)


def _names(text: str) -> dict[str, str]:
    """One name stands for all three."""
    given = [part.strip() for part in text.split("|")]
    return {language: given[min(at, len(given) - 1)] for at, language in enumerate(LANGUAGES)}


def _field(found: re.Match[str], newest: Callable[[str], int]) -> dict[str, Any]:
    version = int(found["version"]) if found["version"] else newest(found["id"])
    return {"element": found["id"], "version": version, "required": not found["optional"]}


def _unreadable(number: int) -> Fault:
    return fault(
        f"/arranged/{number}",
        "line",
        f"第 {number} 行既不是分节（#）也不是数据元",
        f"第 {number} 行既不是分節（#）也不是資料元",
        f"Line {number} is neither a section (#) nor an element",
    )
