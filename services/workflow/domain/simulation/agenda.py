"""The agenda of one replication: what happens when, in order of time, and in order of entry at equal times."""

from __future__ import annotations

import heapq
from collections.abc import Callable

from gdbos_contracts.errors import BadInput
from services.workflow.domain.simulation.chance import Chance
from services.workflow.domain.simulation.distributions import Distribution
from services.workflow.domain.simulation.faults import fault
from services.workflow.domain.simulation.worktime import WorkTime

MOST_EVENTS = 5_000_000
"""Of one replication: more means that cases go round and round."""


class Agenda:
    """`now` is the instant of the event that is being carried out, in minutes; `office` counts working days."""

    def __init__(self, office: WorkTime, chance: Chance) -> None:
        self.now = 0.0
        self._office, self._chance = office, chance
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._number = 0

    def at(self, instant: float, act: Callable[[], None]) -> None:
        self._number += 1
        heapq.heappush(self._events, (instant, self._number, act))

    def after_days(self, distribution: Distribution, name: str) -> float:
        """The instant after that many working days, drawn from the stream `name`."""
        minutes = self._chance.draw(distribution, name) * self._office.minutes_a_day
        return self._office.add(self.now, minutes) if minutes else self.now

    def run(self, end: float | None) -> None:
        """Until `end`, or with None until nothing is left to happen; BadInput when it never ends."""
        while self._events:
            at, _, act = heapq.heappop(self._events)
            if end is not None and at > end:
                break
            if self._number > MOST_EVENTS:
                raise BadInput(faults=[fault("", "endless")])
            self.now = at
            act()
