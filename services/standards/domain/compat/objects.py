"""Objects: each keyword of the wide side, shown from the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from gdbos_atom.pointers import escape
from services.standards.domain.compat.facts import Facts, Flat, children, matches

Json = Any
Check = Callable[[Any, Facts, Flat, str], bool]


def _required_names(facts: Facts) -> set[str]:
    return {name for names in facts.of("required") for name in names}


def _named(facts: Facts) -> set[str]:
    return {name for own in facts.of("properties") for name in own}


def _patterns(facts: Facts) -> set[str]:
    return {pattern for own in facts.of("patternProperties") for pattern in own}


def _closed(facts: Facts) -> list[set[str]]:
    """For each fact that admits no other member: the names that it admits."""
    return [
        set(flat.get("properties", ()))
        for flat in facts.flat
        if flat.get("additionalProperties") is False and not flat.get("patternProperties")
    ]


def _impossible(facts: Facts, name: str) -> bool:
    return any(schema is False for schema in children(facts, name)) or any(
        name not in admitted for admitted in _closed(facts)
    )


def _required(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    return set(wide["required"]) <= _required_names(facts)


def _least(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    return max(facts.least("minProperties"), len(_required_names(facts))) >= int(wide["minProperties"])


def _most(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    bounds = [len(admitted) for admitted in _closed(facts)]
    most = facts.most("maxProperties")
    return min([*bounds, *([most] if most is not None else [])], default=None) is not None and min(
        [*bounds, *([most] if most is not None else [])]
    ) <= int(wide["maxProperties"])


def _properties(prover: Any, facts: Facts, wide: Flat, at: str) -> bool:
    shown = [
        _impossible(facts, name) or prover.below(children(facts, name), schema, f"{at}/{escape(name)}")
        for name, schema in wide["properties"].items()
    ]
    return all(shown)


def _pattern_properties(prover: Any, facts: Facts, wide: Flat, at: str) -> bool:
    return all(
        _names_matching(prover, facts, pattern, schema, f"{at}/{escape(pattern)}")
        for pattern, schema in wide["patternProperties"].items()
    )


def _names_matching(prover: Any, facts: Facts, pattern: str, schema: Json, at: str) -> bool:
    """Names that the narrow side spells out, and all others that match."""
    spelt = (name for name in _named(facts) if matches(pattern, name))
    if not all(_impossible(facts, name) or prover.below(children(facts, name), schema, at) for name in spelt):
        return False
    return _others(prover, facts, schema, at, {pattern})


def _others(prover: Any, facts: Facts, schema: Json, at: str, same: set[str]) -> bool:
    """Names that nobody spells out: of the narrow side the schema of the same pattern, or whichever of its
    other patterns or its `additionalProperties` holds for them; each of these must do."""
    surely = [own[pattern] for own in facts.of("patternProperties") for pattern in same & set(own)]
    if surely:
        return bool(prover.below(surely, schema, at))
    rest: list[Json] = []
    for flat in facts.flat:
        if "additionalProperties" in flat and not flat.get("patternProperties"):
            rest.append(flat["additionalProperties"])
    if rest and (any(each is False for each in rest) or prover.below(rest, schema, at)):
        return True
    return _whichever(prover, facts, schema, at)


def _whichever(prover: Any, facts: Facts, schema: Json, at: str) -> bool:
    for flat in facts.flat:
        if flat.get("patternProperties") and "additionalProperties" in flat:
            ways = [*flat["patternProperties"].values(), flat["additionalProperties"]]
            if all(way is False or prover.below([way], schema, at) for way in ways):
                return True
    return bool(prover.below([], schema, at))


def _additional(prover: Any, facts: Facts, wide: Flat, at: str) -> bool:
    schema = wide["additionalProperties"]
    if schema is True:
        return True
    patterns = wide.get("patternProperties", {})
    spelt: Iterable[str] = (
        name
        for name in _named(facts)
        if name not in wide.get("properties", {}) and not any(matches(each, name) for each in patterns)
    )
    if not all(_impossible(facts, name) or prover.below(children(facts, name), schema, at) for name in spelt):
        return False
    return _others_outside(prover, facts, schema, at, set(patterns))


def _others_outside(prover: Any, facts: Facts, schema: Json, at: str, taken: set[str]) -> bool:
    """As `_whichever`, where names of the wide side's own patterns need not be thought of."""
    for flat in facts.flat:
        if "additionalProperties" in flat:
            own = {p: s for p, s in flat.get("patternProperties", {}).items() if p not in taken}
            ways = [*own.values(), flat["additionalProperties"]]
            if all(way is False or prover.below([way], schema, at) for way in ways):
                return True
    return bool(prover.below([], schema, at))


def _names(prover: Any, facts: Facts, wide: Flat, at: str) -> bool:
    given = facts.of("propertyNames")
    for admitted in _closed(facts):
        values = [{"enum": sorted(admitted)}] if admitted else [False]
        if prover.below([*given, *values], wide["propertyNames"], at):
            return True
    return bool(prover.below([*given, {"type": "string"}], wide["propertyNames"], at))


def _dependent_required(_: Any, facts: Facts, wide: Flat, at: str) -> bool:
    held = _required_names(facts)
    return all(
        _impossible(facts, name)
        or set(wanted) <= held | {each for own in facts.of("dependentRequired") for each in own.get(name, ())}
        for name, wanted in wide["dependentRequired"].items()
    )


@lru_cache(maxsize=1024)
def _present(name: str) -> Flat:
    """One object for one name, so that a loop is met again."""
    return {"type": "object", "required": [name]}


def _dependent_schemas(prover: Any, facts: Facts, wide: Flat, at: str) -> bool:
    return all(
        _impossible(facts, name)
        or prover.within(
            [
                *facts.flat,
                _present(name),
                *(own[name] for own in facts.of("dependentSchemas") if name in own),
            ],
            schema,
            f"{at}/{escape(name)}",
        )
        for name, schema in wide["dependentSchemas"].items()
    )


KEYWORDS: Mapping[str, Check] = {
    "required": _required,
    "minProperties": _least,
    "maxProperties": _most,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
    "propertyNames": _names,
    "dependentRequired": _dependent_required,
    "dependentSchemas": _dependent_schemas,
}
