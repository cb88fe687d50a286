"""A model run without a database: for `gdbos process run`, `lint` and `roundtrip`, for tests and simulation.

With `auto` every task and job is completed with its defaults (the first of its actions), messages that the model
itself throws come back to it, and when nothing else can move the clock jumps to the next timer, or the awaited
message arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from services.workflow.domain import bpmn
from services.workflow.domain.engine import commands
from services.workflow.domain.engine import lint as linter
from services.workflow.domain.engine.compiler import compile
from services.workflow.domain.engine.documents import Doc
from services.workflow.domain.engine.effects import Effects, Ended, MessageSent, Trace
from services.workflow.domain.engine.errors import Incident
from services.workflow.domain.engine.graph import Graph

MOST_COMMANDS = 2_000
BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)

Answers = Mapping[str, Mapping[str, Any]]


class Headless:
    """One instance in memory. `answers`: element → variables with which its task is completed."""

    def __init__(self, graph: Graph, now: datetime = BEGIN, answers: Answers | None = None) -> None:
        self.graph = graph
        self.now = now
        self.answers = answers or {}
        self.doc: Doc = {}
        self.effects: list[Any] = []
        self.mail: list[str] = []

    def start(self, variables: Mapping[str, Any], element: str = "") -> None:
        self._take(commands.start(self.graph, variables, self.now, element))

    def complete(self, token: str, variables: Mapping[str, Any]) -> None:
        self._take(commands.complete(self.graph, self.doc, token, variables, self.now))

    def fire(self, wait: str) -> None:
        self.now = max(self.now, datetime.fromisoformat(self.doc["waits"][wait]["due"]))
        self._take(commands.timer_fired(self.graph, self.doc, wait, self.now))

    def message(self, name: str, variables: Mapping[str, Any]) -> None:
        self._take(commands.message(self.graph, self.doc, name, variables, self.now))

    def signal(self, name: str, variables: Mapping[str, Any]) -> None:
        self._take(commands.signal(self.graph, self.doc, name, variables, self.now))

    def _take(self, result: tuple[Doc, Effects]) -> None:
        self.doc = result[0]
        self.effects.extend(result[1])
        self.mail += [effect.name for effect in result[1] if isinstance(effect, MessageSent)]

    def step(self) -> bool:
        """Do the next thing by itself; False when the instance is over or only the outside can move it."""
        if self.doc["state"] != "active":
            return False
        for token, facts in self.doc["tokens"].items():
            if "k" in facts:
                self.complete(token, self.defaults(facts["e"]))
                return True
        return self._deliver() or self._wake()

    def defaults(self, element: str) -> Mapping[str, Any]:
        given = self.answers.get(element)
        if given is not None:
            return given
        actions = self.graph.nodes[element].attributes.get("actions")
        return {"action": actions[0]} if actions else {}

    def _deliver(self) -> bool:
        """A message thrown by the model itself, if it waits for it now."""
        waited = {facts["n"] for facts in self.doc["waits"].values() if facts["k"] == "message"}
        for name in self.mail:
            if name in waited:
                self.mail.remove(name)
                self.message(name, {})
                return True
        return False

    def _wake(self) -> bool:
        """Timers and messages that tokens stand and wait for; only then those that would interrupt."""
        waits = self.doc["waits"]
        inner = {wait: facts for wait, facts in waits.items() if self._standing(facts)}
        outer = {wait: facts for wait, facts in waits.items() if self._interrupting(facts)}
        for group in (inner, outer):
            timers = [(facts["due"], wait) for wait, facts in group.items() if facts["k"] == "timer"]
            if timers:
                self.fire(min(timers)[1])
                return True
            for facts in group.values():
                if facts["k"] == "message":
                    self.message(facts["n"], {})
                    return True
                if facts["k"] == "signal":
                    self.signal(facts["n"], {})
                    return True
        return False

    def _standing(self, facts: Mapping[str, Any]) -> bool:
        node = self.graph.nodes[facts["e"]]
        return facts["o"] in self.doc["tokens"] and node.type != "boundaryEvent"

    def _interrupting(self, facts: Mapping[str, Any]) -> bool:
        event = self.graph.nodes[facts["e"]].event
        return event is not None and event.interrupting

    def trace(self) -> list[dict[str, str]]:
        return [
            {"element": effect.element, "type": effect.type, "event": effect.event}
            for effect in self.effects
            if isinstance(effect, Trace)
        ]


def run(
    xml: bytes,
    variables: Mapping[str, Any] | None = None,
    auto: bool = True,
    time_scale: float = 0,
    sleep: Callable[[float], None] | None = None,
    process: str = "",
    answers: Answers | None = None,
) -> dict[str, Any]:
    """Run one model: {trace, state, outcome, variables, waiting, clock}, and incident if it cannot go on.

    The clock is virtual; with `sleep` and a positive `time_scale` every jump of n seconds sleeps n / time_scale.
    state: completed | failed | active (waits; see waiting) | incident. BpmnError for bytes that are not BPMN;
    a model with errors runs as far as it can.
    """
    model = bpmn.parse(xml)
    game = Headless(compile(model, process, strict=False), answers=answers)
    incident = None
    try:
        game.start(variables or {})
        for _ in range(MOST_COMMANDS if auto else 0):
            before = game.now
            if not game.step():
                break
            if sleep is not None and time_scale > 0:
                sleep((game.now - before) / timedelta(seconds=1) / time_scale)
    except Incident as error:
        incident = {"element": error.element, "reason": error.reason, "message": error.detail}
    return _report(game, incident)


def _report(game: Headless, incident: dict[str, Any] | None) -> dict[str, Any]:
    ended = [effect for effect in game.effects if isinstance(effect, Ended)]
    report = {
        "trace": game.trace(),
        "state": "incident" if incident else game.doc["state"],
        "outcome": ended[-1].outcome if ended else "",
        "variables": dict(game.doc.get("vars", {})),
        "waiting": _waiting(game.doc),
        "clock": game.now.isoformat(),
    }
    if incident:
        report["incident"] = incident
    return report


def _waiting(doc: Doc) -> list[dict[str, str]]:
    """What the instance waits for: tasks, jobs, timers, messages, signals and conditions."""
    tokens = doc.get("tokens", {}).items()
    waits = doc.get("waits", {}).items()
    found = [
        {"id": token, "element": facts["e"], "kind": facts["k"]} for token, facts in tokens if "k" in facts
    ]
    found += [{"id": wait, "element": facts["e"], "kind": facts["k"]} for wait, facts in waits]
    return found


def lint(xml: bytes) -> dict[str, Any]:
    """{ok, findings: [{element, code, message, severity, line}]}; ok when no finding is an error."""
    findings = linter.lint(bpmn.parse(xml))
    return {
        "ok": all(finding.severity != "error" for finding in findings),
        "findings": [finding.to_data() for finding in findings],
    }


def roundtrip(xml: bytes) -> bytes:
    """The file read and written again, nothing lost."""
    return bpmn.serialize(bpmn.parse(xml))
