"""Dates, times and durations."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from gdbos_feel import temporal
from gdbos_feel.values import YearsMonths, is_number

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_CLOCK = timezone(timedelta(hours=8))


def _date(value: Any) -> date | None:
    if isinstance(value, str):
        return temporal.read_date(value)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _time(value: Any) -> time | None:
    if isinstance(value, str):
        return temporal.read_time(value)
    if isinstance(value, datetime):
        return value.timetz()
    if isinstance(value, date):
        return time(tzinfo=UTC)
    return value if isinstance(value, time) else None


def _time_parts(hour: Any, minute: Any, second: Any, offset: Any = None) -> time | None:
    if not all(is_number(part) for part in (hour, minute, second)):
        return None
    whole = int(second)
    zone = timezone(offset) if offset is not None else None
    return time(int(hour), int(minute), whole, int((second - whole) * 1_000_000), zone)


def _date_time(day: Any, clock: Any) -> datetime | None:
    if isinstance(day, datetime):
        day = day.date()
    if isinstance(day, date) and isinstance(clock, time):
        return datetime.combine(day, clock)
    if isinstance(day, (date, str)) and isinstance(clock, str) and isinstance(day, datetime):
        return day.astimezone(temporal.read_zone(clock))
    return None


def _read_date_time(value: Any) -> datetime | None:
    if isinstance(value, str):
        found = temporal.read_date_time(value)
        return found if isinstance(found, datetime) else None
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time()) if isinstance(value, date) else None


def _duration(value: Any) -> Any:
    if isinstance(value, str):
        return temporal.read_duration(value)
    return value if isinstance(value, (timedelta, YearsMonths)) else None


def _months(start: Any, end: Any) -> YearsMonths | None:
    if not isinstance(start, date) or not isinstance(end, date):
        return None
    return temporal.months_between(start, end)


def _day(value: Any) -> date:
    if not isinstance(value, date):
        raise TypeError
    return value


FUNCTIONS = [
    ("date", "from", _date),
    (
        "date",
        "year, month, day",
        lambda y, m, d: date(int(y), int(m), int(d)) if None not in (y, m, d) else None,
    ),
    ("time", "from", _time),
    ("time", "hour, minute, second, offset?", _time_parts),
    ("date and time", "from", _read_date_time),
    ("date and time", "date, time", _date_time),
    ("duration", "from", _duration),
    ("years and months duration", "from, to", _months),
    ("day of year", "date", lambda value: Decimal(_day(value).timetuple().tm_yday)),
    ("day of week", "date", lambda value: _DAYS[_day(value).weekday()]),
    ("month of year", "date", lambda value: _MONTHS[_day(value).month - 1]),
    ("week of year", "date", lambda value: Decimal(_day(value).isocalendar()[1])),
    ("now", "", lambda: datetime.now(_CLOCK)),
    ("today", "", lambda: datetime.now(_CLOCK).date()),
]
