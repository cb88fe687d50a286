"""One member of a matter moved on the real engine: its tasks wait for people, its events for time and messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from gdbos_contracts.errors import BadInput
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
from services.workflow.domain.simulation.agenda import Agenda
from services.workflow.domain.simulation.chance import Chance
from services.workflow.domain.simulation.faults import fault
from services.workflow.domain.simulation.matters import Instance, Matter
from services.workflow.domain.simulation.models import role_of, shares_of, step_of
from services.workflow.domain.simulation.scenario import Scenario, stated
from services.workflow.domain.simulation.stations import Station, Visit

HOUR = 60.0


class Mover:
    """Carries out the effects of engine commands. decided: what to do once a member has its outcome."""

    def __init__(
        self,
        scenario: Scenario,
        chance: Chance,
        agenda: Agenda,
        stations: Mapping[str, Station],
        decided: Callable[[Matter], None],
    ) -> None:
        self.scenario, self.chance, self.agenda, self.stations = scenario, chance, agenda, stations
        self.visits: list[Visit] = []
        self._decided = decided
        self._base = datetime.combine(scenario.begin, datetime.min.time(), UTC)

    def begin(self, instance: Instance) -> None:
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
            instance.doc, effects = command(self._base + timedelta(minutes=self.agenda.now))
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
            self._decided(matter)

    # Tasks and jobs

    def _task(self, instance: Instance, effect: TaskCreated) -> None:
        member, node = instance.prepared.member.id, instance.prepared.graph.nodes[effect.element]
        step = step_of(node, member, self.scenario)
        assert step is not None  # prepare() has seen to it
        minutes = self.chance.draw(step.work, f"work/{member}/{node.id}") * HOUR
        ready = self.agenda.after_days(step.delay, f"delay/{member}/{node.id}")
        visit = Visit(member, node.id, role_of(node, member, self.scenario), self.agenda.now, ready, minutes)
        instance.visits[effect.id] = visit
        self.visits.append(visit)
        self.agenda.at(ready, lambda: self._queue(instance, effect.id, visit))

    def _queue(self, instance: Instance, token: str, visit: Visit) -> None:
        if visit.withdrawn:
            return
        visit.served = lambda: self._served(instance, token, visit)
        self._start(self.stations[visit.role].join(visit, self.agenda.now))

    def _start(self, visit: Visit | None) -> None:
        if visit is not None and visit.served is not None:
            time = self.stations[visit.role].time
            self.agenda.at(time.add(self.agenda.now, visit.minutes), visit.served)

    def _served(self, instance: Instance, token: str, visit: Visit) -> None:
        if visit.withdrawn:
            return
        self._start(self.stations[visit.role].leave(visit, self.agenda.now))
        del instance.visits[token]
        self._complete(instance, token, {"action": self._action(instance, visit.step)})

    def _withdraw(self, instance: Instance, token: str) -> None:
        visit = instance.visits.pop(token, None)
        if visit is not None:
            self._start(self.stations[visit.role].withdraw(visit, self.agenda.now))

    def _job(self, instance: Instance, effect: JobCreated) -> None:
        """Machines do not queue; a step of that name states how many hours they take, else none."""
        member = instance.prepared.member.id
        step = stated(self.scenario.steps, member, effect.element)
        minutes = self.chance.draw(step.work, f"work/{member}/{effect.element}") * HOUR if step else 0.0
        self.agenda.at(self.agenda.now + minutes, lambda: self._complete(instance, effect.id, {}))

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
            instant = self.agenda.after_days(wait, f"wait/{instance.prepared.member.id}/{element}")
        self.agenda.at(max(instant, self.agenda.now), lambda: self._fire(instance, effect.id))

    def _fire(self, instance: Instance, wait: str) -> None:
        doc, graph = instance.doc, instance.prepared.graph
        if doc["waits"].get(wait, {}).get("k") == "timer":
            self._take(instance, lambda now: commands.timer_fired(graph, doc, wait, now))

    def _message(self, instance: Instance, effect: Subscribed) -> None:
        """An event that the scenario does not mention (of a boundary, say) does not happen."""
        element = instance.doc["waits"].get(effect.id, {}).get("e", "")
        wait = stated(self.scenario.waits, instance.prepared.member.id, element)
        if wait is not None:
            instant = self.agenda.after_days(wait, f"wait/{instance.prepared.member.id}/{element}")
            self.agenda.at(instant, lambda: self._receive(instance, effect))

    def _receive(self, instance: Instance, effect: Subscribed) -> None:
        doc, graph = instance.doc, instance.prepared.graph
        if effect.id in doc["waits"]:
            deliver = commands.signal if effect.kind == "signal" else commands.message
            self._take(instance, lambda now: deliver(graph, doc, effect.name, {}, now))
