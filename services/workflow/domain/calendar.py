"""The working-day calendar 工作日曆: weekdays, less statutory holidays, plus make-up days 調休."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """`known_until`: the last day of the years whose holidays are published; later days follow the weekday
    rule and are provisional."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    known_until: date = date.min

    @classmethod
    def of(cls, holidays: Iterable[date], workdays: Iterable[date], known_until: date) -> Calendar:
        return cls(frozenset(holidays), frozenset(workdays), known_until)

    def changed(self, days: Mapping[date, bool], known_until: date | None = None) -> Calendar:
        """The same calendar with these days published: True is a working day, False a holiday."""
        return Calendar(
            (self.holidays - days.keys()) | {day for day, works in days.items() if not works},
            (self.workdays - days.keys()) | {day for day, works in days.items() if works},
            max(self.known_until, known_until or date.min),
        )

    def works(self, day: date) -> bool:
        if day in self.workdays:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def provisional(self, day: date) -> bool:
        return day > self.known_until

    def reaching(self, day: date) -> date:
        """The day itself when it works, else the next working one."""
        return day if self.works(day) else self.add(day, 1)

    def add(self, start: date, days: int) -> date:
        """The n-th working day after `start`: day 1 is the next working day (行政許可法 Art. 82). 0 is `start`."""
        day = start
        while days > 0:
            day += timedelta(days=1)
            days -= self.works(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 when `end` is not after `start`."""
        day, count = start, 0
        while day < end:
            day += timedelta(days=1)
            count += self.works(day)
        return count
