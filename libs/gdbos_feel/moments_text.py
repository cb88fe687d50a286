"""Reading dates, times and durations (ISO 8601 as XML Schema has it, and `@zone`)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gdbos_feel.moments import DAY, SECOND, Date, DateTime, DaysTime, Time, YearsMonths, Zone

_DATE = re.compile(r"(-?)(\d{4}|[1-9]\d{4,8})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+)*)?",
    re.ASCII,
)
_YEARS = re.compile(r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?", re.ASCII)
_DAYS = re.compile(r"(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d*)?)S)?)?", re.ASCII)
FARTHEST_OFFSET = 18 * 3600
LONGEST = 100
"""Characters that any of these may have."""


def read_date(text: str) -> Date | None:
    match = _DATE.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        return None
    year = int(match[2])
    try:
        return Date.of(-year if match[1] else year, int(match[3]), int(match[4]))
    except ValueError:
        return None


def read_time(text: str) -> Time | None:
    match = _TIME.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        return None
    try:
        zone = read_zone(match[5])
    except ValueError:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3])
    nanos = int(Decimal(match[4] or "0") * SECOND)
    if hour == 24 and not minute and not second and not nanos:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None
    return Time((hour * 3600 + minute * 60 + second) * SECOND + nanos, zone)


def read_zone(text: str | None) -> Zone:
    """ValueError for a zone that does not exist."""
    if not text:
        return None
    if text == "Z":
        return 0
    if text[0] == "@":
        return _known_zone(text[1:])
    if int(text[4:6]) > 59:
        raise ValueError(text)
    seconds = int(text[1:3]) * 3600 + int(text[4:6]) * 60 + int(text[7:9] or 0)
    if seconds > FARTHEST_OFFSET:
        raise ValueError(text)
    return -seconds if text[0] == "-" else seconds


@lru_cache(maxsize=1024)
def _known_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(name) from error


def read_date_time(text: str) -> DateTime | None:
    """A date alone begins at midnight. 24:00:00 is the next midnight."""
    day, sign, clock = text.partition("T")
    found = read_date(day)
    if found is None:
        return None
    if not sign:
        return DateTime(found, Time(0))
    moment = read_time(clock)
    if moment is None:
        return None
    late = DAY if clock.startswith("24") else 0
    return DateTime(found, moment).plus(late)


def read_duration(text: str) -> DaysTime | YearsMonths | None:
    if len(text) > LONGEST:
        return None
    match = _YEARS.fullmatch(text)
    if match and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return YearsMonths(-months if match[1] else months)
    match = _DAYS.fullmatch(text)
    if match is None or not any(match.groups()[1:]) or text.endswith("T"):
        return None
    minutes = (int(match[2] or 0) * 24 + int(match[3] or 0)) * 60 + int(match[4] or 0)
    nanos = minutes * 60 * SECOND + int(Decimal(match[5] or "0") * SECOND)
    return DaysTime(-nanos if match[1] else nanos)


def read_any(text: str) -> Date | Time | DateTime | DaysTime | YearsMonths | None:
    """What an @"…" literal says; None when it says nothing."""
    return (
        read_date(text)
        or read_time(text)
        or read_duration(text)
        or (read_date_time(text) if "T" in text else None)
    )
