"""An index of a decision table: which rows an input can match, by bisection instead of row by row.

The constants that a column's cells compare with cut the values of a type into points and the stretches between them;
inside one stretch no cell changes its answer. So a column is, for each type, the sorted points and, for each point
and stretch, the set of rows whose cell passes there, as the bits of an integer. The columns' sets are intersected.
The cells' own tests say at one sample of each place what passes: the index has no second meaning of a cell.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from itertools import accumulate, pairwise
from operator import xor
from typing import Any

from gdbos_feel.dmn.cells import passes
from gdbos_feel.env import Run
from gdbos_feel.moments import Date

_WIDE = Context(prec=100)
"""Enough for a number between any two of 34 digits."""
_BEFORE: Mapping[type, Any] = {
    Decimal: Decimal("-Infinity"),
    str: "",
    Date: Date(-(10**10), 1, 1),
    bool: False,
    type(None): None,
}
"""Below every other value of the type; these types are indexed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The tests of one input entry. `constants`: what they compare with; None when they do more than compare."""

    text: str
    run: Run
    constants: tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class Places:
    """The values of one type in one column, each place with its set of rows: `at` a point, and in the stretches
    `between`, of which the first lies below the first point."""

    points: Sequence[Any]
    at: Mapping[Any, int]
    between: Sequence[int]


class Index:
    """Of rows of `width` cells. `rest`: for each row, where its first cell stands that is not indexed; it and those
    after it have to be asked."""

    def __init__(self, rows: Sequence[Sequence[Cell]], width: int) -> None:
        self.rest = [next((n for n, c in enumerate(row) if c.constants is None), len(row)) for row in rows]
        self._every = (1 << len(rows)) - 1
        self._columns = [
            {kind: _places(kind, list(self._cells(rows, n))) for kind in _BEFORE} for n in range(width)
        ]

    def _cells(self, rows: Sequence[Sequence[Cell]], column: int) -> Iterator[Cell | None]:
        """None for a row that this column's index does not judge."""
        for row, rest in zip(rows, self.rest, strict=True):
            yield row[column] if column < rest else None

    def rows(self, values: Iterable[Any]) -> list[int] | None:
        """The rows, in their order, whose indexed cells pass; None for an input of a type without an index."""
        found, columns = self._every, self._columns
        for number, value in enumerate(values):
            places = columns[number].get(type(value))
            if places is None:
                return None
            rows = places.at.get(value)
            found &= places.between[bisect_left(places.points, value)] if rows is None else rows
        return _bits(found)


def _bits(number: int) -> list[int]:
    if number and not number & (number - 1):  # one row, as most often
        return [number.bit_length() - 1]
    found = []
    while number:
        lowest = number & -number
        found.append(lowest.bit_length() - 1)
        number ^= lowest
    return found


def _places(kind: type, cells: Sequence[Cell | None]) -> Places:
    """Each cell marks where its answer changes; carried on from the left, the marks are the sets."""
    points = sorted({c for cell in cells if cell is not None for c in _own(kind, cell)})
    order = {point: n for n, point in enumerate(points)}
    changes = [0] * (2 * len(points) + 1)
    for row, cell in enumerate(cells):
        if cell is None:
            changes[0] ^= 1 << row
            continue
        before = False
        own = sorted(set(_own(kind, cell)))
        for place, sample in zip(_starts(own, order), _samples(kind, own), strict=True):
            now = passes(cell.run, sample)
            if now is not before:
                changes[place] ^= 1 << row
            before = now
    sets = list(accumulate(changes, xor))
    return Places(points, dict(zip(points, sets[1::2], strict=True)), sets[::2])


def _own(kind: type, cell: Cell) -> list[Any]:
    if kind is bool:
        return [False, True]
    return [each for each in cell.constants or () if type(each) is kind and each is not None]


def _starts(own: Sequence[Any], order: Mapping[Any, int]) -> list[int]:
    """Where each of a cell's own stretches and points begins among all."""
    return [0, *(place for point in own for place in (2 * order[point] + 1, 2 * order[point] + 2))]


def _samples(kind: type, points: Sequence[Any]) -> list[Any]:
    """A value of each stretch and point; of a stretch that holds none, anything."""
    found = [_BEFORE[kind]]
    for low, high in pairwise([*points, None]):
        found += [low, _after(low, high)]
    return found


def _after(low: Any, high: Any) -> Any:
    """A value above `low` and below `high`; None for no bound."""
    if isinstance(low, str):
        return low + "\0"
    if isinstance(low, Decimal):
        return Decimal("Infinity") if high is None else _WIDE.divide(_WIDE.add(low, high), Decimal(2))
    if isinstance(low, Date):
        return Date(10**10, 1, 1) if high is None else Date.from_days(low.days + 1)
    return low
