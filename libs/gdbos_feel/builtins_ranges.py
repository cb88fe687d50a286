"""Allen's relations between points and ranges (DMN 1.3 Table 78), and range text."""

from __future__ import annotations

import re
from typing import Any

from gdbos_feel.temporal import read_any
from gdbos_feel.values import Range, compare, number


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


_RANGE = re.compile(r"([\[(\]])\s*(.+?)?\s*\.\.\s*(.+?)?\s*([\])\[])")


def _range(text: str) -> Range | None:
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    low, high = (_end(part) for part in (match[2], match[3]))
    if low is not None and high is not None and compare(low, high) is None:
        return None
    return Range(low, high, match[1] == "[", match[4] == "]")


def _end(text: str | None) -> Any:
    if text is None:
        return None
    if text.startswith('"'):
        return text.strip('"')
    if text.startswith("@"):
        return read_any(text[2:-1])
    call = re.fullmatch(r'(?:date|time|duration|date and time)\(\s*"(.*)"\s*\)', text)
    return read_any(call[1]) if call else number(text)


FUNCTIONS = [
    ("before", "point1, point2", _before),
    ("after", "point1, point2", lambda a, b: _before(b, a)),
    ("meets", "range1, range2", _meets),
    ("met by", "range1, range2", lambda a, b: _meets(b, a)),
    ("overlaps", "range1, range2", _overlaps),
    ("overlaps before", "range1, range2", _overlaps_before),
    ("overlaps after", "range1, range2", lambda a, b: _overlaps_before(b, a)),
    ("finishes", "point, range", _finishes),
    ("finished by", "range, point", lambda a, b: _finishes(b, a)),
    ("includes", "range, point", _includes),
    ("during", "point, range", lambda a, b: _includes(b, a)),
    ("starts", "point, range", _starts),
    ("started by", "range, point", lambda a, b: _starts(b, a)),
    ("coincides", "point1, point2", _coincides),
    ("range", "from", _range),
]
