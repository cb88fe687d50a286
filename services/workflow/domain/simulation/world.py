"""One replication: matters arrive, their members begin as they may, each moved on the real engine.

Every kind of chance has a stream of its own, derived from the seed and its name: two processes compared under
the same seed meet the same arrivals and the same luck at the steps they share.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.workflow.domain.calendar import Calendar
from services.workflow.domain.simulation.agenda import Agenda
from services.workflow.domain.simulation.arriving import Arriving
from services.workflow.domain.simulation.chance import Chance
from services.workflow.domain.simulation.matters import Instance, Matter
from services.workflow.domain.simulation.models import Prepared
from services.workflow.domain.simulation.moving import Mover
from services.workflow.domain.simulation.scenario import Scenario
from services.workflow.domain.simulation.stations import Station
from services.workflow.domain.simulation.worktime import WorkTime

GOOD = frozenset({"granted", "done", "not_required", ""})
"""Outcomes after which a member that waits may begin."""


class World:
    """Run one replication with `run`; then read `matters`, `visits` and `stations`."""

    def __init__(
        self, prepared: Sequence[Prepared], scenario: Scenario, calendar: Calendar, seed: str
    ) -> None:
        self.scenario = scenario
        self.chance = Chance(seed)
        self.members = list(prepared)
        self.times = {
            name: WorkTime(scenario.begin, hours.spans, None if hours.every_day else calendar)
            for name in {"office", "always", *scenario.calendars}
            for hours in [scenario.hours(name)]
        }
        self.office = self.times[scenario.arrivals.calendar]
        self.stations = {
            name: Station(name, role.people, self.times[role.calendar])
            for name, role in scenario.roles.items()
        }
        self.matters: list[Matter] = []
        self.agenda = Agenda(self.office, self.chance)
        self.mover = Mover(scenario, self.chance, self.agenda, self.stations, self._begin_members)
        self.visits = self.mover.visits
        self.warm = self.office.at(scenario.warm_up * self.office.minutes_a_day)
        self.close = self.office.at((scenario.warm_up + scenario.days) * self.office.minutes_a_day)
        self._arriving = Arriving(scenario.arrivals, self.office, self.chance)

    def run(self) -> None:
        """Until the last day, or until nothing is under way when the scenario drains."""
        self._arrive_later()
        self.agenda.run(None if self.scenario.drain else self.close)

    def _arrive_later(self) -> None:
        instant = self._arriving.next(self.agenda.now)
        if instant is not None and instant <= self.close:
            self.agenda.at(max(instant, 0.0), self._arrive)

    def _arrive(self) -> None:
        wanted = [
            each
            for each in self.members
            if self.chance.stream(f"share/{each.member.id}").random() < each.member.share
        ]
        matter = Matter(len(self.matters), self.agenda.now, wanted)
        self.matters.append(matter)
        self._begin_members(matter)
        self._arrive_later()

    def _begin_members(self, matter: Matter) -> None:
        """Members whose predecessors (of those this matter has) are granted; over when none is left."""
        here = {each.member.id for each in matter.wanted}
        for each in matter.wanted:
            member = each.member
            before = [matter.outcomes.get(other) for other in member.after if other in here]
            if member.id in matter.begun or None in before:
                continue
            matter.begun.add(member.id)
            if all(outcome in GOOD for outcome in before):
                ready = self.agenda.after_days(member.preparation, f"preparation/{member.id}")
                self.agenda.at(ready, lambda instance=Instance(matter, each): self.mover.begin(instance))  # type: ignore[misc]
            else:
                matter.outcomes[member.id] = "terminated"
        if len(matter.outcomes) == len(here):
            matter.ended = self.agenda.now
