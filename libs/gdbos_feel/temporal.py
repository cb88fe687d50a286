"""Dates, times and durations: reading (ISO 8601), months, differences, properties."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gdbos_feel.values import YearsMonths

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z0-9_+\-/]+)?")
_YEARS = re.compile(r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?")
_DAYS = re.compile(r"(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def read_date(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    match = _TIME.fullmatch(text)
    if not match:
        return None
    hour, minute, second, fraction, zone = match.groups()
    try:
        micro = int(Decimal(fraction or "0") * 1_000_000)
        return time(int(hour), int(minute), int(second), micro, read_zone(zone))
    except (ValueError, ZoneInfoNotFoundError):
        return None


def read_zone(text: str | None) -> tzinfo | None:
    """ValueError or ZoneInfoNotFoundError for a zone that does not exist."""
    if not text:
        return None
    if text == "Z":
        return UTC
    if text[0] == "@":
        return ZoneInfo(text[1:])
    hours, minutes = int(text[1:3]), int(text[4:6])
    offset = timedelta(hours=hours, minutes=minutes, seconds=int(text[7:9] or 0))
    return timezone(-offset if text[0] == "-" else offset)


def read_date_time(text: str) -> datetime | date | None:
    day, sign, clock = text.partition("T")
    found = read_date(day)
    if found is None:
        return None
    if not sign:
        return datetime.combine(found, time())
    moment = read_time(clock)
    return datetime.combine(found, moment) if moment is not None else None


def read_duration(text: str) -> timedelta | YearsMonths | None:
    match = _YEARS.fullmatch(text)
    if match and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return YearsMonths(-months if match[1] else months)
    match = _DAYS.fullmatch(text)
    if not match or not any(match.groups()[1:]) or text.endswith("T"):
        return None
    try:
        span = timedelta(
            days=int(match[2] or 0),
            hours=int(match[3] or 0),
            minutes=int(match[4] or 0),
            microseconds=int(Decimal(match[5] or "0") * 1_000_000),
        )
    except OverflowError:
        return None
    return -span if match[1] else span


def read_any(text: str) -> Any:
    """What an @"…" literal says; None when it says nothing."""
    for read in (read_date, read_time, read_duration):
        found = read(text)
        if found is not None:
            return found
    return read_date_time(text) if "T" in text else None


def add_months(value: Any, months: int) -> Any:
    """The same day some months later, or the last day of that month."""
    year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    day = min(value.day, calendar.monthrange(year, month + 1)[1])
    return value.replace(year=year, month=month + 1, day=day)


def date_minus(left: Any, right: Any) -> timedelta | None:
    if isinstance(left, time) and isinstance(right, time):
        one, two = (datetime.combine(date(2000, 1, 1), v) for v in (left, right))
        return one - two if (one.tzinfo is None) == (two.tzinfo is None) else None
    if not isinstance(left, date) or not isinstance(right, date):
        return None
    moments = [v if isinstance(v, datetime) else datetime.combine(v, time()) for v in (left, right)]
    if (moments[0].tzinfo is None) != (moments[1].tzinfo is None):
        if isinstance(left, datetime) and isinstance(right, datetime):
            return None
        moments = [m if m.tzinfo else m.replace(tzinfo=UTC) for m in moments]
    return moments[0] - moments[1]


def months_between(start: date, end: date) -> YearsMonths:
    """Whole months from `start` to `end`."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
        months += 1
    return YearsMonths(months)


def attribute(value: Any, name: str) -> Any:
    """`date.year` and the like; None for a name that the type does not have."""
    if isinstance(value, YearsMonths):
        whole = {"years": abs(value.months) // 12, "months": abs(value.months) % 12}
        sign = -1 if value.months < 0 else 1
        return Decimal(sign * whole[name]) if name in whole else None
    if isinstance(value, timedelta):
        return _duration_part(value, name)
    if isinstance(value, date) and name in ("year", "month", "day"):
        return Decimal(getattr(value, name))
    if isinstance(value, date) and name == "weekday":
        return Decimal(value.isoweekday())
    if isinstance(value, (datetime, time)):
        if name in ("hour", "minute"):
            return Decimal(getattr(value, name))
        if name == "second":
            return Decimal(value.second) + Decimal(value.microsecond).scaleb(-6)
        if name == "time offset":
            return value.utcoffset()
        if name == "timezone":
            return str(value.tzinfo) if isinstance(value.tzinfo, ZoneInfo) else None
    if isinstance(value, date) and not isinstance(value, datetime) and name in ("hour", "minute", "second"):
        return Decimal(0)
    return None


def _duration_part(value: timedelta, name: str) -> Decimal | None:
    sign = -1 if value < timedelta() else 1
    span = abs(value)
    parts = {
        "days": Decimal(span.days),
        "hours": Decimal(span.seconds // 3600),
        "minutes": Decimal(span.seconds // 60 % 60),
        "seconds": Decimal(span.seconds % 60) + Decimal(span.microseconds).scaleb(-6),
    }
    return sign * parts[name] if name in parts else None


def text_of(value: Any) -> str | None:
    """ISO 8601 of a temporal value; None for another."""
    if isinstance(value, YearsMonths):
        years, months = divmod(abs(value.months), 12)
        body = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return f"{'-' if value.months < 0 else ''}P{body or '0M'}"
    if isinstance(value, timedelta):
        return _days_text(value)
    if isinstance(value, datetime):
        return f"{value.date().isoformat()}T{_time_text(value.timetz())}"
    if isinstance(value, time):
        return _time_text(value)
    return value.isoformat() if isinstance(value, date) else None


def _time_text(value: time) -> str:
    zone = value.tzinfo
    plain = value.replace(tzinfo=None).isoformat()
    if "." in plain:
        plain = plain.rstrip("0")
    if isinstance(zone, ZoneInfo):
        return f"{plain}@{zone.key}"
    if zone is None:
        return plain
    offset = value.utcoffset() or timedelta()
    return plain + ("Z" if not offset else value.isoformat()[-6:])


def _days_text(value: timedelta) -> str:
    span = abs(value)
    hours, rest = divmod(span.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    exact = (Decimal(seconds) + Decimal(span.microseconds).scaleb(-6)).normalize()
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{exact:f}S" if exact else ""
    body = (f"{span.days}D" if span.days else "") + (f"T{clock}" if clock else "")
    return f"{'-' if value < timedelta() else ''}P{body or 'T0S'}"
