"""Closed for writers, open for readers: what a schema says when nobody writes a member that it does not name.

At each place where an object may stand, the members named there by any keyword that speaks of the same place
(`allOf`, `$ref`, `then`, …) are admitted and no others, unless the schema itself says what others may be. What a
reader states is left as it is: a reader that refuses unknown members does refuse them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from services.standards.domain.compat.normal import Document

Json = Any
_BESIDE_LISTS = ("allOf", "anyOf", "oneOf")
_BESIDE = ("then", "else")
_INSIDE_NAMED = ("properties", "patternProperties")
_INSIDE = ("additionalProperties", "unevaluatedProperties", "items", "unevaluatedItems")


def close(document: Document) -> None:
    """Change `document` so that only named members may be written. What stands under `not` and `if` decides
    between cases and is left alone."""
    seen: set[int] = set()
    waiting = [document.root]
    while waiting:
        place = waiting.pop()
        if not isinstance(place, dict) or id(place) in seen:
            continue
        seen.add(id(place))
        spoken = list(_beside(place, document))
        for schema in spoken:
            waiting.extend(_inside(schema))
        _admit_named(place, spoken)


def _admit_named(place: dict[str, Json], spoken: list[dict[str, Json]]) -> None:
    if any("additionalProperties" in each or "unevaluatedProperties" in each for each in spoken):
        return
    for keyword in _INSIDE_NAMED:
        named = {name: True for each in spoken for name in each.get(keyword, ())}
        if named:
            place[keyword] = {**named, **place.get(keyword, {})}
    if any(keyword in place for keyword in _INSIDE_NAMED):
        place["additionalProperties"] = False


def _beside(place: dict[str, Json], document: Document) -> Iterator[dict[str, Json]]:
    """The schema and every other one that judges the same value."""
    waiting, seen = [place], set[int]()
    while waiting:
        schema = waiting.pop()
        if not isinstance(schema, dict) or id(schema) in seen:
            continue
        seen.add(id(schema))
        yield schema
        waiting += [each for keyword in _BESIDE_LISTS for each in schema.get(keyword, ())]
        waiting += [schema[keyword] for keyword in _BESIDE if keyword in schema]
        waiting += list(schema.get("dependentSchemas", {}).values())
        if isinstance(schema.get("$ref"), str):
            with suppress(KeyError, IndexError, ValueError, TypeError):
                waiting.append(document.resolve(schema["$ref"]))


def _inside(schema: dict[str, Json]) -> Iterator[Json]:
    for keyword in _INSIDE_NAMED:
        yield from schema.get(keyword, {}).values()
    yield from (schema[keyword] for keyword in _INSIDE if keyword in schema)
    yield from schema.get("prefixItems", ())
