"""FEEL's values in Python, and how they are equal, ordered and added.

number Decimal · string str · boolean bool · date date · time time · date and time datetime · days and time
duration timedelta · years and months duration YearsMonths · list list · context dict · range Range · function
callable · null None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, DecimalException, localcontext
from typing import Any

DECIMAL = Context(prec=34, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A years and months duration, in months."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """An interval; None is an open end without bound. `low_in`, `high_in`: whether the end belongs to it."""

    low: Any
    high: Any
    low_in: bool = True
    high_in: bool = True

    def holds(self, value: Any) -> bool | None:
        """Whether `value` lies within; None when it cannot be compared."""
        below = True if self.low is None else compare(self.low, value)
        above = True if self.high is None else compare(value, self.high)
        if below is None or above is None:
            return None
        low = below is True or below < 0 or (below == 0 and self.low_in)
        high = above is True or above < 0 or (above == 0 and self.high_in)
        return low and high


def number(value: Any) -> Decimal:
    """A number of 34 digits."""
    return DECIMAL.create_decimal(str(value) if isinstance(value, float) else value)


def feel(value: Any) -> Any:
    """A Python or JSON value as FEEL has it: integers and floats become decimals, tuples lists."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        try:
            return number(value)
        except DecimalException:
            return None
    if isinstance(value, dict):
        return {key: feel(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [feel(inner) for inner in value]
    return value


def is_number(value: Any) -> bool:
    return isinstance(value, Decimal)


def kind(value: Any) -> str:
    """The FEEL type of a value."""
    for name, test in _KINDS:
        if test(value):
            return name
    return "function" if callable(value) else "Any"


_KINDS: tuple[tuple[str, Callable[[Any], bool]], ...] = (
    ("null", lambda v: v is None),
    ("boolean", lambda v: isinstance(v, bool)),
    ("number", is_number),
    ("string", lambda v: isinstance(v, str)),
    ("date and time", lambda v: isinstance(v, datetime)),
    ("date", lambda v: isinstance(v, date)),
    ("time", lambda v: isinstance(v, time)),
    ("days and time duration", lambda v: isinstance(v, timedelta)),
    ("years and months duration", lambda v: isinstance(v, YearsMonths)),
    ("list", lambda v: isinstance(v, list)),
    ("context", lambda v: isinstance(v, dict)),
    ("range", lambda v: isinstance(v, Range)),
)


def equal(left: Any, right: Any) -> bool | None:
    """Equality; None between values of different types (null equals only null)."""
    if left is None or right is None:
        return left is None and right is None
    if kind(left) != kind(right):
        return None
    if isinstance(left, list):
        return len(left) == len(right) and all(equal(a, b) is True for a, b in zip(left, right, strict=True))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(equal(left[k], right[k]) is True for k in left)
    if isinstance(left, (datetime, time)) and (left.tzinfo is None) != (right.tzinfo is None):
        return None
    return bool(left == right)


def compare(left: Any, right: Any) -> int | None:
    """-1, 0, 1; None when the two have no order."""
    if left is None or right is None or kind(left) != kind(right) or kind(left) not in _ORDERED:
        return None
    try:
        return int(left > right) - int(left < right)
    except TypeError:
        return None


_ORDERED = frozenset(
    {
        "number",
        "string",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    }
)


def arithmetic(operator: str, left: Any, right: Any) -> Any:
    """+ - * / ** between two values; None when they do not fit."""
    try:
        with localcontext(DECIMAL):
            if is_number(left) and is_number(right):
                return _numbers(operator, left, right)
            return _mixed(operator, left, right)
    except (DecimalException, OverflowError, ZeroDivisionError, TypeError):
        return None


def _numbers(operator: str, left: Decimal, right: Decimal) -> Any:
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return left * right
    if operator == "/":
        return left / right if right else None
    return left**right if abs(right) < 10_000 else None


def _mixed(operator: str, left: Any, right: Any) -> Any:
    from gdbos_feel.temporal import add_months, date_minus

    kinds = (kind(left), kind(right))
    if operator == "+":
        if kinds == ("string", "string"):
            return left + right
        if kinds[0] in ("days and time duration", "years and months duration") and kinds[0] != kinds[1]:
            left, right, kinds = right, left, (kinds[1], kinds[0])
        return _plus(left, right, kinds, add_months)
    if operator == "-":
        if kinds[1] == "days and time duration" or kinds[1] == "years and months duration":
            return _mixed("+", left, _negative(right)) if kinds[0] != kinds[1] else _same(left, right, -1)
        return date_minus(left, right)
    return _scaled(operator, left, right, kinds)


def _plus(left: Any, right: Any, kinds: tuple[str, str], add_months: Any) -> Any:
    if kinds[0] == kinds[1]:
        return _same(left, right, 1)
    if kinds[1] == "years and months duration":
        return add_months(left, right.months) if kinds[0] in ("date", "date and time") else None
    if kinds[1] != "days and time duration":
        return None
    if kinds[0] == "date":
        return (datetime.combine(left, time()) + right).date()
    if kinds[0] == "time":
        return (datetime.combine(date(2000, 1, 1), left) + right).timetz()
    return left + right if kinds[0] == "date and time" else None


def _same(left: Any, right: Any, sign: int) -> Any:
    if isinstance(left, YearsMonths):
        return YearsMonths(left.months + sign * right.months)
    return left + sign * right if isinstance(left, timedelta) else None


def _negative(value: Any) -> Any:
    return YearsMonths(-value.months) if isinstance(value, YearsMonths) else -value


def _scaled(operator: str, left: Any, right: Any, kinds: tuple[str, str]) -> Any:
    if operator == "*" and kinds[0] == "number":
        left, right, kinds = right, left, (kinds[1], kinds[0])
    if kinds[0] == "days and time duration":
        if operator == "*" and kinds[1] == "number":
            return timedelta(microseconds=int(_micro(left) * right))
        if operator == "/":
            if kinds[1] == "number":
                return timedelta(microseconds=int(_micro(left) / right)) if right else None
            return _micro(left) / _micro(right) if kinds[1] == kinds[0] and right else None
    if kinds[0] == "years and months duration":
        if operator == "*" and kinds[1] == "number":
            return YearsMonths(int(left.months * right))
        if operator == "/":
            if kinds[1] == "number":
                return YearsMonths(int(left.months / right)) if right else None
            return Decimal(left.months) / right.months if kinds[1] == kinds[0] and right.months else None
    return None


def _micro(value: timedelta) -> Decimal:
    return Decimal(value // timedelta(microseconds=1))
