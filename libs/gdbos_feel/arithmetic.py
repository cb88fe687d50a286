"""+ - * / ** (DMN 1.5, tables 54 to 58). What does not fit gives None."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from gdbos_feel.moments import DAY, SECOND, Date, DateTime, DaysTime, Time, YearsMonths
from gdbos_feel.values import DECIMAL

LONGEST_DURATION = 10**10 * 366 * DAY


def arithmetic(operator: str, left: Any, right: Any) -> Any:
    """The result, or None when the two do not fit or the result has no place."""
    try:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            return _NUMBERS[operator](left, right)
        found = _OTHERS[operator](left, right) if operator in _OTHERS else None
    except (DecimalException, OverflowError, ZeroDivisionError, ValueError):
        return None
    return None if isinstance(found, DaysTime) and abs(found.nanos) > LONGEST_DURATION else found


def _power(left: Decimal, right: Decimal) -> Decimal:
    return DECIMAL.power(left, right)


_NUMBERS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": DECIMAL.add,
    "-": DECIMAL.subtract,
    "*": DECIMAL.multiply,
    "/": DECIMAL.divide,
    "**": _power,
}


def _plus(left: Any, right: Any) -> Any:
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(left, (DaysTime, YearsMonths)):
        if type(left) is type(right):
            return _added(left, right, 1)
        left, right = right, left
    return _moved(left, right, 1)


def _minus(left: Any, right: Any) -> Any:
    if isinstance(right, (DaysTime, YearsMonths)):
        return _added(left, right, -1) if type(left) is type(right) else _moved(left, right, -1)
    if isinstance(left, Time) and isinstance(right, Time):
        return DaysTime(left.order - right.order) if _alike(left, right) else None
    if isinstance(left, (Date, DateTime)) and isinstance(right, (Date, DateTime)):
        one, two = _with_zone(left, right), _with_zone(right, left)
        return DaysTime(one.order - two.order) if _alike(one.time, two.time) else None
    return None


def _with_zone(value: Date | DateTime, other: Date | DateTime) -> DateTime:
    """A date beside a moment with a zone is midnight in Greenwich."""
    if isinstance(value, DateTime):
        return value
    zoned = isinstance(other, DateTime) and other.time.zone is not None
    return DateTime(value, Time(0, 0 if zoned else None))


def _alike(left: Time, right: Time) -> bool:
    return (left.zone is None) == (right.zone is None)


def _added(left: Any, right: Any, sign: int) -> Any:
    if isinstance(left, YearsMonths):
        return YearsMonths(left.months + sign * right.months)
    return DaysTime(left.nanos + sign * right.nanos)


def _moved(value: Any, span: Any, sign: int) -> Any:
    """A date or time so much later or earlier."""
    if isinstance(span, YearsMonths):
        if isinstance(value, DateTime):
            return DateTime(value.date.plus_months(sign * span.months), value.time)
        return value.plus_months(sign * span.months) if isinstance(value, Date) else None
    if not isinstance(span, DaysTime):
        return None
    if isinstance(value, Date):
        return DateTime(value, Time(0)).plus(sign * span.nanos).date
    if isinstance(value, Time):
        return Time((value.nanos + sign * span.nanos) % DAY, value.zone)
    return value.plus(sign * span.nanos) if isinstance(value, DateTime) else None


def _times(left: Any, right: Any) -> Any:
    if isinstance(left, Decimal):
        left, right = right, left
    if not isinstance(right, Decimal):
        return None
    return _of_amount(left, DECIMAL.multiply(_amount(left), right)) if _is_span(left) else None


def _over(left: Any, right: Any) -> Any:
    if not _is_span(left):
        return None
    if isinstance(right, Decimal):
        return _of_amount(left, DECIMAL.divide(_amount(left), right))
    return DECIMAL.divide(_amount(left), _amount(right)) if type(left) is type(right) else None


def _is_span(value: Any) -> bool:
    return isinstance(value, (DaysTime, YearsMonths))


def _amount(span: Any) -> Decimal:
    return Decimal(span.months) if isinstance(span, YearsMonths) else Decimal(span.nanos)


def _of_amount(like: Any, amount: Decimal) -> Any:
    if not amount.is_finite() or abs(amount) > LONGEST_DURATION:
        return None
    return YearsMonths(int(amount)) if isinstance(like, YearsMonths) else DaysTime(int(amount))


_OTHERS: dict[str, Callable[[Any, Any], Any]] = {"+": _plus, "-": _minus, "*": _times, "/": _over}


def negative(value: Any) -> Any:
    """Unary minus."""
    if isinstance(value, Decimal):
        return DECIMAL.minus(value)
    if isinstance(value, YearsMonths):
        return YearsMonths(-value.months)
    return DaysTime(-value.nanos) if isinstance(value, DaysTime) else None


def attribute(value: Any, name: str) -> Any:
    """`date.year` and the like; None for a name that the type does not have."""
    if isinstance(value, (YearsMonths, DaysTime)):
        return _duration_part(value, name)
    day = value.date if isinstance(value, DateTime) else value
    if isinstance(day, Date) and name in ("year", "month", "day", "weekday"):
        return Decimal(getattr(day, name))
    clock = value.time if isinstance(value, DateTime) else value
    if isinstance(value, Date):
        clock = Time(0)
    if not isinstance(clock, Time):
        return None
    if name in ("hour", "minute", "second"):
        return _clock_part(clock.nanos, name)
    if name == "time offset":
        offset = value.offset if isinstance(value, (DateTime, Time)) else None
        return DaysTime(offset * SECOND) if offset is not None else None
    return clock.zone if name == "timezone" and isinstance(clock.zone, str) else None


def _clock_part(nanos: int, name: str) -> Decimal:
    if name == "hour":
        return Decimal(nanos // (3600 * SECOND))
    if name == "minute":
        return Decimal(nanos // (60 * SECOND) % 60)
    return (Decimal(nanos % (60 * SECOND)) / SECOND).normalize() + 0


def _duration_part(value: Any, name: str) -> Decimal | None:
    if isinstance(value, YearsMonths):
        whole = {"years": abs(value.months) // 12, "months": abs(value.months) % 12}
        sign = -1 if value.months < 0 else 1
        return Decimal(sign * whole[name]) if name in whole else None
    span, sign = abs(value.nanos), -1 if value.nanos < 0 else 1
    parts = {
        "days": Decimal(span // DAY),
        "hours": Decimal(span // (3600 * SECOND) % 24),
        "minutes": Decimal(span // (60 * SECOND) % 60),
        "seconds": (Decimal(span % (60 * SECOND)) / SECOND).normalize() + 0,
    }
    return sign * parts[name] if name in parts else None
