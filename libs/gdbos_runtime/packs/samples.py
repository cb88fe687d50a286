"""A value that a schema's property allows: its example, its first code, or the plainest of its type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]


def sample(schema: Json, name: str) -> Any:
    """A value for the property `name` of an object schema."""
    return _value(schema["properties"][name], schema)


def _value(property: Json, root: Json) -> Any:
    if "$ref" in property:
        target = root["$defs"][property["$ref"].rpartition("/")[2].replace("~1", "/").replace("~0", "~")]
        return _value({**target, **{k: v for k, v in property.items() if k != "$ref"}}, root)
    for keyword in ("examples", "enum"):
        if property.get(keyword):
            return _typed(property[keyword][0], property)
    if "const" in property:
        return property["const"]
    return _plain(property)


def _typed(value: Any, property: Json) -> Any:
    """Examples of elements are texts; a numeric element takes the number."""
    kind = property.get("type")
    if isinstance(value, str) and kind in ("number", "integer"):
        return int(value) if value.lstrip("-").isdigit() else float(value)
    if isinstance(value, str) and kind == "boolean":
        return value == "true"
    return value


def _plain(property: Json) -> Any:
    kind = property.get("type", "string")
    if kind == "boolean":
        return True
    if kind in ("number", "integer"):
        return property.get("minimum", 1)
    if kind == "array":
        return [_plain(property.get("items", {}))] * max(1, property.get("minItems", 0))
    if kind == "object":
        return {key: _plain(property["properties"][key]) for key in property.get("required", ())}
    return "示例" * max(1, (property.get("minLength", 1) + 1) // 2)
