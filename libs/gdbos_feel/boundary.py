"""Python and JSON values into FEEL's, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from gdbos_feel.moments import SECOND, Date, DateTime, DaysTime, Time, Zone
from gdbos_feel.values import numeric

_AS_THEY_ARE = frozenset({str, bool, type(None), Date, Time, DateTime, DaysTime})

_LEAST, _MOST = -(10**34), 10**34
"""Whole numbers between them have no more digits than FEEL keeps."""

_PLAIN = frozenset({str, bool, type(None), Decimal})


def feel(value: Any) -> Any:
    """Integers and floats become decimals, tuples lists, datetimes FEEL's; what is no number becomes null."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is int and _LEAST < value < _MOST:
        return Decimal(value)
    if isinstance(value, (int, float, Decimal)):
        return numeric(value)
    if isinstance(value, Mapping):
        return {str(key): feel(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [feel(inner) for inner in value]
    if isinstance(value, datetime):
        return DateTime(_date(value), _time(value.timetz(), value))
    if isinstance(value, date):
        return _date(value)
    if isinstance(value, time):
        return _time(value, None)
    return DaysTime(value // timedelta(microseconds=1) * 1000) if isinstance(value, timedelta) else value


def _date(value: date) -> Date:
    return Date(value.year, value.month, value.day)


def _time(value: time, whole: datetime | None) -> Time:
    nanos = ((value.hour * 60 + value.minute) * 60 + value.second) * SECOND + value.microsecond * 1000
    if isinstance(value.tzinfo, ZoneInfo):
        return Time(nanos, value.tzinfo.key)
    offset = whole.utcoffset() if whole is not None else value.utcoffset()
    return Time(nanos, int(offset.total_seconds()) if offset is not None else None)


def plain(value: Any) -> Any:
    """Python's own dates, times and durations where they can hold the value; else FEEL's, whose str is ISO."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, Date):
        return date(value.year, value.month, value.day) if 1 <= value.year <= 9999 else value
    if isinstance(value, Time):
        return _plain_time(value)
    if isinstance(value, DateTime):
        day, clock = plain(value.date), plain(value.time)
        fits = isinstance(day, date) and isinstance(clock, time)
        return datetime.combine(day, clock) if fits else value
    if isinstance(value, DaysTime) and value.nanos % 1000 == 0:
        try:
            return timedelta(microseconds=value.nanos // 1000)
        except OverflowError:
            return value
    return value


def _plain_time(value: Time) -> time | Time:
    if value.nanos % 1000:
        return value
    minutes, rest = divmod(value.nanos // 1000, 60_000_000)
    return time(minutes // 60, minutes % 60, rest // 1_000_000, rest % 1_000_000, _tzinfo(value.zone))


def _tzinfo(zone: Zone) -> tzinfo | None:
    if isinstance(zone, str):
        return ZoneInfo(zone)
    return None if zone is None else timezone(timedelta(seconds=zone))
