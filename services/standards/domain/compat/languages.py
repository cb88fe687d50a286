"""Whether every text of some patterns and lengths is one of another pattern and other lengths: decided, and where not,
with the shortest that is none.

The automata are walked together without being made deterministic first; what cannot be read as a regular expression,
or takes more than MOST_STEPS, stays open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from services.standards.domain.compat.regular import LAST, Node, Ranges, Unreadable, read

MOST_STEPS = 50_000
MOST_STATES = 3000
Span = tuple[int, int | None]
"""Least and most characters; None is open."""
ANY: Span = (0, None)
States = frozenset[int]
Place = tuple[tuple[States, ...], int]


@lru_cache(maxsize=4096)
def outside(narrow: tuple[str, ...], span: Span, wide: str, within: Span = ANY) -> str | bool | None:
    """A shortest text of all of `narrow` and `span` that is none of `wide` and `within`; False when there is none,
    None where it stays open."""
    try:
        return _Walk([_automaton(each) for each in (*narrow, wide)], span, within).found()
    except Unreadable:
        return None


def empty(narrow: tuple[str, ...], span: Span) -> bool:
    """Whether no text is one of all; False where it stays open."""
    return outside(narrow, span, "", (1, 0)) is False


@dataclass
class _Automaton:
    """Edges that take a character, and those that take none: always, at the start, or at the end of the text."""

    moves: list[list[tuple[Ranges, int]]] = field(default_factory=list)
    free: list[list[tuple[str, int]]] = field(default_factory=list)
    final: int = 0
    known: dict[tuple[States, int], States] = field(default_factory=dict)

    def state(self) -> int:
        if len(self.moves) >= MOST_STATES:
            raise Unreadable
        self.moves.append([])
        self.free.append([])
        return len(self.moves) - 1

    def build(self, node: Node, at: int) -> int:
        """Where the node leads to from `at`."""
        kind = node[0]
        if kind == "all":
            for part in node[1]:
                at = self.build(part, at)
            return at
        if kind == "repeat":
            return self._repeat(node, at)
        end = self.state()
        if kind == "chars":
            self.moves[at].append((node[1], end))
        elif kind == "one":
            for way in node[1]:
                self.free[self.build(way, at)].append(("", end))
        else:
            self.free[at].append((kind, end))
        return end

    def _repeat(self, node: Node, at: int) -> int:
        _, inner, low, high = node
        for _ in range(low):
            at = self.build(inner, at)
        if high is None:
            loop = self.state()
            self.free[at].append(("", loop))
            self.free[self.build(inner, loop)].append(("", loop))
            return loop
        end = self.state()
        for _ in range(high - low):
            self.free[at].append(("", end))
            at = self.build(inner, at)
        self.free[at].append(("", end))
        return end

    def spread(self, states: States, *sides: str) -> States:
        """With all that is reached without a character; `sides` of the text are where it stands."""
        found, waiting = set(states), list(states)
        while waiting:
            for kind, target in self.free[waiting.pop()]:
                if (not kind or kind in sides) and target not in found:
                    found.add(target)
                    waiting.append(target)
        return frozenset(found)

    def after(self, states: States, code: int) -> States:
        key = (states, code)
        if key not in self.known:
            edges = (edge for state in states for edge in self.moves[state])
            reached = {target for ranges, target in edges if any(a <= code <= b for a, b in ranges)}
            self.known[key] = self.spread(frozenset(reached))
        return self.known[key]

    def takes(self, states: States, length: int) -> bool:
        return self.final in self.spread(states, "end", *([] if length else ["start"]))

    def ends(self) -> set[int]:
        """Characters with which a set of characters begins, or that follow one."""
        return {
            end
            for edges in self.moves
            for ranges, _ in edges
            for low, high in ranges
            for end in (low, high + 1)
        }


@lru_cache(maxsize=512)
def _automaton(pattern: str) -> _Automaton:
    """It is found anywhere in the text: any characters before it and behind it."""
    made, every = _Automaton(), ((0, LAST),)
    start = made.state()
    made.moves[start].append((every, start))
    made.final = made.build(read(pattern), start)
    made.moves[made.final].append((every, made.final))
    return made


class _Walk:
    """Breadth first, so that the first text found is a shortest one. The last automaton is the wide one."""

    def __init__(self, automata: Sequence[_Automaton], span: Span, within: Span) -> None:
        self._automata, self._span, self._within = automata, span, within
        self._cap = max(span[0], span[1] or 0, within[0], within[1] or 0) + 1
        self._before: dict[Place, tuple[Place, int] | None] = {}

    def found(self) -> str | bool | None:
        start = (tuple(each.spread(frozenset({0}), "start") for each in self._automata), 0)
        self._before[start] = None
        waiting, letters, steps = [start], _letters(self._automata), 0
        for place in waiting:
            if self._lost(place):
                return self._spelt(place)
            if self._span[1] is not None and place[1] >= self._span[1]:
                continue
            for code in letters:
                steps += self._cost(place, code)
                if steps > MOST_STEPS:
                    return None
                following = self._step(place, code)
                if all(following[0][:-1]) and following not in self._before:
                    self._before[following] = (place, code)
                    waiting.append(following)
        return False

    def _cost(self, place: Place, code: int) -> int:
        """A step that was taken before is looked up; a new one looks at every state."""
        pairs = zip(self._automata, place[0], strict=True)
        return 1 + sum(len(own) for each, own in pairs if (own, code) not in each.known)

    def _step(self, place: Place, code: int) -> Place:
        states = tuple(each.after(own, code) for each, own in zip(self._automata, place[0], strict=True))
        return states, min(place[1] + 1, self._cap)

    def _lost(self, place: Place) -> bool:
        states, length = place
        if not _holds(self._span, length):
            return False
        *narrow, wide = [each.takes(own, length) for each, own in zip(self._automata, states, strict=True)]
        return all(narrow) and not (wide and _holds(self._within, length))

    def _spelt(self, place: Place) -> str:
        codes: list[int] = []
        while (before := self._before[place]) is not None:
            place, code = before
            codes.append(code)
        return "".join(map(chr, reversed(codes)))


def _holds(span: Span, length: int) -> bool:
    return span[0] <= length and (span[1] is None or length <= span[1])


def _letters(automata: Sequence[_Automaton]) -> list[int]:
    """One character for each set of them that no automaton tells apart; a plain one where there is one."""
    ends = sorted({end for each in automata for end in each.ends() if end <= LAST})
    chosen: dict[int, int] = {}
    for code in (*map(ord, "a1A0 -_.中"), *ends):
        if not 0xD800 <= code <= 0xDFFF:
            chosen.setdefault(bisect_right(ends, code), code)
    return [chosen[number] for number in sorted(chosen)]
