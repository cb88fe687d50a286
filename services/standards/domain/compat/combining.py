"""Types, alternatives, conditions and references: each keyword of the wide side that speaks of any value.

What the narrow side holds is taken with the type that is looked at; but in the declared reading an alternative is
covered as the whole that its author wrote, not type by type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.standards.domain.compat import scalars
from services.standards.domain.compat.facts import TYPES, Facts, Flat, gather
from services.standards.domain.compat.parts import conjunction

Json = Any
Check = Callable[[Any, str, Facts, Flat, str], bool]
"""(prover, type that is looked at, facts, wide, pointer); what cannot be shown is noted with `prover.fail`."""

_OF_TYPE = {name: {"type": name} for name in TYPES}

DISJOINT: Flat = {"x-disjoint": True}
"""Held, in the declared reading, for the values of a branch of `oneOf`: they are of no other."""


def _given(prover: Any, kind: str, facts: Facts) -> list[Json]:
    return [*facts.flat] if prover.declared else [*facts.flat, _OF_TYPE[kind]]


def _type(prover: Any, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
    names = [wide["type"]] if isinstance(wide["type"], str) else wide["type"]
    held = kind in names or (kind == "number" and "integer" in names and facts.integral)
    return held or bool(prover.fail("type", at))


def _ref(prover: Any, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
    try:
        return bool(prover.within(_given(prover, kind, facts), prover.wide.resolve(wide["$ref"]), at))
    except (KeyError, IndexError, ValueError, TypeError):
        return bool(prover.fail("$ref", at))


def _all(prover: Any, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
    given = _given(prover, kind, facts)
    shown = [prover.within(given, each, f"{at}/{n}") for n, each in enumerate(wide["allOf"])]
    return all(shown)


def _any(prover: Any, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
    return _one_covers(prover, kind, facts, wide["anyOf"], at) or bool(prover.fail("anyOf", at))


def _one(prover: Any, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
    """In one branch, and in none of the others: shown, or declared by both sides."""
    branches = wide["oneOf"]
    if DISJOINT in facts.flat:
        return _one_covers(prover, kind, facts, branches, at) or bool(prover.fail("oneOf", at))
    given, mark = _given(prover, kind, facts), prover.mark()
    shown = any(
        prover.within(given, chosen, at)
        and all(_apart(prover, given, each) for each in branches if each is not chosen)
        for chosen in branches
    )
    prover.forget(mark)
    return shown or bool(prover.fail("oneOf", at))


def _one_covers(prover: Any, kind: str, facts: Facts, branches: Sequence[Json], at: str) -> bool:
    given, mark = _given(prover, kind, facts), prover.mark()
    shown = any(prover.within(given, each, f"{at}/{n}") for n, each in enumerate(branches))
    prover.forget(mark)  # no branch alone is what changed
    if prover.declared and not shown:
        held = conjunction([each for each in given if each is not DISJOINT])
        prover.parts += [(held, each) for each in branches]
    return shown


def _not(prover: Any, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
    return _apart(prover, [*facts.flat, _OF_TYPE[kind]], wide["not"]) or bool(prover.fail("not", at))


def _if(prover: Any, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
    """What follows, shown from what the narrow side says under the same condition or under none. The condition itself
    is known to hold, where it means the same in both documents."""
    given, condition, mark = _given(prover, kind, facts), wide["if"], prover.mark()
    same = [flat for flat in given if "if" in flat and prover.alike(flat["if"], condition)]
    known = [condition] if prover.shared(condition) else []
    for side, more in (("then", known), ("else", [])):
        followed = [flat[side] for flat in same if side in flat]
        pointer = at.removesuffix("if") + side
        if side in wide and not prover.within([*given, *followed, *more], wide[side], pointer):
            if prover.declared and not same:  # that is what changed, not what follows from it
                prover.forget(mark)
                prover.parts += [(flat["if"], condition) for flat in given if "if" in flat]
                prover.fail("if", at)
            return False
    return True


def _enum(prover: Any, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
    counted: Mapping[str, list[Json]] = {"null": [None], "boolean": [True, False]}
    every = counted.get(kind)
    held = every is not None and all(any(value is each for each in wide["enum"]) for value in every)
    return held or bool(prover.fail("enum", at))


def _const(prover: Any, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
    return (kind == "null" and wide["const"] is None) or bool(prover.fail("const", at))


def _apart(prover: Any, given: Sequence[Json], other: Json) -> bool:
    """No value of `given` is one of `other`."""
    if other is False:
        return True
    facts, theirs = gather(given, prover.narrow), gather([other], prover.wide)
    if facts.never or theirs.never or not facts.types & theirs.types:
        return True
    if scalars.ranges_apart(facts, theirs):
        return True
    return any(prover.covers(own, other) for own in facts.of("not"))


KEYWORDS: Mapping[str, Check] = {
    "type": _type,
    "$ref": _ref,
    "allOf": _all,
    "anyOf": _any,
    "oneOf": _one,
    "not": _not,
    "if": _if,
    "enum": _enum,
    "const": _const,
}
WHOLE = frozenset({"$ref", "allOf", "anyOf", "oneOf", "if"})
"""Those that the declared reading shows once for a value of whichever type."""
