"""Clocks 時限: statutory and promised side by side, stopped and resumed, coloured by what is left.

Only the statutory clock is law (行政許可法 Art. 42); both are shown. A day on which the case is suspended for any
reason does not count, however many reasons there are (Art. 45).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.workflow.domain import stages
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.limits import DELIVERY_DAYS

GREEN, YELLOW, RED, BLUE = "green", "yellow", "red", "blue"
WORKING, CALENDAR_DAY = "working_day", "calendar_day"
YELLOW_SHARE = 5
"""Yellow when at most a fifth of the limit, or one working day, is left."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Special procedure 特別程序: from the day it began to the day it ended, None while it lasts."""

    start: date
    end: date | None
    kind: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit of `days` in `unit`, running from the day `start` (day 1 is the next one that counts)."""

    days: int
    unit: str
    start: date
    pauses: Sequence[Pause] = ()
    extension: int = 0

    def due(self, calendar: Calendar, today: date | None = None) -> date:
        """The last day of the limit. A pause that still lasts is taken to end on `today` (without it, on the
        day it began), so the due day moves on as long as it lasts."""
        left = self.days + self.extension
        day = self.start
        while left > 0:
            day += timedelta(days=1)
            left -= self._counts(day, calendar, today)
        return day

    def elapsed(self, calendar: Calendar, until: date) -> int:
        """Days that counted after the start up to and including `until`."""
        day, count = self.start, 0
        while day < until:
            day += timedelta(days=1)
            count += self._counts(day, calendar, until)
        return count

    def light(self, calendar: Calendar, today: date) -> str:
        """red when overdue, blue while paused, yellow when little is left, else green. A pause that began
        after the due day hides nothing: the case stays red."""
        if today > self.due(calendar, today):
            return RED
        if self.paused:
            return BLUE
        total = self.days + self.extension
        left = total - self.elapsed(calendar, today)
        return YELLOW if left <= max(1, total // YELLOW_SHARE) and total > 0 else GREEN

    def yellow_from(self, calendar: Calendar) -> date:
        """The first day on which the light is yellow, if nothing stops the clock."""
        total = self.days + self.extension
        spent = max(0, total - max(1, total // YELLOW_SHARE))
        return Clock(spent, self.unit, self.start, self.pauses).due(calendar)

    @property
    def paused(self) -> bool:
        return any(pause.end is None for pause in self.pauses)

    def stands(self, calendar: Calendar) -> bool:
        """Paused, and not overdue before the pause began."""
        due = self.due(calendar)
        return any(pause.end is None and pause.start <= due for pause in self.pauses)

    def _counts(self, day: date, calendar: Calendar, today: date | None) -> bool:
        for pause in self.pauses:
            until = pause.end or today or pause.start
            if pause.start < day <= until:
                return False
        return self.unit == CALENDAR_DAY or calendar.works(day)


def clocks_of(body: dict[str, Any]) -> dict[str, Clock]:
    """{statutory, promised} of an accepted case, with `stage` while it is in one, then `delivery`; {} before
    acceptance."""
    if not body.get("accepted_on"):
        return {}
    start, pauses = date.fromisoformat(body["accepted_on"]), _pauses(body)
    extension = int(body.get("extension", {}).get("days", 0))
    clocks = {
        name: Clock(limit["days"], limit["unit"], start, pauses, extension)
        for name, limit in body["limits"].items()
    }
    decided, stage = decided_on(body), stages.current(body)
    if decided:
        return clocks | {"delivery": Clock(DELIVERY_DAYS, WORKING, decided)}
    return clocks | ({"stage": stage_clock(stage, body)} if stage else {})


def stage_clock(stage: Mapping[str, Any], body: Mapping[str, Any]) -> Clock:
    """The clock of one stage 初審, 終審; what pauses the case pauses it."""
    return Clock(stage["days"], WORKING, date.fromisoformat(stage["started_on"]), _pauses(body))


def _pauses(body: Mapping[str, Any]) -> tuple[Pause, ...]:
    return tuple(
        Pause(
            date.fromisoformat(p["start"]),
            date.fromisoformat(p["end"]) if p["end"] else None,
            p.get("kind", ""),
            p.get("reason", ""),
        )
        for p in body.get("pauses", ())
    )


def decided_on(body: dict[str, Any]) -> date | None:
    """The day of the decision: it stops the clocks of deciding and starts that of delivery."""
    decision = body.get("decision")
    return date.fromisoformat(decision["at"][:10]) if decision else None


def served_on(body: dict[str, Any]) -> date | None:
    """The day on which the decision was handed over, sent or published: it stops the clock of delivery."""
    served = body.get("service", {}).get("served")
    return date.fromisoformat(served["on"]) if served else None


def active(body: dict[str, Any]) -> Clock | None:
    """The clock that the case runs against now: that of its stage or the promise until the decision, then
    delivery."""
    running = clocks_of(body)
    return (
        running.get("delivery") or running.get("stage") or running.get("promised") or running.get("statutory")
    )


def row_of(body: dict[str, Any], calendar: Calendar) -> dict[str, Any]:
    """{due, statutory_due, yellow_from, paused} as boards and inboxes keep it; {} before acceptance."""
    clock = active(body)
    if clock is None:
        return {}
    statutory = clocks_of(body).get("statutory")
    return {
        "due": clock.due(calendar).isoformat(),
        "statutory_due": statutory.due(calendar).isoformat() if statutory else None,
        "yellow_from": clock.yellow_from(calendar).isoformat(),
        "paused": clock.stands(calendar),
    }


def keep(body: dict[str, Any], calendar: Calendar, today: date) -> None:
    """An ended case's count stands, whatever calendar is published later; only its delivery may still run."""
    body["counted"] = {
        name: shown for name, shown in told(body, calendar, today).items() if name != "delivery"
    }


def told(body: dict[str, Any], calendar: Calendar, today: date) -> dict[str, Any]:
    """What people see: limit, due day, light, days left; without a due day before acceptance."""
    return {**_count(body, calendar, today), **body.get("counted", {})}


def _count(body: dict[str, Any], calendar: Calendar, today: date) -> dict[str, Any]:
    shown: dict[str, Any] = {
        name: {"days": limit["days"], "unit": limit["unit"]} for name, limit in body["limits"].items()
    }
    decided = decided_on(body)
    for name, clock in clocks_of(body).items():
        until = served_on(body) or today if name == "delivery" else decided or today
        due = clock.due(calendar, until)
        shown[name] = {
            "days": clock.days,
            "unit": clock.unit,
            "due": due.isoformat(),
            "light": clock.light(calendar, until),
            "elapsed": clock.elapsed(calendar, until),
            "provisional": calendar.provisional(due),
        }
    return shown
