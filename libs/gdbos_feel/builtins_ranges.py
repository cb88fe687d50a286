"""Allen's relations between points and ranges (DMN 1.3 Table 78), and range text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from gdbos_feel.arithmetic import negative
from gdbos_feel.moments_text import read_any
from gdbos_feel.parser import Node, Parser
from gdbos_feel.values import Range, compare, equal


def _order(left: Any, right: Any) -> int:
    order = compare(left, right)
    if order is None:
        raise TypeError
    return order


def _low(value: Any) -> tuple[Any, bool]:
    return (value.low, value.low_in) if isinstance(value, Range) else (value, True)


def _high(value: Any) -> tuple[Any, bool]:
    return (value.high, value.high_in) if isinstance(value, Range) else (value, True)


def _before(a: Any, b: Any) -> bool:
    (end, end_in), (start, start_in) = _high(a), _low(b)
    order = _order(end, start)
    return order < 0 or (order == 0 and not (end_in and start_in))


def _meets(a: Range, b: Range) -> bool:
    return a.high_in and b.low_in and _order(a.high, b.low) == 0


def _overlaps(a: Range, b: Range) -> bool:
    return not _before(a, b) and not _before(b, a)


def _starts_before(a: Range, b: Range) -> bool:
    order = _order(a.low, b.low)
    return order < 0 or (order == 0 and a.low_in and not b.low_in)


def _ends_before(a: Range, b: Range) -> bool:
    order = _order(a.high, b.high)
    return order < 0 or (order == 0 and not a.high_in and b.high_in)


def _overlaps_before(a: Range, b: Range) -> bool:
    return _overlaps(a, b) and _starts_before(a, b) and not _ends_before(b, a)


def _finishes(a: Any, b: Range) -> bool:
    if not isinstance(a, Range):
        return b.high_in and _order(a, b.high) == 0
    same_end = _order(a.high, b.high) == 0 and a.high_in == b.high_in
    return same_end and not _starts_before(a, b)


def _starts(a: Any, b: Range) -> bool:
    if not isinstance(a, Range):
        return b.low_in and _order(a, b.low) == 0
    same_start = _order(a.low, b.low) == 0 and a.low_in == b.low_in
    return same_start and not _ends_before(b, a)


def _includes(a: Range, b: Any) -> bool:
    if isinstance(b, Range):
        return not _starts_before(b, a) and not _ends_before(a, b)
    return a.holds(b) is True


def _coincides(a: Any, b: Any) -> bool:
    if isinstance(a, Range) and isinstance(b, Range):
        return (
            _order(a.low, b.low) == 0
            and _order(a.high, b.high) == 0
            and (a.low_in, a.high_in) == (b.low_in, b.high_in)
        )
    return _order(a, b) == 0


_LITERAL = re.compile(r"\s*[\[(\]].*\.\..*[\])\[]\s*", re.DOTALL)
_ENDS = frozenset({"literal", "at", "negative"})
_MAKERS = frozenset({"date", "time", "date and time", "duration"})


def _range(text: str) -> Range | None:
    """`range("[1..3]")`: the text of an interval whose ends are literals, the lower one first."""
    if not _LITERAL.fullmatch(text):
        return None
    node = Parser(text).expression()
    if node[0] != "range" or not _literal(node[1]) or not _literal(node[2]):
        return None
    low, high = _value(node[1]), _value(node[2])
    if low is None and high is None:
        return None
    return Range(low, high, node[3], node[4]) if (compare(low, high) or 0) < 0 or equal(low, high) else None


def _literal(node: Node) -> bool:
    if node[0] == "call":
        return node[1][0] == "name" and node[1][1] in _MAKERS and [a[0] for a in node[2]] == ["literal"]
    return node[0] in _ENDS and (node[0] != "negative" or node[1][0] == "literal")


def _value(node: Node) -> Any:
    if node[0] == "call":
        return read_any(node[2][0][1])
    if node[0] == "negative":
        return negative(_value(node[1]))
    return read_any(node[1]) if node[0] == "at" else node[1]


def _all_ways(name: str, function: Callable[..., Any]) -> list[tuple[str, str, Callable[..., Any]]]:
    """The names of the parameters depend on whether points or ranges are compared."""
    ways = ("point1, point2", "range1, range2", "point, range", "range, point", "value1, value2")
    return [(name, way, function) for way in ways]


_RELATIONS: dict[str, Callable[..., Any]] = {
    "before": _before,
    "after": lambda a, b: _before(b, a),
    "meets": _meets,
    "met by": lambda a, b: _meets(b, a),
    "overlaps": _overlaps,
    "overlaps before": _overlaps_before,
    "overlaps after": lambda a, b: _overlaps_before(b, a),
    "finishes": _finishes,
    "finished by": lambda a, b: _finishes(b, a),
    "includes": _includes,
    "during": lambda a, b: _includes(b, a),
    "starts": _starts,
    "started by": lambda a, b: _starts(b, a),
    "coincides": _coincides,
}
FUNCTIONS: list[tuple[str, str, Callable[..., Any]]] = [
    *(way for name, function in _RELATIONS.items() for way in _all_ways(name, function)),
    ("range", "from: string", _range),
]
