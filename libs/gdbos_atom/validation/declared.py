"""A schema that asserts what its author declared and JSON Schema lets pass.

pattern             without an anchor of its own it describes the whole text
contentEncoding, contentMediaType     are asserted, as draft 7 permits (Validation §8.2), in every dialect
enum, const         a value that the `type` beside it denies is the one of that type with the same spelling:
                    {"type": "string", "enum": [1, 2]} lists the texts 1 and 2
$ref                what stands beside a reference counts, also before 2019-09
additionalItems     the rest of a tuple that names no element is every element
oneOf               its branches are alternatives, declared to be disjoint: one of them is enough
"""

from __future__ import annotations

import json
import re
from typing import Any

from gdbos_atom.content import normal_content
from gdbos_atom.validation.subschemas import before_2019, rebuilt

Json = Any
CONTENT = "x-content"
"""[encoding, media type] that a text must have, "" where nothing is asked: our keyword, an assertion."""
_NOT_BARE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]", re.DOTALL)
"""Escapes and sets of characters, in which ^ and $ are no anchors."""


def asserted(schema: Json) -> Json:
    """`schema` with its patterns, contents and listed values asserted; `oneOf` and `$ref` as they stand. A new tree."""
    return rebuilt(schema, _asserted)


def declared(schema: Json) -> Json:
    """The same, with the branches of `oneOf` as alternatives and references beside others: all that is said above."""
    made = disjoint(asserted(schema))
    return rebuilt(made, _beside) if before_2019(schema) else made


def disjoint(schema: Json) -> Json:
    """`schema` with the branches of `oneOf` as alternatives, and nothing else changed. A new tree."""
    return rebuilt(schema, _alternatives)


def _asserted(made: dict[str, Json]) -> dict[str, Json]:
    if isinstance(made.get("pattern"), str):
        made["pattern"] = _whole(made["pattern"])
    if "contentEncoding" in made or "contentMediaType" in made:
        made[CONTENT] = normal_content(made.pop("contentEncoding", ""), made.pop("contentMediaType", ""))
    if "additionalItems" in made and "items" not in made:
        made["items"] = made.pop("additionalItems")
    names = made.get("type")
    if isinstance(names, (str, list)):
        types = {names} if isinstance(names, str) else set(names)
        if isinstance(made.get("enum"), list):
            made["enum"] = [_spelt(value, types) for value in made["enum"]]
        if "const" in made:
            made["const"] = _spelt(made["const"], types)
    return made


def _beside(made: dict[str, Json]) -> dict[str, Json]:
    if isinstance(made.get("$ref"), str):
        made["allOf"] = [*made.get("allOf", ()), {"$ref": made.pop("$ref")}]
    return made


def _alternatives(made: dict[str, Json]) -> dict[str, Json]:
    if "oneOf" in made:
        branches = made.pop("oneOf")
        if "anyOf" in made:
            made["allOf"] = [*made.get("allOf", ()), {"anyOf": branches}]
        else:
            made["anyOf"] = branches
    return made


def _whole(pattern: str) -> str:
    anchored = any(sign in _NOT_BARE.sub("", pattern) for sign in "^$")
    return pattern if anchored else f"^(?:{pattern})$"


def _spelt(value: Json, types: set[str]) -> Json:
    """The value of one of the types with the same spelling; the value itself where there is none."""
    if _of(value, types):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if "string" in types:
        return text
    try:
        read = json.loads(text)
        json.dumps(read, allow_nan=False)
    except (ValueError, RecursionError):
        return value
    return read if _of(read, types) else value


def _of(value: Json, types: set[str]) -> bool:
    if isinstance(value, bool):
        return "boolean" in types
    if isinstance(value, (int, float)):
        return "number" in types or ("integer" in types and value % 1 == 0)
    names = {str: "string", list: "array", dict: "object", type(None): "null"}
    return names[type(value)] in types
