"""A schema subject: one id under which versions of a JSON Schema follow each other, 1, 2, 3, …"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gdbos_atom.pointers import escape
from gdbos_contracts.errors import Fault, Incompatible
from gdbos_contracts.modes import TRANSITIVE
from gdbos_contracts.text import Text
from services.standards.domain.compat.normal import Document

Json = Any
MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Subject:
    """`mode` says with what a new version must be compatible; `lenient` that writers write named members only.

    `steward` is the agency (unified social credit code) that answers for it, "" when the platform does.
    """

    id: str
    mode: str
    lenient: bool
    steward: str = ""

    @property
    def transitive(self) -> bool:
        return self.mode.endswith(TRANSITIVE)

    def to_data(self) -> dict[str, Any]:
        return {"id": self.id, "mode": self.mode, "lenient": self.lenient, "steward": self.steward}


def refusal(name: str, pointer: str, found: Mapping[str, Any]) -> Incompatible:
    """The error for a version that is not compatible, or not shown to be."""
    detail = _NOT_SHOWN if found["compatible"] is None else _BREAKS
    message: Text = {language: words.format(name) for language, words in detail.items()}
    faults = [Fault(f"{pointer}{c['path']}", str(c["kind"]), c["message"]) for c in found["changes"]]
    told = {"subject": name, **{k: v for k, v in found.items() if k != "compatible"}}
    return Incompatible(message, faults, told)


_BREAKS = {
    "zh-Hans": "{} 的新版本与已发布版本不兼容",
    "zh-Hant": "{} 的新版本與已發布版本不相容",
    "en": "the new version of {} is not compatible with what is published",
}
_NOT_SHOWN = {
    "zh-Hans": "无法证明 {} 的新版本与已发布版本兼容",
    "zh-Hant": "無法證明 {} 的新版本與已發布版本相容",
    "en": "the new version of {} could not be shown to be compatible with what is published",
}


def text_of(schema: Json) -> str:
    """The one text of a schema; equal schemas have equal text. Raises ValueError for what is not JSON."""
    return json.dumps(schema, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def loops(schema: Json, pointer: str) -> list[Fault]:
    """A fault for each composition that comes back to itself without looking deeper into the value: `a` is `b`
    and `b` is `a`. Nothing can be judged by it."""
    document = Document(schema)
    done: set[int] = set()
    found: list[Fault] = []
    for at, place in _places(document.root, ""):
        if _loops(place, document, [], done):
            message = {
                "zh-Hans": "组合引用自身，形成循环",
                "zh-Hant": "組合引用自身，形成循環",
                "en": "is composed of itself",
            }
            found.append(Fault(f"{pointer}{at}", "cyclic", message))
    return found


def _loops(place: Json, document: Document, way: Sequence[int], done: set[int]) -> bool:
    if not isinstance(place, dict) or id(place) in done:
        return False
    if id(place) in way:
        return True
    found = [_loops(each, document, [*way, id(place)], done) for each in _beside(place, document)]
    done.add(id(place))
    return any(found)


def _beside(place: dict[str, Json], document: Document) -> Iterator[Json]:
    for keyword in ("allOf", "anyOf", "oneOf"):
        yield from place.get(keyword, ())
    yield from (place[keyword] for keyword in ("not", "if", "then", "else") if keyword in place)
    yield from place.get("dependentSchemas", {}).values()
    if isinstance(place.get("$ref"), str):
        try:
            yield document.resolve(place["$ref"])
        except (KeyError, IndexError, ValueError, TypeError):
            return


def _places(node: Json, pointer: str) -> Iterator[tuple[str, dict[str, Json]]]:
    if isinstance(node, dict):
        yield pointer, node
        for name, value in node.items():
            yield from _places(value, f"{pointer}/{escape(name)}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _places(value, f"{pointer}/{index}")
