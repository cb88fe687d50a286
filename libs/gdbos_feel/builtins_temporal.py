"""Dates, times and durations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from gdbos_feel import moments_text
from gdbos_feel.boundary import feel
from gdbos_feel.moments import SECOND, Date, DateTime, DaysTime, Time, YearsMonths
from gdbos_feel.values import identical

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_CLOCK = timezone(timedelta(hours=8))
"""China has one time."""


def _date(value: Any) -> Date | None:
    if isinstance(value, str):
        return moments_text.read_date(value)
    return value.date if isinstance(value, DateTime) else value if isinstance(value, Date) else None


def _date_of(year: Decimal, month: Decimal, day: Decimal) -> Date:
    return Date.of(_whole(year), _whole(month), _whole(day))


def _whole(value: Decimal) -> int:
    if value != value.to_integral_value():
        raise ValueError(value)
    return int(value)


def _time(value: Any) -> Time | None:
    if isinstance(value, str):
        return moments_text.read_time(value)
    if isinstance(value, Date):
        return Time(0, 0)
    return value.time if isinstance(value, DateTime) else value if isinstance(value, Time) else None


def _time_of(hour: Decimal, minute: Decimal, second: Decimal, offset: DaysTime | None = None) -> Time | None:
    whole = _whole(hour), _whole(minute)
    if not (0 <= whole[0] < 24 and 0 <= whole[1] < 60 and 0 <= second < 60):
        return None
    zone = None if offset is None else int(Decimal(offset.nanos) / SECOND)
    if zone is not None and abs(zone) > moments_text.FARTHEST_OFFSET:
        return None
    return Time((whole[0] * 60 + whole[1]) * 60 * SECOND + int(second * SECOND), zone)


def _date_and_time(value: Any) -> DateTime | None:
    if isinstance(value, str):
        return moments_text.read_date_time(value)
    if isinstance(value, Date):
        return DateTime(value, Time(0))
    return value if isinstance(value, DateTime) else None


def _date_with_time(day: Date | DateTime, clock: Time) -> DateTime:
    return DateTime(day.date if isinstance(day, DateTime) else day, clock)


def _duration(value: Any) -> DaysTime | YearsMonths | None:
    if isinstance(value, str):
        return moments_text.read_duration(value)
    return value if isinstance(value, (DaysTime, YearsMonths)) else None


def _months(start: Date | DateTime, end: Date | DateTime) -> YearsMonths:
    """Whole months from `start` to `end`."""
    one, two = _day(start), _day(end)
    months = (two.year - one.year) * 12 + two.month - one.month
    if months > 0 and two.day < one.day:
        months -= 1
    elif months < 0 and two.day > one.day:
        months += 1
    return YearsMonths(months)


def _day(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


def _day_of_year(value: Date | DateTime) -> Decimal:
    day = _day(value)
    return Decimal(day.days - Date(day.year, 1, 1).days + 1)


def _week_of_year(value: Date | DateTime) -> Decimal:
    """ISO 8601: the week that holds the first Thursday is week 1."""
    day = _day(value)
    thursday = Date.from_days(day.days + 4 - day.weekday)
    return Decimal((thursday.days - Date(thursday.year, 1, 1).days) // 7 + 1)


def _today() -> Any:
    now = datetime.now(_CLOCK)
    return feel(date(now.year, now.month, now.day))


FUNCTIONS: list[tuple[str, str, Callable[..., Any]]] = [
    ("date", "from: string|date|date and time", _date),
    ("date", "year: number, month: number, day: number", _date_of),
    ("time", "from: string|time|date|date and time", _time),
    ("time", "hour: number, minute: number, second: number, offset?: days and time duration|Null", _time_of),
    ("date and time", "from: string|date|date and time", _date_and_time),
    ("date and time", "date: date|date and time, time: time", _date_with_time),
    ("duration", "from: string|days and time duration|years and months duration", _duration),
    ("years and months duration", "from: date|date and time, to: date|date and time", _months),
    ("day of year", "date: date|date and time", _day_of_year),
    ("day of week", "date: date|date and time", lambda value: _DAYS[_day(value).weekday - 1]),
    ("month of year", "date: date|date and time", lambda value: _MONTHS[_day(value).month - 1]),
    ("week of year", "date: date|date and time", _week_of_year),
    ("now", "", lambda: feel(datetime.now(_CLOCK))),
    ("today", "", _today),
    ("is", "value1?, value2?", lambda left=None, right=None: identical(left, right)),
]
