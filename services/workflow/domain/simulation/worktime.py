"""Working time 工作時間: minutes on the clock against minutes worked, on a calendar with opening hours.

Instants are minutes since midnight of the first day, so a simulation has no time zone and no clock of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from services.workflow.domain.calendar import Calendar

DAY = 24 * 60
Span = tuple[int, int]
OFFICE: tuple[Span, ...] = ((9 * 60, 12 * 60), (14 * 60, 18 * 60))
ALWAYS: tuple[Span, ...] = ((0, DAY),)


class WorkTime:
    """Opening hours on every day that `calendar` calls a working day, or on all days without one."""

    def __init__(self, begin: date, spans: Sequence[Span] = OFFICE, calendar: Calendar | None = None) -> None:
        self.begin = begin
        self.minutes_a_day = sum(end - start for start, end in spans)
        self._spans = tuple(spans)
        self._calendar = calendar
        self._days = 0
        self._starts: list[float] = []
        self._ends: list[float] = []
        self._done: list[float] = []
        self._total = 0.0

    def worked(self, instant: float) -> float:
        """Working minutes from the first midnight to the instant."""
        self._until(lambda: self._days * DAY > instant)
        index = bisect_right(self._starts, instant) - 1
        if index < 0:
            return 0.0
        return self._done[index] + min(instant, self._ends[index]) - self._starts[index]

    def at(self, worked: float) -> float:
        """The earliest instant at which that many minutes have been worked."""
        self._until(lambda: self._total >= worked and self._starts != [])
        index = max(bisect_left(self._done, worked) - 1, 0)
        return self._starts[index] + worked - self._done[index]

    def add(self, instant: float, minutes: float) -> float:
        """The instant when `minutes` of work that begins at `instant`, or when doors open next, are done."""
        return max(instant, self.at(self.worked(instant) + minutes))

    def open_minutes(self, start: int, end: int) -> int:
        """Of a working day, between two minutes of the day."""
        return sum(max(0, min(end, last) - max(start, first)) for first, last in self._spans)

    def between(self, start: float, end: float) -> float:
        return self.worked(end) - self.worked(start)

    def days(self, start: float, end: float) -> float:
        """Working days with their fraction: working minutes over the minutes of a day."""
        return self.between(start, end) / self.minutes_a_day

    def counted_days(self, start: float, end: float) -> int:
        """Whole working days as the law counts them: the day of the start is not one (行政許可法 Art. 82)."""
        calendar = self._calendar
        if calendar is None:
            return int(end // DAY - start // DAY)
        return calendar.between(self.day(start), self.day(end))

    def day(self, instant: float) -> date:
        return self.begin + timedelta(days=int(instant // DAY))

    def instant(self, moment: datetime) -> float:
        """A time as it was written down; its offset is that of the place."""
        return (moment.replace(tzinfo=None) - datetime.combine(self.begin, datetime.min.time())) / timedelta(
            minutes=1
        )

    def _until(self, enough: Callable[[], bool]) -> None:
        while not enough():
            day = self.begin + timedelta(days=self._days)
            if self._calendar is None or self._calendar.works(day):
                for start, end in self._spans:
                    self._starts.append(self._days * DAY + start)
                    self._ends.append(self._days * DAY + end)
                    self._done.append(self._total)
                    self._total += end - start
            self._days += 1
