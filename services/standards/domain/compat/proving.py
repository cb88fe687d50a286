"""Proof that every value of one conjunction is a value of a schema. A proof is right or is not given.

Unknown keywords on the narrow side only narrow, so they are passed over; on the wide side each keyword must be
shown. References that lead back are taken as shown once the value got smaller in between (coinduction).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import BadInput
from services.standards.domain.compat import arrays, objects, scalars
from services.standards.domain.compat.facts import Facts, Flat, gather
from services.standards.domain.compat.normal import Document

Json = Any
MOST_STEPS = 8000
SILENT = frozenset(
    {
        "$schema", "$id", "id", "$anchor", "$comment", "$defs", "definitions", "title", "description", "default",
        "examples", "deprecated", "readOnly", "writeOnly", "contentEncoding", "contentMediaType", "contentSchema",
        "minContains", "maxContains", "then", "else", "x-ui",
    }
)  # fmt: skip
"""Keywords of the wide side that ask nothing by themselves."""
_TYPED: Mapping[str, Mapping[str, scalars.Check]] = {
    "number": scalars.NUMBER,
    "string": scalars.STRING,
    "array": arrays.KEYWORDS,
    "object": objects.KEYWORDS,
}
_KNOWN = frozenset(name for keywords in _TYPED.values() for name in keywords)


class TooLong(Exception):
    """The budget of steps is spent: undecided."""


class Prover:
    """`narrow` and `wide` are whole documents; `failed` collects where the proof broke off."""

    def __init__(self, narrow: Document, wide: Document) -> None:
        self.narrow, self.wide = narrow, wide
        self.failed: list[tuple[str, str]] = []
        self._steps = 0
        self._open: dict[tuple[frozenset[int], int], int] = {}
        self._depth = 0

    def within(self, given: Sequence[Json], wide: Json, path: str = "") -> bool:
        """Whether the conjunction `given` (of the narrow document) lies in `wide`."""
        facts = gather(given, self.narrow)
        if facts.never or wide is True:
            return True
        key = (frozenset(id(flat) for flat in facts.flat), id(wide))
        if key in self._open:
            return self._open[key] < self._depth
        self._open[key] = self._depth
        try:
            return self._split(facts, wide, path)
        finally:
            del self._open[key]

    def below(self, given: Sequence[Json], wide: Json, path: str) -> bool:
        """The same for a member or an element: the value got smaller."""
        self._depth += 1
        try:
            return self.within(given, wide, path)
        finally:
            self._depth -= 1

    def fail(self, kind: str, path: str) -> bool:
        self.failed.append((kind, path))
        return False

    def _split(self, facts: Facts, wide: Json, path: str) -> bool:
        """Values one by one where they can be counted, else alternatives, else types."""
        self._steps += 1 + len(facts.flat)
        if self._steps > MOST_STEPS:
            raise TooLong
        values = facts.values()
        if values is not None:
            return self._each_value(values, facts, wide, path)
        for flat in facts.flat:
            for keyword, cases in _alternatives(flat):
                rest = {key: value for key, value in flat.items() if key != keyword}
                others = [rest if each is flat else each for each in facts.flat]
                return all(self.within([*others, *case], wide, path) for case in cases)
        types = facts.types
        if not types:
            return True
        if wide is False:
            return self.fail("false", path)
        return all(self._conjunct(kind, facts, wide, path) for kind in sorted(types))

    def _each_value(self, values: Sequence[Json], facts: Facts, wide: Json, path: str) -> bool:
        try:
            held = [Validator(self.narrow.with_definitions(dict(flat))) for flat in facts.flat]
            accepts = Validator(self.wide.with_definitions(wide))
        except BadInput:
            return self.fail("enum", path)
        for value in values:
            if all(each.verdict(value) for each in held) and not accepts.verdict(value):
                return self.fail("enum", path)
        return True

    def _conjunct(self, kind: str, facts: Facts, wide: Flat, path: str) -> bool:
        """Every keyword of `wide` for values of one type."""
        checks = (self._keyword(name, kind, facts, wide, path) for name in wide if name not in SILENT)
        return all(checks)

    def _keyword(self, name: str, kind: str, facts: Facts, wide: Flat, path: str) -> bool:
        at = f"{path}/{name}"
        general = getattr(self, f"_{name.lstrip('$')}", None) if name in _GENERAL else None
        if general is not None:
            shown: bool = general(kind, facts, wide, at)
            return shown
        check = _TYPED.get(kind, {}).get(name)
        if check is not None:
            return bool(check(self, facts, wide, at)) or self.fail(name, at)
        return name in _KNOWN or self.fail(name, at)

    def _type(self, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
        names = [wide["type"]] if isinstance(wide["type"], str) else wide["type"]
        held = kind in names or (kind == "number" and "integer" in names and facts.integral)
        return held or self.fail("type", at)

    def _ref(self, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
        try:
            return self.within(_typed(facts, kind), self.wide.resolve(wide["$ref"]), at)
        except (KeyError, IndexError, ValueError, TypeError):
            return self.fail("$ref", at)

    def _allOf(self, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
        return all(
            self.within(_typed(facts, kind), each, f"{at}/{n}") for n, each in enumerate(wide["allOf"])
        )

    def _anyOf(self, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
        return any(self.within(_typed(facts, kind), each, at) for each in wide["anyOf"]) or self.fail(
            "anyOf", at
        )

    def _oneOf(self, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
        """In one branch, and in none of the others."""
        given = _typed(facts, kind)
        branches = wide["oneOf"]
        for chosen in branches:
            others = [each for each in branches if each is not chosen]
            if self.within(given, chosen, at) and all(self._apart(given, each) for each in others):
                return True
        return self.fail("oneOf", at)

    def _not(self, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
        return self._apart(_typed(facts, kind), wide["not"]) or self.fail("not", at)

    def _if(self, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
        given, condition = _typed(facts, kind), wide["if"]
        yes = "then" not in wide or self.within(
            [*given, *_follow(given, condition, "then")], wide["then"], at
        )
        return yes and (
            "else" not in wide or self.within([*given, *_follow(given, condition, "else")], wide["else"], at)
        )

    def _enum(self, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
        counted: Mapping[str, list[Json]] = {"null": [None], "boolean": [True, False]}
        every = counted.get(kind)
        if every is None:
            return self.fail("enum", at)
        return all(any(value is each for each in wide["enum"]) for value in every) or self.fail("enum", at)

    def _const(self, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
        return (kind == "null" and wide["const"] is None) or self.fail("const", at)

    def _apart(self, given: Sequence[Json], other: Json) -> bool:
        """No value of `given` is one of `other`."""
        if other is False:
            return True
        facts, theirs = gather(given, self.narrow), gather([other], self.wide)
        if facts.never or theirs.never or not facts.types & theirs.types:
            return True
        if scalars.ranges_apart(facts, theirs):
            return True
        return any(self._covers(own, other) for own in facts.of("not"))

    def _covers(self, denied: Json, other: Json) -> bool:
        """`other` lies in what the narrow side denies: shown with the sides changed."""
        return Prover(self.wide, self.narrow).within([other], denied)


_GENERAL = frozenset({"type", "$ref", "allOf", "anyOf", "oneOf", "not", "if", "enum", "const"})


def _typed(facts: Facts, kind: str) -> list[Json]:
    return [*facts.flat, _OF_TYPE[kind]]


_OF_TYPE = {name: {"type": name} for name in ("null", "boolean", "number", "string", "array", "object")}


def _alternatives(flat: Flat) -> Iterator[tuple[str, list[list[Json]]]]:
    """(keyword, cases): each value is in one of the cases; of `oneOf` also in none of the other branches."""
    if isinstance(flat.get("anyOf"), list):
        yield "anyOf", [[branch] for branch in flat["anyOf"]]
    if isinstance(flat.get("oneOf"), list):
        yield (
            "oneOf",
            [
                [branch, *({"not": other} for other in flat["oneOf"] if other is not branch)]
                for branch in flat["oneOf"]
            ],
        )


def _follow(given: Sequence[Json], condition: Json, side: str) -> list[Json]:
    """What the narrow side says in the same case: its own branch, where its condition is the same."""
    found = [flat[side] for flat in given if flat.get("if") == condition and side in flat]
    return [*found, condition] if side == "then" else found
