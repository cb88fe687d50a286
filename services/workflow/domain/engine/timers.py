"""ISO 8601 durations, dates and repeating intervals, as BPMN timers use them.

Years and months move the calendar date (31 January + P1M = last day of February); a time without an offset is
in the time zone of `now`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_DURATION = re.compile(
    r"\A(?P<sign>-)?P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?\Z"
)
_REPEAT = re.compile(r"\AR(\d*)\Z")


@dataclass(frozen=True, slots=True)
class Schedule:
    """due: next time. repeats: how often after that, -1 without end. every: ISO duration between, or ""."""

    due: datetime
    repeats: int = 0
    every: str = ""


def schedule(kind: str, text: str, now: datetime) -> Schedule:
    """kind: duration | date | cycle. ValueError with the text when it is not of that kind."""
    text = text.strip()
    if kind == "date":
        return Schedule(moment(text, now))
    if kind == "duration":
        return Schedule(later(now, text))
    return _cycle(text, now)


def following(due: datetime, repeats: int, every: str) -> Schedule | None:
    """The next firing of a cycle, counted from when it was due, not from when it was handled."""
    if repeats == 0 or not every:
        return None
    return Schedule(later(due, every), repeats - 1 if repeats > 0 else -1, every)


def later(start: datetime, duration: str) -> datetime:
    """start + duration; ValueError when the text is not an ISO 8601 duration or leaves the calendar."""
    found = _DURATION.match(duration)
    if found is None:
        raise ValueError(f"not an ISO 8601 duration: {duration!r}")
    amount = {name: float(value or 0) for name, value in found.groupdict().items() if name != "sign"}
    sign = -1 if found["sign"] else 1
    months = sign * int(amount["years"] * 12 + amount["months"])
    rest = timedelta(
        weeks=amount["weeks"],
        days=amount["days"],
        hours=amount["hours"],
        minutes=amount["minutes"],
        seconds=amount["seconds"],
    )
    try:
        return _months(start, months) + sign * rest
    except OverflowError:
        raise ValueError(f"duration leaves the calendar: {duration!r}") from None


def moment(text: str, now: datetime) -> datetime:
    """An ISO 8601 date or date-time, made aware."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = datetime.combine(date.fromisoformat(text), time())
    return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)


def _months(start: datetime, months: int) -> datetime:
    if not months:
        return start
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        raise OverflowError
    return start.replace(year=year, month=month, day=min(start.day, monthrange(year, month)[1]))


def _cycle(text: str, now: datetime) -> Schedule:
    """R[n]/duration or R[n]/start/duration; a bare duration repeats for ever."""
    parts = text.split("/")
    repeat = _REPEAT.match(parts[0])
    if repeat is None:
        if len(parts) != 1:
            raise ValueError(f"not an ISO 8601 repeating interval: {text!r}")
        return Schedule(later(now, text), -1, text)
    if len(parts) not in (2, 3) or repeat[1] == "0":
        raise ValueError(f"not an ISO 8601 repeating interval: {text!r}")
    repeats = int(repeat[1]) - 1 if repeat[1] else -1
    every = parts[-1]
    first = later(now, every)
    if len(parts) == 3:
        first = moment(parts[1], now)
    return Schedule(first, repeats, every)
