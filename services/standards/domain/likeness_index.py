"""Which elements of a whole registry look alike, kept as it grows: a new version is compared with a few, not all.

The verdicts are those of comparing every two. Dice's coefficient of two names being at least t, they share at
least s = t / 2 · (size + size) pairs of characters; so whichever pairs of one are left out, up to s - h of them, the
other has h of the rest. The commonest are left out (prefix filtering; Chaudhuri, Ganti and Kaushik 2006).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil

from services.standards.domain.element import DataElement
from services.standards.domain.likeness import ALIKE, SAME_CODES, Twin, compare, names_of, normal, pairs

_ROUNDED = 0.0005
"""Scores are told to three places: what rounds to ALIKE is alike."""

HITS = 3
"""With how many of its rarest pairs a name is looked up: more find fewer that turn out unlike. By measurement."""

STEP = 16
"""Elements that one step of `follow` takes in: some ten milliseconds of work."""

Ref = tuple[str, int]
_NONE: frozenset[str] = frozenset()


class LikenessIndex:
    """One version of each element, by the pairs of characters in its names; and every two that look alike."""

    def __init__(self) -> None:
        self._held: dict[str, DataElement] = {}
        self._names: dict[tuple[int, str], set[str]] = defaultdict(set)
        self._bearers: dict[str, set[str]] = defaultdict(set)
        self._twins: dict[str, dict[str, Twin]] = defaultdict(dict)

    @property
    def held(self) -> Mapping[str, DataElement]:
        """The elements by id."""
        return self._held

    def holds(self, ref: Ref) -> bool:
        """Whether it is that version of the element which it holds."""
        element = self._held.get(ref[0])
        return element is not None and element.version == ref[1]

    def put(self, element: DataElement) -> None:
        """In place of the version that was held."""
        self.drop(element.id)
        for near in self.near(element):
            twin = replace(near, one=min(near.one, near.other), other=max(near.one, near.other))
            self._twins[near.one][near.other] = self._twins[near.other][near.one] = twin
        self._held[element.id] = element
        for name in _written(element):
            self._bearers[name].add(element.id)
            for key in _keys(name):
                self._names[key].add(name)

    def drop(self, id: str) -> None:
        """Out of the index with its twins; nothing happens when it is not there."""
        element = self._held.pop(id, None)
        for other in self._twins.pop(id, {}):
            del self._twins[other][id]
        for name in _written(element) if element else ():
            self._bearers[name].discard(id)
            if not self._bearers[name]:
                del self._bearers[name]
                for key in _keys(name):
                    self._names[key].discard(name)

    def near(self, element: DataElement) -> list[Twin]:
        """The twins of an element, held or not, as `one`; versions of one element are no twins."""
        least = ALIKE - _ROUNDED - (SAME_CODES if element.code_list else 0)
        names = {near for name in _written(element) for near in self._alike(name, least)}
        ids = {id for name in names for id in self._bearers[name]} - {element.id}
        found = (compare(element, self._held[id]) for id in ids)
        return _ranked(twin for twin in found if twin.score >= ALIKE)

    def twins(self, id: str = "") -> list[Twin]:
        """Every two that look alike, or those of one element, the most alike first; `one` is before `other`."""
        if id:
            return _ranked(self._twins[id].values() if id in self._twins else ())
        pairs = ((one, other) for one, found in self._twins.items() for other in found if one < other)
        return _ranked(self._twins[one][other] for one, other in pairs)

    def _alike(self, name: str, least: float) -> Iterator[str]:
        """Held names of which Dice's coefficient with this one is `least` or more, size by size."""
        mine = pairs(name)
        share = least / (2 - least)
        for size in range(ceil(share * len(mine)), int(len(mine) / share) + 1):
            shared = ceil(least / 2 * (len(mine) + size))
            hits = min(shared, HITS)
            found = sorted((self._names.get((size, pair), _NONE) for pair in mine), key=len)
            counts: Counter[str] = Counter()
            for names in found[: len(mine) - shared + hits]:
                counts.update(names)
            yield from (n for n, count in counts.items() if count >= hits and len(mine & pairs(n)) >= shared)


def follow(
    index: LikenessIndex, standing: Mapping[str, int], read: Callable[[Sequence[Ref]], Iterable[DataElement]]
) -> Iterator[int]:
    """Steps that bring the index to hold the version of each id that `standing` says, and no other id. Each takes in at
    most STEP elements and yields how many are left, so that others may have their turn in between. What another who
    follows took in meanwhile is not read again."""
    for id in set(index.held) - set(standing):
        index.drop(id)
    behind = [ref for ref in standing.items() if not index.holds(ref)]
    for first in range(0, len(behind), STEP):
        for element in read([ref for ref in behind[first : first + STEP] if not index.holds(ref)]):
            index.put(element)
        yield max(0, len(behind) - first - STEP)


def _keys(name: str) -> Iterator[tuple[int, str]]:
    found = pairs(name)
    return ((len(found), pair) for pair in found)


def _written(element: DataElement) -> set[str]:
    return {normal(name) for name in names_of(element)} - {""}


def _ranked(found: Iterable[Twin]) -> list[Twin]:
    return sorted(found, key=lambda twin: (-twin.score, twin.one, twin.other))
