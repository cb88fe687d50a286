"""Dates, times and durations as FEEL has them: years from -999999999 to 999999999, seconds with nine digits.

Python's datetime holds neither; `boundary.py` turns these into its types where they fit. str() is ISO 8601.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SECOND = 1_000_000_000
DAY = 86_400 * SECOND
FARTHEST_YEAR = 999_999_999
Zone = int | str | None
"""Seconds east of Greenwich, or the name of an IANA zone, or none."""


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A years and months duration, in months."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        body = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return f"{'-' if self.months < 0 else ''}P{body or '0M'}"


@dataclass(frozen=True, slots=True, order=True)
class DaysTime:
    """A days and time duration, in nanoseconds."""

    nanos: int

    def __str__(self) -> str:
        days, rest = divmod(abs(self.nanos), DAY)
        hours, rest = divmod(rest, 3600 * SECOND)
        minutes, rest = divmod(rest, 60 * SECOND)
        clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        clock += f"{seconds_text(rest)}S" if rest else ""
        body = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
        return f"{'-' if self.nanos < 0 else ''}P{body or 'T0S'}"


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A day of the Gregorian calendar, carried back before its beginning."""

    year: int
    month: int
    day: int

    @classmethod
    def of(cls, year: int, month: int, day: int) -> Date:
        """ValueError for a day that does not exist."""
        if abs(year) > FARTHEST_YEAR or not 1 <= month <= 12 or not 1 <= day <= month_days(year, month):
            raise ValueError(f"no such day: {year}-{month}-{day}")
        return cls(year, month, day)

    @classmethod
    def from_days(cls, days: int) -> Date:
        """The day so many days after 1970-01-01."""
        cycle, rest = divmod(days + 719_468, 146_097)
        year = (rest - rest // 1460 + rest // 36_524 - rest // 146_096) // 365
        rest -= 365 * year + year // 4 - year // 100
        month = (5 * rest + 2) // 153
        day = rest - (153 * month + 2) // 5 + 1
        month = month + 3 if month < 10 else month - 9
        return cls.of(year + cycle * 400 + (month <= 2), month, day)

    @property
    def days(self) -> int:
        """Days since 1970-01-01."""
        year = self.year - (self.month <= 2)
        cycle, rest = divmod(year, 400)
        of_year = (153 * (self.month - 3 if self.month > 2 else self.month + 9) + 2) // 5 + self.day - 1
        return cycle * 146_097 + rest * 365 + rest // 4 - rest // 100 + of_year - 719_468

    @property
    def weekday(self) -> int:
        """1 is Monday."""
        return (self.days + 3) % 7 + 1

    def plus_months(self, months: int) -> Date:
        """The same day some months later, or the last day of that month."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Date.of(year, month + 1, min(self.day, month_days(year, month + 1)))

    def __str__(self) -> str:
        return f"{'-' if self.year < 0 else ''}{abs(self.year):04}-{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day: nanoseconds since midnight."""

    nanos: int
    zone: Zone = None

    @property
    def offset(self) -> int | None:
        """Seconds; None for a local time and for a zone whose offset depends on the day."""
        return self.zone if not isinstance(self.zone, str) else _fixed_offset(self.zone)

    @property
    def order(self) -> int:
        """Nanoseconds by which times are ordered."""
        return self.nanos - (self.offset or 0) * SECOND

    def __str__(self) -> str:
        minutes, rest = divmod(self.nanos, 60 * SECOND)
        second = seconds_text(rest)
        if second[1:2] in ("", "."):
            second = "0" + second
        return f"{minutes // 60:02}:{minutes % 60:02}:{second}{_zone_text(self.zone)}"


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day and a time of day."""

    date: Date
    time: Time

    @property
    def offset(self) -> int | None:
        """Seconds; None for a local time."""
        zone = self.time.zone
        return zone if not isinstance(zone, str) else _offset_on(zone, self)

    @property
    def order(self) -> int:
        """Nanoseconds since 1970-01-01T00:00Z; a local time counts as if in Greenwich."""
        return self.date.days * DAY + self.time.nanos - (self.offset or 0) * SECOND

    def plus(self, nanos: int) -> DateTime:
        """So much later by the clock of the zone."""
        days, rest = divmod(self.date.days * DAY + self.time.nanos + nanos, DAY)
        return DateTime(Date.from_days(days), Time(rest, self.time.zone))

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"


def month_days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def seconds_text(nanos: int) -> str:
    whole, fraction = divmod(nanos, SECOND)
    return f"{whole}.{fraction:09}".rstrip("0") if fraction else str(whole)


def _fixed_offset(zone: str) -> int | None:
    offset = ZoneInfo(zone).utcoffset(None)
    return int(offset.total_seconds()) if offset is not None else None


def _offset_on(zone: str, moment: DateTime) -> int:
    """The offset there and then; far years repeat the calendar of years 2000 to 2399."""
    year = moment.date.year if 1 < moment.date.year < 9999 else 2000 + moment.date.year % 400
    start = datetime(year, moment.date.month, moment.date.day, tzinfo=ZoneInfo(zone))
    local = start + timedelta(microseconds=moment.time.nanos // 1000)
    return int((local.utcoffset() or timedelta()).total_seconds())


def _zone_text(zone: Zone) -> str:
    if zone is None:
        return ""
    if isinstance(zone, str):
        return f"@{zone}"
    if not zone:
        return "Z"
    minutes, seconds = divmod(abs(zone), 60)
    text = f"{'-' if zone < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text
