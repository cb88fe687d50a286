"""Values at the edges of two schemas: where they differ, one of these usually shows it.

Nothing here decides anything: a value counts only after the validator has judged it on both sides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from gdbos_atom.validation.declared import CONTENT
from services.standards.domain.compat.facts import element, member, type_of
from services.standards.domain.compat.normal import Document
from services.standards.domain.compat.scalar_samples import LONGEST, numbers, spelt, strings

Json = Any
Side = tuple[Json, Document]
DEEPEST, MOST_VALUES, MOST_PLACES = 4, 48, 120
MOST_DECIDING = 4
_PLAIN: tuple[Json, ...] = ("", "a", "A1", 0, 1, -1, 1.5, True, False, None, [], {})


def values(sides: Sequence[Side], depth: int = 0, places: Iterator[int] | None = None) -> list[Json]:
    """Distinct values of interest to the schemas at one place, at most `MOST_VALUES`. Of `places` one is taken
    for each place that is looked at; when none is left, plain values must do."""
    places = places if places is not None else iter(range(MOST_PLACES))
    if next(places, None) is None:
        return list(_PLAIN)
    reached = list(_lateral(sides))
    found = _distinct(_each(reached, depth, places))
    return list(islice(found, MOST_VALUES if depth else MOST_VALUES * 8))


def _each(reached: Sequence[Side], depth: int, places: Iterator[int]) -> Iterator[Json]:
    flats = [flat for flat, _ in reached if isinstance(flat, dict)]
    for flat in flats:
        yield from flat.get("enum", ())
        if "const" in flat:
            yield flat["const"]
        yield from flat.get("examples", ())
    wanted = _types(flats)
    if depth < DEEPEST and "object" in wanted:
        yield from _objects(reached, depth, places)
    if depth < DEEPEST and "array" in wanted:
        yield from _arrays(reached, depth, places)
    if "string" in wanted:
        yield from spelt(reached)
        yield from strings(flats)
    if "number" in wanted:
        yield from numbers(flats)
    yield from _PLAIN


def _types(flats: Iterable[dict[str, Json]]) -> set[str]:
    hints = {"properties": "object", "required": "object", "additionalProperties": "object", "items": "array"}
    hints |= {"prefixItems": "array", "contains": "array", "minLength": "string", "maxLength": "string"}
    hints |= {
        CONTENT: "string",
        "pattern": "string",
        "format": "string",
        "minimum": "number",
        "maximum": "number",
    }
    hints |= {"exclusiveMinimum": "number", "exclusiveMaximum": "number", "multipleOf": "number"}
    hints |= dict.fromkeys(("minProperties", "maxProperties", "patternProperties", "propertyNames"), "object")
    hints |= dict.fromkeys(("dependentRequired", "dependentSchemas", "unevaluatedProperties"), "object")
    hints |= dict.fromkeys(("minItems", "maxItems", "uniqueItems", "unevaluatedItems"), "array")
    found: set[str] = set()
    for flat in flats:
        named = flat.get("type", [])
        found |= {"number" if n == "integer" else n for n in ([named] if isinstance(named, str) else named)}
        found |= {kind for keyword, kind in hints.items() if keyword in flat}
    return found


def _lateral(sides: Iterable[Side]) -> Iterator[Side]:
    """Every subschema that speaks of the same place, through combinators and references."""
    waiting = list(sides)
    seen: set[int] = set()
    while waiting and len(seen) < 200:
        schema, document = waiting.pop(0)
        if id(schema) in seen or not isinstance(schema, dict):
            continue
        seen.add(id(schema))
        yield schema, document
        inner = [s for k in ("allOf", "anyOf", "oneOf") for s in schema.get(k, ())]
        inner += [schema[k] for k in ("not", "if", "then", "else") if k in schema]
        inner += list(schema.get("dependentSchemas", {}).values())
        if isinstance(schema.get("$ref"), str):
            with suppress(KeyError, IndexError, ValueError, TypeError):
                inner.append(document.resolve(schema["$ref"]))
        waiting += [(each, document) for each in inner]


def _arrays(reached: Sequence[Side], depth: int, places: Iterator[int]) -> Iterator[Json]:
    flats = [flat for flat, _ in reached]
    width = max([0, *(len(flat.get("prefixItems", ())) for flat in flats)]) + 1
    pools = [
        values([(s, doc) for flat, doc in reached for s in element(flat, i)], depth + 1, places)
        for i in range(width)
    ]
    inside = values(
        [(flat["contains"], doc) for flat, doc in reached if "contains" in flat], depth + 1, places
    )
    for length in range(1, width + 1):
        for index in range(length):
            for value in pools[index]:
                yield [
                    *(pool[0] for pool in pools[:index]),
                    value,
                    *(pool[0] for pool in pools[index + 1 : length]),
                ]
    lengths = {
        flat[k] + d for flat in flats for k in ("minItems", "maxItems") if k in flat for d in (-1, 0, 1)
    }
    for length in sorted(each for each in lengths if 0 < each <= LONGEST):
        yield [pools[min(i, width - 1)][0] for i in range(length)]
        yield list(range(length))
    yield from ([value] for value in inside)
    yield from ([value, value] for value in inside[:8])
    yield from ([1, 1], [1, "a"])


def _objects(reached: Sequence[Side], depth: int, places: Iterator[int]) -> Iterator[Json]:
    flats = [flat for flat, _ in reached]
    names = _names(flats)
    pools = {
        name: values([(s, doc) for flat, doc in reached for s in member(flat, name)], depth + 1, places)
        or list(_PLAIN)
        for name in names
    }
    needed = {name for flat in flats for name in flat.get("required", ()) if name in pools}
    whole = {name: pool[0] for name, pool in pools.items()}
    decided = [({**whole, name: value}) for name in _deciding(flats) for value in pools[name][:MOST_DECIDING]]
    for base in ({name: pools[name][0] for name in needed}, whole, *decided):
        yield base
        for name, pool in pools.items():
            yield from ({**base, name: value} for value in pool)
            yield {key: value for key, value in base.items() if key != name}
            yield {name: pool[0]}
    counts = {
        flat[k] + d
        for flat in flats
        for k in ("minProperties", "maxProperties")
        if k in flat
        for d in (-1, 0, 1)
    }
    for count in sorted(each for each in counts if 0 < each <= LONGEST):
        yield {f"member{n:010}": 1 for n in range(count)}


def _deciding(flats: Sequence[dict[str, Json]]) -> list[str]:
    """Members of which a condition speaks: what follows is looked at under several values of theirs."""
    conditions = [flat["if"] for flat in flats if isinstance(flat.get("if"), dict)]
    return list(dict.fromkeys(name for each in conditions for name in each.get("properties", ())))


def _names(flats: Sequence[dict[str, Json]]) -> list[str]:
    """Members that are spoken of, one for each pattern where it is plain, and a stranger."""
    found: dict[str, None] = {}
    for flat in flats:
        spoken = [*flat.get("properties", ()), *flat.get("required", ()), *flat.get("dependentRequired", ())]
        spoken += [n for wanted in flat.get("dependentRequired", {}).values() for n in wanted]
        spoken += list(flat.get("dependentSchemas", ()))
        spoken += [pattern.strip("^$") for pattern in flat.get("patternProperties", ())]
        lengths = [flat["propertyNames"]] if isinstance(flat.get("propertyNames"), dict) else []
        spoken += ["n" * each[k] for each in lengths for k in ("minLength", "maxLength") if k in each]
        spoken += [value for each in lengths for value in each.get("enum", ()) if isinstance(value, str)]
        found |= dict.fromkeys(spoken)
    return [*found, "stranger"][:60]


def _distinct(found: Iterable[Json]) -> Iterator[Json]:
    seen: set[tuple[str, str]] = set()
    for value in found:
        key = (type_of(value), json.dumps(value, sort_keys=True, default=str))
        if key not in seen:
            seen.add(key)
            yield value
