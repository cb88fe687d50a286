"""Which of the unknown facts can still turn an answer.

A fact turns the answer when two completions that differ in it alone answer differently. To find two, the other
facts are stated one by one, with values that the answer does not already follow from, until it hangs on this fact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gdbos_feel.open.facts import Missing
from gdbos_feel.values import identical

MOST_RUNS = 1000
"""For each fact."""
Given = Mapping[str, Any]


class _Spent(Exception):
    """No more runs: what has not been ruled out counts."""


@dataclass(slots=True)
class Search:
    """`run`: the answer with some facts stated, or Missing. `facts`: the unknown ones that it may ask for.
    `candidates`: the values to try, by fact."""

    run: Callable[[Given], Any]
    facts: Sequence[str]
    candidates: Callable[[str], Sequence[Any]]
    asked: dict[str, None] = field(default_factory=dict)
    """Every fact that was asked for, in the order of asking."""
    exhausted: bool = False
    runs: int = MOST_RUNS

    def turning(self) -> tuple[str, ...]:
        """The facts that turn the answer, in the order of asking."""
        if not isinstance(self._outcome({}), Missing):
            return ()
        found = {fact for fact in self.facts if self._may_turn(fact)}
        return tuple(fact for fact in self.asked if fact in found)

    def settled(self) -> Any:
        """The answer of one completion."""
        self.runs = MOST_RUNS
        given: dict[str, Any] = {}
        while isinstance(found := self._outcome(given), Missing):
            given[found.facts[0]] = self.candidates(found.facts[0])[0]
        return found

    def _may_turn(self, fact: str) -> bool:
        self.runs = MOST_RUNS
        try:
            return self._turns(fact, {})
        except _Spent:
            self.exhausted = True
            return True

    def _turns(self, fact: str, given: Given) -> bool:
        found = self._outcome(given)
        if not isinstance(found, Missing):
            return False
        others = [name for name in found.facts if name != fact]
        return self._with(others[0], fact, given) if others else self._flips(fact, given)

    def _with(self, other: str, fact: str, given: Given) -> bool:
        return any(self._turns(fact, {**given, other: value}) for value in self.candidates(other))

    def _flips(self, fact: str, given: Given) -> bool:
        """The answer hangs on this fact, and perhaps on others that one of its values brings up."""
        further = ""
        seen: list[Any] = []
        for value in self.candidates(fact):
            found = self._outcome({**given, fact: value})
            if isinstance(found, Missing):
                further = further or found.facts[0]
            elif seen and not identical(found, seen[0]):
                return True
            else:
                seen.append(found)
        return bool(further) and self._with(further, fact, given)

    def _outcome(self, given: Given) -> Any:
        """The value, or what is missing for it."""
        if self.runs <= 0:
            raise _Spent
        self.runs -= 1
        try:
            return self.run(given)
        except Missing as missing:
            self.asked.update(dict.fromkeys(missing.facts))
            return missing
