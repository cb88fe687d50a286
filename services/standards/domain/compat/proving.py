"""Proof that every value of one conjunction is a value of a schema. A proof is right or is not given.

On the narrow side a keyword that is not understood only narrows, so it is passed over; on the wide side each
keyword that makes a value invalid must be shown, and all others are annotations. References that lead back are taken as shown once the value got smaller in between (coinduction).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import BadInput
from services.standards.domain.compat import arrays, objects, scalars
from services.standards.domain.compat.facts import Facts, Flat, gather
from services.standards.domain.compat.normal import Document

Json = Any
MOST_STEPS = 8000
UNPROVEN = frozenset(
    {
        "unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef", "dependencies", "additionalItems",
    }
)  # fmt: skip
"""Keywords that ask something which is shown only where both sides say the same."""
_TYPED: Mapping[str, Mapping[str, scalars.Check]] = {
    "number": scalars.NUMBER,
    "string": scalars.STRING,
    "array": arrays.KEYWORDS,
    "object": objects.KEYWORDS,
}
_DEEPEST_BLAME = 8


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
        if facts.never or wide is True or _said(wide, facts):
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

    def alike(self, one: Json, other: Json) -> bool:
        """Whether a schema of the narrow document and one of the wide document say the same: one text, and
        where it refers to something, one document."""
        if not _one_text(one, other):
            return False
        return "$" not in json.dumps(one) or _one_text(self.narrow.root, self.wide.root)

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
        if "string" in types and scalars.no_text(facts):
            types -= {"string"}
        if not types:
            return True
        if wide is False:
            return self.fail("false", path)
        shown = [self._conjunct(kind, facts, wide, path) for kind in sorted(types)]
        return all(shown)

    def _each_value(self, values: Sequence[Json], facts: Facts, wide: Json, path: str) -> bool:
        if self.wide.asserts_content:  # the validators below are of 2020-12, where content is an annotation
            return self.fail("enum", path)
        try:
            held = [Validator(self.narrow.with_definitions(dict(flat))) for flat in facts.flat]
            accepts = Validator(self.wide.with_definitions(wide))
        except BadInput:
            return self.fail("enum", path)
        lost = [v for v in values if all(each.verdict(v) for each in held) and not accepts.verdict(v)]
        for value in lost:
            self._blame(value, wide, path)
        return not lost

    def _blame(self, value: Json, wide: Json, path: str, depth: int = 0) -> None:
        """Note which keywords of `wide` refuse `value`."""
        parts = wide if isinstance(wide, dict) else {}
        for name in parts:
            if Validator(self.wide.with_definitions({name: parts[name]})).verdict(value):
                continue
            if name == "$ref" and depth < _DEEPEST_BLAME:
                self._blame(value, self.wide.resolve(parts[name]), f"{path}/$ref", depth + 1)
            else:
                self.fail("enum" if name == "const" else name, f"{path}/{name}")
        if not parts:
            self.fail("false", path)

    def _conjunct(self, kind: str, facts: Facts, wide: Flat, path: str) -> bool:
        """Every keyword of `wide` for values of one type; all are looked at, so that all changes are named."""
        shown = [self._keyword(name, kind, facts, wide, path) for name in wide]
        return all(shown)

    def _keyword(self, name: str, kind: str, facts: Facts, wide: Flat, path: str) -> bool:
        at = f"{path}/{name}"
        general = getattr(self, f"_{name.lstrip('$')}", None) if name in _GENERAL else None
        if general is not None:
            shown: bool = general(kind, facts, wide, at)
            return shown
        check = _TYPED.get(kind, {}).get(name)
        if check is not None:
            noted = len(self.failed)
            return bool(check(self, facts, wide, at)) or self._named(name, at, noted)
        if name in UNPROVEN:
            return any(self.alike(flat, wide) for flat in facts.flat) or self.fail(name, at)
        return True

    def _named(self, name: str, at: str, noted: int) -> bool:
        """The keyword itself broke off the proof, unless something deeper that was `noted` since did."""
        deeper = [each for each in self.failed[noted:] if each != ("false", at)]
        self.failed[noted:] = deeper or [(name, at)]
        return False

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
        given = _typed(facts, kind)
        shown = [self.within(given, each, f"{at}/{n}") for n, each in enumerate(wide["allOf"])]
        return all(shown)

    def _anyOf(self, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
        given, noted = _typed(facts, kind), len(self.failed)
        shown = any(self.within(given, each, f"{at}/{n}") for n, each in enumerate(wide["anyOf"]))
        del self.failed[noted:]  # no branch alone is what changed
        return shown or self.fail("anyOf", at)

    def _oneOf(self, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
        """In one branch, and in none of the others."""
        given, noted = _typed(facts, kind), len(self.failed)
        branches = wide["oneOf"]
        shown = any(
            self.within(given, chosen, at)
            and all(self._apart(given, each) for each in branches if each is not chosen)
            for chosen in branches
        )
        del self.failed[noted:]
        return shown or self.fail("oneOf", at)

    def _not(self, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
        return self._apart(_typed(facts, kind), wide["not"]) or self.fail("not", at)

    def _if(self, kind: str, facts: Facts, wide: Flat, at: str) -> bool:
        given, condition = _typed(facts, kind), wide["if"]
        same = [flat for flat in given if "if" in flat and self.alike(flat["if"], condition)]
        followed = {side: [flat[side] for flat in same if side in flat] for side in ("then", "else")}
        yes = "then" not in wide or self.within([*given, *followed["then"], condition], wide["then"], at)
        return yes and ("else" not in wide or self.within([*given, *followed["else"]], wide["else"], at))

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


def _said(wide: Json, facts: Facts) -> bool:
    """The narrow side says the very same. Only of keywords whose values Python and JSON compare alike: true is 1."""
    return isinstance(wide, dict) and wide.keys() <= _ALIKE and any(flat == wide for flat in facts.flat)


_ALIKE = frozenset({"type", "minLength", "maxLength", "pattern", "format", "x-check", "title", "description"})


def _one_text(one: Json, other: Json) -> bool:
    """Equal as JSON: true is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


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
