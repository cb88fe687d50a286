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
    given. Values (`enum`, `const`, `default`, `examples`) are none. One frame a level: schemas may be deep."""
    if not isinstance(schema, dict):
        return schema
    made = dict(schema)
    for keyword, value in schema.items():
        if isinstance(value, dict) and keyword in _NAMED:
            made[keyword] = inner = dict(value)
            for name, each in value.items():
                inner[name] = rebuilt(each, change)
        elif isinstance(value, list) and keyword in _MANY:
            made[keyword] = several = list(value)
            for index, each in enumerate(value):
                several[index] = rebuilt(each, change)
        elif keyword in _ONE:
            made[keyword] = rebuilt(value, change)
    return change(made)
