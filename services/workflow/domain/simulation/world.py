"""One replication: events in order of time, each moving a case on the real engine.

Every kind of chance has a stream of its own, derived from the seed and its name: two processes compared under
the same seed meet the same arrivals and the same luck at the steps they share.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from gdbos_contracts.errors import BadInput
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.engine import commands
from services.workflow.domain.engine.documents import Doc
from services.workflow.domain.engine.effects import (
    Ended,
    JobCreated,
    Subscribed,
    TaskCancelled,
    TaskCreated,
    TimerScheduled,
)
from services.workflow.domain.engine.errors import Incident
from services.workflow.domain.simulation.chance import Chance
from services.workflow.domain.simulation.distributions import Distribution
from services.workflow.domain.simulation.faults import fault
from services.workflow.domain.simulation.models import Prepared, role_of, shares_of, step_of
from services.workflow.domain.simulation.scenario import Scenario, stated
from services.workflow.domain.simulation.stations import Station, Visit
from services.workflow.domain.simulation.worktime import WorkTime

HOUR = 60.0
MOST_EVENTS = 5_000_000
"""Of one replication: more means that cases go round and round."""
GOOD = frozenset({"granted", "done", "not_required", ""})
"""Outcomes after which a member that waits may begin."""


@dataclass(slots=True)
class Matter:
    """One arrival: all its members. ended None while any of them is under way."""

    number: int
    arrived: float
    wanted: Sequence[Prepared]
    ended: float | None = None
    outcomes: dict[str, str] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Instance:
    """One member under way on the engine."""

    matter: Matter
    prepared: Prepared
    doc: Doc = field(default_factory=dict)
    once: set[str] = field(default_factory=set)
    visits: dict[str, Visit] = field(default_factory=dict)


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
        self.visits: list[Visit] = []
        self.warm = self.office.at(scenario.warm_up * self.office.minutes_a_day)
        self.close = self.office.at((scenario.warm_up + scenario.days) * self.office.minutes_a_day)
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._number = 0
        self._next_arrival = 0
        self.now = 0.0
        self._base = datetime.combine(scenario.begin, datetime.min.time(), UTC)

    def run(self) -> None:
        """Until the last day, or until nothing is under way when the scenario drains."""
        self._arrive_later()
        while self._events:
            at, _, act = heapq.heappop(self._events)
            if at > self.close and not self.scenario.drain:
                break
            if self._number > MOST_EVENTS:
                raise BadInput(faults=[fault("", "endless")])
            self.now = at
            act()

    def _at(self, instant: float, act: Callable[[], None]) -> None:
        self._number += 1
        heapq.heappush(self._events, (instant, self._number, act))

    def _after_days(self, distribution: Distribution, name: str) -> float:
        minutes = self.chance.draw(distribution, name) * self.office.minutes_a_day
        return self.office.add(self.now, minutes) if minutes else self.now

    # Arrivals

    def _arrive_later(self) -> None:
        arrivals = self.scenario.arrivals
        if arrivals.times:
            if self._next_arrival >= len(arrivals.times):
                return
            instant = self.office.instant(arrivals.times[self._next_arrival])
            self._next_arrival += 1
        else:
            gap = self.chance.stream("arrivals").expovariate(arrivals.per_day) * self.office.minutes_a_day
            instant = self.office.add(self.now, gap)
        if instant <= self.close:
            self._at(max(instant, 0.0), self._arrive)

    def _arrive(self) -> None:
        wanted = [
            each
            for each in self.members
            if self.chance.stream(f"share/{each.member.id}").random() < each.member.share
        ]
        matter = Matter(len(self.matters), self.now, wanted)
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
                ready = self._after_days(member.preparation, f"preparation/{member.id}")
                self._at(ready, lambda instance=Instance(matter, each): self._begin(instance))  # type: ignore[misc]
            else:
                matter.outcomes[member.id] = "terminated"
        if len(matter.outcomes) == len(here):
            matter.ended = self.now

    # Moving one instance

    def _begin(self, instance: Instance) -> None:
        graph = instance.prepared.graph
        variables = {**self.scenario.variables, **self._ways(instance)}
        self._take(instance, lambda now: commands.start(graph, variables, now))

    def _ways(self, instance: Instance) -> dict[str, Any]:
        member = instance.prepared.member.id
        return {
            variable: self.chance.pick(shares, f"way/{member}/{variable}")
            for variable, shares in instance.prepared.ways.items()
        }

    def _take(self, instance: Instance, command: Callable[[datetime], tuple[Doc, Any]]) -> None:
        try:
            instance.doc, effects = command(self._base + timedelta(minutes=self.now))
        except Incident as error:
            raise BadInput(faults=[fault("/variables", "stuck", error.element, error.detail)]) from error
        for effect in effects:
            if isinstance(effect, TaskCreated):
                self._task(instance, effect)
            elif isinstance(effect, JobCreated):
                self._job(instance, effect)
            elif isinstance(effect, TaskCancelled):
                self._withdraw(instance, effect.id)
            elif isinstance(effect, TimerScheduled):
                self._timer(instance, effect)
            elif isinstance(effect, Subscribed):
                self._message(instance, effect)
            elif isinstance(effect, Ended):
                self._ended(instance, effect.outcome)

    def _ended(self, instance: Instance, outcome: str) -> None:
        matter = instance.matter
        member = instance.prepared.member.id
        if member not in matter.outcomes:
            matter.outcomes[member] = outcome
            self._begin_members(matter)

    # Tasks and jobs

    def _task(self, instance: Instance, effect: TaskCreated) -> None:
        member, node = instance.prepared.member.id, instance.prepared.graph.nodes[effect.element]
        step = step_of(node, member, self.scenario)
        assert step is not None  # prepare() has seen to it
        minutes = self.chance.draw(step.work, f"work/{member}/{node.id}") * HOUR
        ready = self._after_days(step.delay, f"delay/{member}/{node.id}")
        visit = Visit(member, node.id, role_of(node, member, self.scenario), self.now, ready, minutes)
        instance.visits[effect.id] = visit
        self.visits.append(visit)
        self._at(ready, lambda: self._queue(instance, effect.id, visit))

    def _queue(self, instance: Instance, token: str, visit: Visit) -> None:
        if visit.withdrawn:
            return
        visit.served = lambda: self._served(instance, token, visit)
        self._start(self.stations[visit.role].join(visit, self.now))

    def _start(self, visit: Visit | None) -> None:
        if visit is not None and visit.served is not None:
            time = self.stations[visit.role].time
            self._at(time.add(self.now, visit.minutes), visit.served)

    def _served(self, instance: Instance, token: str, visit: Visit) -> None:
        if visit.withdrawn:
            return
        self._start(self.stations[visit.role].leave(visit, self.now))
        del instance.visits[token]
        self._complete(instance, token, {"action": self._action(instance, visit.step)})

    def _withdraw(self, instance: Instance, token: str) -> None:
        visit = instance.visits.pop(token, None)
        if visit is not None:
            self._start(self.stations[visit.role].withdraw(visit, self.now))

    def _job(self, instance: Instance, effect: JobCreated) -> None:
        """Machines do not queue; a step of that name states how many hours they take, else none."""
        member = instance.prepared.member.id
        step = stated(self.scenario.steps, member, effect.element)
        minutes = self.chance.draw(step.work, f"work/{member}/{effect.element}") * HOUR if step else 0.0
        self._at(self.now + minutes, lambda: self._complete(instance, effect.id, {}))

    def _complete(self, instance: Instance, token: str, variables: dict[str, Any]) -> None:
        doc, graph = instance.doc, instance.prepared.graph
        if token in doc["tokens"]:
            given = {**variables, **self._ways(instance)}
            self._take(instance, lambda now: commands.complete(graph, doc, token, given, now))

    def _action(self, instance: Instance, step: str) -> str:
        """How a task ends. Correction is asked for once only (行政許可法 Art. 32)."""
        member = instance.prepared.member.id
        shares = shares_of(instance.prepared, step, self.scenario)
        shares = {name: share for name, share in shares.items() if name not in instance.once}
        action = self.chance.pick(shares, f"action/{member}/{step}") if shares else ""
        if action == "correct":
            instance.once.add(action)
        return action

    # Waits

    def _timer(self, instance: Instance, effect: TimerScheduled) -> None:
        element = instance.doc["waits"].get(effect.id, {}).get("e", "")
        wait = stated(self.scenario.waits, instance.prepared.member.id, element)
        if wait is None:
            instant = (effect.due - self._base) / timedelta(minutes=1)
        else:
            instant = self._after_days(wait, f"wait/{instance.prepared.member.id}/{element}")
        self._at(max(instant, self.now), lambda: self._fire(instance, effect.id))

    def _fire(self, instance: Instance, wait: str) -> None:
        doc, graph = instance.doc, instance.prepared.graph
        if doc["waits"].get(wait, {}).get("k") == "timer":
            self._take(instance, lambda now: commands.timer_fired(graph, doc, wait, now))

    def _message(self, instance: Instance, effect: Subscribed) -> None:
        """An event that the scenario does not mention (of a boundary, say) does not happen."""
        element = instance.doc["waits"].get(effect.id, {}).get("e", "")
        wait = stated(self.scenario.waits, instance.prepared.member.id, element)
        if wait is not None:
            instant = self._after_days(wait, f"wait/{instance.prepared.member.id}/{element}")
            self._at(instant, lambda: self._receive(instance, effect))

    def _receive(self, instance: Instance, effect: Subscribed) -> None:
        doc, graph = instance.doc, instance.prepared.graph
        if effect.id in doc["waits"]:
            deliver = commands.signal if effect.kind == "signal" else commands.message
            self._take(instance, lambda now: deliver(graph, doc, effect.name, {}, now))
