"""FEEL's values, their kinds, and how they are equal and ordered.

number Decimal · string str · boolean bool · list list · context dict · range Range · function callable ·
null None · the temporal ones in moments.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, DecimalException
from typing import Any

from gdbos_feel.moments import SECOND, Date, DateTime, DaysTime, Time, YearsMonths

DECIMAL = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144)


@dataclass(frozen=True, slots=True)
class Range:
    """An interval. `low_in`, `high_in`: whether the end belongs to it. `sign`: < <= > >= = != when it was
    written with one, which leaves the other end open; without, a null end makes every answer null."""

    low: Any
    high: Any
    low_in: bool = True
    high_in: bool = True
    sign: str = ""

    def holds(self, value: Any) -> bool | None:
        """Whether `value` lies within; None when it cannot be compared."""
        if self.sign in ("=", "!="):
            same = equal(value, self.low)
            return same if same is None or self.sign == "=" else not same
        above = 1 if self.low is None and self.sign else compare(value, self.low)
        below = -1 if self.high is None and self.sign else compare(value, self.high)
        if above is None or below is None:
            return None
        return (above > 0 or (above == 0 and self.low_in)) and (below < 0 or (below == 0 and self.high_in))


def signed_range(sign: str, value: Any) -> Range:
    """`(< 5)`."""
    if sign in ("=", "!="):
        return Range(value, value, sign == "=", sign == "=", sign)
    if sign[0] == "<":
        return Range(None, value, False, sign == "<=", sign)
    return Range(value, None, sign == ">=", False, sign)


def number(value: Any) -> Decimal:
    """A number of 34 digits; ArithmeticError or ValueError for what is none."""
    found = DECIMAL.create_decimal(str(value) if isinstance(value, float) else value)
    if not found.is_finite():
        raise ValueError("not a number")
    return found


KINDS: dict[type, str] = {
    type(None): "Null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DaysTime: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
}


def kind(value: Any) -> str:
    """The FEEL type of a value; "function" for what can be called, "Any" for what FEEL does not know."""
    return KINDS.get(type(value)) or ("function" if callable(value) else "Any")


def is_number(value: Any) -> bool:
    return isinstance(value, Decimal)


def equal(left: Any, right: Any) -> bool | None:
    """Equality; None between values of different types. null equals only null."""
    if left is None or right is None:
        return left is None and right is None
    if type(left) is not type(right):
        return None
    if isinstance(left, list):
        return len(left) == len(right) and all(equal(a, b) is True for a, b in zip(left, right, strict=True))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(equal(left[k], right[k]) is True for k in left)
    if isinstance(left, Range):
        ends = equal(left.low, right.low) is True and equal(left.high, right.high) is True
        return ends and (left.low_in, left.high_in, left.sign) == (right.low_in, right.high_in, right.sign)
    if isinstance(left, (DateTime, Time)):
        return _same_moment(left, right)
    return bool(left == right)


def _same_moment(left: DateTime | Time, right: Any) -> bool | None:
    """The standard compares times by hour, minute and second: a fraction of a second makes no difference."""
    zones = _zone_of(left), _zone_of(right)
    if (zones[0] is None) != (zones[1] is None):
        return None
    if isinstance(left, Time) and left.offset is None:
        return bool(left.zone == right.zone and left.nanos // SECOND == right.nanos // SECOND)
    return bool(left.order // SECOND == right.order // SECOND)


def _zone_of(value: Any) -> Any:
    return value.time.zone if isinstance(value, DateTime) else value.zone


def compare(left: Any, right: Any) -> int | None:
    """-1, 0, 1; None when the two have no order."""
    if type(left) is not type(right):
        return None
    if isinstance(left, (Decimal, str, Date, DaysTime, YearsMonths)):
        return _sign(left, right)
    if isinstance(left, (DateTime, Time)) and (_zone_of(left) is None) == (_zone_of(right) is None):
        return _sign(left.order, right.order)
    return None


def _sign(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def compared(operator: str, left: Any, right: Any) -> bool | None:
    """= != < <= > >=; None where there is no answer."""
    if operator in ("=", "!="):
        same = equal(left, right)
        return same if operator == "=" or same is None else not same
    order = compare(left, right)
    if order is None:
        return None
    if operator[0] == "<":
        return order < 0 or (order == 0 and operator == "<=")
    return order > 0 or (order == 0 and operator == ">=")


def identical(left: Any, right: Any) -> bool:
    """`is(…)`: the same value of the same type, zone included."""
    if isinstance(left, (DateTime, Time)) and type(left) is type(right):
        one, two = (v.time if isinstance(v, DateTime) else v for v in (left, right))
        days = [v.date for v in (left, right) if isinstance(v, DateTime)]
        return days[:1] == days[1:] and one.nanos == two.nanos and one.zone == two.zone
    return kind(left) == kind(right) and equal(left, right) is True


def numeric(value: Any) -> Decimal | None:
    """The number, or None for what is not one or has no finite value."""
    try:
        return number(value)
    except (DecimalException, ValueError, TypeError):
        return None
