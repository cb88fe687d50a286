"""Where schemas stand inside a schema, in every dialect that is read here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Json = Any
Change = Callable[[dict[str, Json]], Json]

_ONE = frozenset(
    {
        "additionalProperties",
        "propertyNames",
        "contains",
        "not",
        "if",
        "then",
        "else",
        "items",
        "additionalItems",
    }
    | {"unevaluatedItems", "unevaluatedProperties", "contentSchema"}
)
_MANY = frozenset({"allOf", "anyOf", "oneOf", "prefixItems", "items"})
_NAMED = frozenset(
    {"properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions"}
)


def before_2019(schema: Json) -> bool:
    """Whether the schema names a dialect in which what stands beside `$ref` does not count."""
    return isinstance(schema, dict) and "draft-0" in str(schema.get("$schema", ""))


def rebuilt(schema: Json, change: Change) -> Json:
    """A new tree in which every subschema, innermost first, went through `change`, which may alter what it is
    given. Values (`enum`, `const`, `default`, `examples`) are none."""
    if not isinstance(schema, dict):
        return schema
    return change({keyword: _inside(keyword, value, change) for keyword, value in schema.items()})


def _inside(keyword: str, value: Json, change: Change) -> Json:
    if isinstance(value, dict) and keyword in _NAMED:
        return {name: rebuilt(each, change) for name, each in value.items()}
    if isinstance(value, list) and keyword in _MANY:
        return [rebuilt(each, change) for each in value]
    return rebuilt(value, change) if keyword in _ONE else value
