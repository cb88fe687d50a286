"""Proof that every value of one conjunction is a value of a schema. A proof is right or is not given.

On the narrow side a keyword that is not understood only narrows, so it is passed over; on the wide side each
keyword that makes a value invalid must be shown, and all others are annotations. References that lead back are taken
as shown once the value got smaller in between (coinduction). How the `declared` reading differs is told in `declared`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gdbos_atom.validation import Validator
from gdbos_atom.validation.declared import disjoint
from gdbos_contracts.errors import BadInput
from services.standards.domain.compat import arrays, combining, objects, scalars
from services.standards.domain.compat.facts import Facts, Flat, gather
from services.standards.domain.compat.normal import Document
from services.standards.domain.compat.parts import Pair

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
    """`narrow` and `wide` are whole documents; `failed` collects where the proof broke off. In the `declared`
    reading alternatives are disjoint, and each is covered as a whole; `parts` collects those that are not."""

    def __init__(self, narrow: Document, wide: Document, *, declared: bool = False) -> None:
        self.narrow, self.wide, self.declared = narrow, wide, declared
        self.failed: list[tuple[str, str]] = []
        self.parts: list[Pair] = []
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
        return one_text(one, other) and self.shared(one)

    def shared(self, schema: Json) -> bool:
        """Whether `schema` of one document means the same in the other."""
        return '"$' not in json.dumps(schema) or one_text(self.narrow.root, self.wide.root)

    def covers(self, denied: Json, other: Json) -> bool:
        """Whether `other` of the wide document lies in what the narrow one denies: shown with the sides changed."""
        return Prover(self.wide, self.narrow, declared=self.declared).within([other], denied)

    def fail(self, kind: str, path: str) -> bool:
        self.failed.append((kind, path))
        return False

    def mark(self) -> tuple[int, int]:
        """How much is noted up to now."""
        return len(self.failed), len(self.parts)

    def forget(self, mark: tuple[int, int]) -> None:
        """What was noted since, in trying one way of several."""
        failed, parts = mark
        del self.failed[failed:], self.parts[parts:]

    def _split(self, facts: Facts, wide: Json, path: str) -> bool:
        """Values one by one where they can be counted, else alternatives, else types."""
        self._steps += 1 + len(facts.flat)
        if self._steps > MOST_STEPS:
            raise TooLong
        values = facts.values()
        if values is not None:
            return self._each_value(values, facts, wide, path)
        for flat in facts.flat:
            for keyword, cases in _alternatives(flat, self.declared):
                others = [_without(each, keyword if each is flat else "") for each in facts.flat]
                return all(self.within([*others, *case], wide, path) for case in cases)
        types = facts.types
        if "string" in types and scalars.no_text(facts):
            types -= {"string"}
        if not types:
            return True
        if wide is False:
            return self.fail("false", path)
        shown = [self._keyword(*each, facts, wide, path) for each in self._questions(sorted(types), wide)]
        return all(shown)  # all are looked at, so that all changes are named

    def _questions(self, types: Sequence[str], wide: Flat) -> Iterator[tuple[str, str]]:
        """(keyword, type): every keyword of `wide` for values of each type."""
        for kind in types:
            for name in wide:
                if not self.declared or kind == types[0] or name not in combining.WHOLE:
                    yield name, kind

    def _each_value(self, values: Sequence[Json], facts: Facts, wide: Json, path: str) -> bool:
        try:
            held = [Validator(self.narrow.with_definitions(flat)) for flat in facts.flat]
            accepts = self._judge(wide, facts)
        except BadInput:
            return self.fail("enum", path)
        lost = [v for v in values if all(each.verdict(v) for each in held) and not accepts.verdict(v)]
        for value in lost:
            self._blame(value, wide, facts, path)
        return not lost

    def _blame(self, value: Json, wide: Json, facts: Facts, path: str, depth: int = 0) -> None:
        """Note which keywords of `wide` refuse `value`."""
        parts = wide if isinstance(wide, dict) else {}
        for name in parts:
            if self._judge({name: parts[name]}, facts).verdict(value):
                continue
            if name == "$ref" and depth < _DEEPEST_BLAME:
                self._blame(value, self.wide.resolve(parts[name]), facts, f"{path}/$ref", depth + 1)
            else:
                self.fail("enum" if name == "const" else name, f"{path}/{name}")
        if not parts:
            self.fail("false", path)

    def _judge(self, wide: Json, facts: Facts) -> Validator:
        whole = self.wide.with_definitions(wide)
        return Validator(disjoint(whole) if combining.DISJOINT in facts.flat else whole)

    def _keyword(self, name: str, kind: str, facts: Facts, wide: Flat, path: str) -> bool:
        at = f"{path}/{name}"
        general = combining.KEYWORDS.get(name)
        if general is not None:
            return general(self, kind, facts, wide, at)
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


def _said(wide: Json, facts: Facts) -> bool:
    """The narrow side says the very same. Only of keywords whose values Python and JSON compare alike: true is 1."""
    return isinstance(wide, dict) and wide.keys() <= _ALIKE and any(flat == wide for flat in facts.flat)


_ALIKE = frozenset({"type", "minLength", "maxLength", "pattern", "format", "x-check", "title", "description"})


def one_text(one: Json, other: Json) -> bool:
    """Equal as JSON: true is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _alternatives(flat: Flat, declared: bool) -> Iterator[tuple[str, list[list[Json]]]]:
    """(keyword, cases): each value is in one of the cases; of `oneOf` also in none of the other branches, which is
    taken as `declared`. The types of a list are alternatives that were declared; by meaning, any type is one."""
    if isinstance(flat.get("anyOf"), list):
        yield "anyOf", [[branch] for branch in flat["anyOf"]]
    if isinstance(flat.get("oneOf"), list):
        yield "oneOf", [[branch, *_excluded(branch, flat["oneOf"], declared)] for branch in flat["oneOf"]]
    if declared and isinstance(flat.get("type"), list) and len(flat["type"]) > 1:
        yield "type", [[{"type": name}] for name in flat["type"]]


def _without(flat: Flat, keyword: str) -> Flat:
    """What is left to say: `allOf` and `$ref` were opened when the facts were gathered."""
    done = {keyword, "allOf", "$ref"} & flat.keys()
    return {name: value for name, value in flat.items() if name not in done} if done else flat


def _excluded(branch: Json, branches: Sequence[Json], declared: bool) -> list[Flat]:
    return [combining.DISJOINT] if declared else [{"not": each} for each in branches if each is not branch]
