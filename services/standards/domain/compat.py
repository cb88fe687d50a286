"""Compatibility of two schemas. Three answers: compatible, incompatible with a witness, undecided.

Backward: whatever was valid under the old schema is valid under the new one; forward: the other way round.
Equal schemas are compatible; a document that is valid on one side and not on the other proves incompatibility
and is shown; where neither is found the answer is "undecided", never a guess.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gdbos_atom.validation import Validator

Json = Mapping[str, Any]
_DIRECTIONS = {
    "none": (),
    "backward": ("backward",),
    "forward": ("forward",),
    "full": ("backward", "forward"),
}
_MESSAGE = {
    "zh-Hans": "此前有效的数据不再有效，见证据文档",
    "zh-Hant": "此前有效的資料不再有效，見證據文件",
    "en": "a document that was valid is no longer valid; see the witness",
}


def compare(old: Any, new: Any, mode: str, *, lenient: bool = False) -> dict[str, Any]:
    """{compatible: true | false | null, changes: [{kind, path, message}], witness?}."""
    verdicts = [
        _contained(old, new) if direction == "backward" else _contained(new, old)
        for direction in _DIRECTIONS[mode]
    ]
    refused = next((verdict for verdict in verdicts if verdict["compatible"] is False), None)
    if refused is not None:
        return refused
    undecided = any(verdict["compatible"] is None for verdict in verdicts)
    return {"compatible": None if undecided else True, "changes": []}


def _contained(narrow: Any, wide: Any) -> dict[str, Any]:
    """Whether every document of `narrow` is one of `wide`."""
    if _text(narrow) == _text(wide) or wide is True or narrow is False:
        return {"compatible": True, "changes": []}
    before, after = Validator(narrow), Validator(wide)
    for document in _documents(narrow, wide):
        if before.verdict(document) and not after.verdict(document):
            path = next((v.pointer for v in after.explain(document)), "")
            change = {"kind": "no_longer_valid", "path": path, "message": _MESSAGE}
            return {"compatible": False, "changes": [change], "witness": document}
    return {"compatible": None, "changes": []}


def _documents(narrow: Any, wide: Any) -> Iterator[Any]:
    """Plain documents, and objects with the members that either schema names, one left out at a time."""
    yield from (None, True, 0, -1, 1.5, 10**6, "", "x" * 300, [], [1, 1], {})
    names = {**_properties(wide), **_properties(narrow)}
    full = {name: _example(property) for name, property in names.items()}
    yield full
    for name, property in names.items():
        yield {key: value for key, value in full.items() if key != name}
        for value in property.get("enum", ()) if isinstance(property, Mapping) else ():
            yield {**full, name: value}
    for value in narrow.get("enum", ()) if isinstance(narrow, Mapping) else ():
        yield value


def _properties(schema: Any) -> dict[str, Any]:
    return dict(schema.get("properties", {})) if isinstance(schema, Mapping) else {}


def _example(schema: Any) -> Any:
    if not isinstance(schema, Mapping):
        return "x"
    for keyword in ("examples", "enum"):
        if schema.get(keyword):
            return schema[keyword][0]
    kind = schema.get("type", "string")
    first = kind[0] if isinstance(kind, list) and kind else kind
    plain = {"integer": 1, "number": 1, "boolean": True, "array": [], "object": {}, "null": None}
    return plain.get(str(first), "x" * max(1, int(schema.get("minLength", 1))))


def _text(schema: Any) -> str:
    return json.dumps(schema, sort_keys=True)
