"""Events: each in its place, saying what it waits for or throws."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from services.workflow.domain.bpmn.expressions import feel, marked
from services.workflow.domain.bpmn.faults import Finding
from services.workflow.domain.bpmn.model import EVENTS, EventDefinition, Model, Node, Process
from services.workflow.domain.engine.expressions import problem
from services.workflow.domain.engine.lint.messages import finding
from services.workflow.domain.engine.timers import schedule

_CATCHING = {"message", "timer", "signal", "conditional"}
_ALLOWED = {
    "startEvent": _CATCHING - {"conditional"},
    "handler": _CATCHING | {"error", "escalation"},
    "endEvent": {"message", "signal", "error", "escalation", "terminate"},
    "intermediateCatchEvent": _CATCHING | {"link"},
    "intermediateThrowEvent": {"message", "signal", "escalation", "link"},
    "boundaryEvent": _CATCHING | {"error", "escalation"},
}
_NEEDED = ("intermediateCatchEvent", "boundaryEvent")
_LATER = {"compensate", "cancel"}
_TIMERS = {"timeDuration": "duration", "timeDate": "date", "timeCycle": "cycle"}
_SPOILT = re.compile(r"\A(?:\d|[PR](?:\d|T\d|T?\Z|/))")
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def findings(model: Model, process: Process) -> Iterator[Finding]:
    handlers = {node.id for node in process.nodes() if node.attributes.get("triggeredByEvent") == "true"}
    for node in process.nodes():
        if node.tag in EVENTS:
            yield from _place(process, node, node.scope in handlers)
        for definition in node.definitions:
            yield from _definition(node, definition)
    for container in process.containers.values():
        yield from _links(container.nodes)
        if container.id in handlers:
            starts = [node for node in container.nodes if node.tag == "startEvent"]
            if len(starts) != 1 or not starts[0].definitions:
                yield finding("handler_start", container.id)


def _place(process: Process, node: Node, in_handler: bool) -> Iterator[Finding]:
    if not node.definitions and node.tag in _NEEDED:
        yield finding("missing_definition", node.id, line=node.line)
    if len(node.definitions) > 1:
        yield finding("many_definitions", node.id, line=node.line)
    inside = node.scope != process.id
    for definition in node.definitions:
        allowed = _ALLOWED["handler" if in_handler and node.tag == "startEvent" else node.tag]
        if definition.kind in _LATER:
            yield finding("unsupported", node.id, definition.kind, node.line)
        elif definition.kind not in allowed or (node.tag == "startEvent" and inside and not in_handler):
            yield finding("wrong_event", node.id, definition.kind, node.line)


def _definition(node: Node, definition: EventDefinition) -> Iterator[Finding]:
    kind = definition.kind
    named = definition.name if kind == "link" else definition.reference
    if kind in ("message", "signal", "link") and not named:
        sends = node.tag in ("endEvent", "intermediateThrowEvent") and kind == "message"
        yield finding("unnamed_message" if sends else "missing_name", node.id, line=node.line)
    elif kind == "timer":
        yield from _timer(node, definition)
    elif kind == "conditional":
        if not definition.expression:
            yield finding("missing_expression", node.id, line=node.line)
        elif cause := problem(feel(definition.expression)):
            yield finding("expression", node.id, cause, node.line)


def _timer(node: Node, definition: EventDefinition) -> Iterator[Finding]:
    """A literal must be ISO 8601; anything else must at least be FEEL, and not look like a spoilt literal."""
    text = definition.expression.strip()
    if not text:
        yield finding("missing_expression", node.id, line=node.line)
        return
    if not marked(text):
        try:
            schedule(_TIMERS[definition.timer], text, _SOME_DAY)
            return
        except ValueError:
            if _SPOILT.match(text):
                yield finding("timer", node.id, text, node.line)
                return
    if problem(feel(text)):
        yield finding("timer", node.id, text, node.line)


def _links(nodes: list[Node]) -> Iterator[Finding]:
    caught = Counter(
        definition.name
        for node in nodes
        if node.tag == "intermediateCatchEvent"
        for definition in node.definitions
        if definition.kind == "link"
    )
    for node in nodes:
        for definition in node.definitions:
            if definition.kind != "link" or not definition.name:
                continue
            if node.tag == "intermediateThrowEvent" and not caught[definition.name]:
                yield finding("link_without_target", node.id, definition.name, node.line)
            if node.tag == "intermediateCatchEvent" and caught[definition.name] > 1:
                yield finding("link_twice", node.id, definition.name, node.line)
