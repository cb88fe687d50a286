"""Throw events and end events."""

from __future__ import annotations

from services.workflow.domain.engine.documents import ROOT
from services.workflow.domain.engine.effects import MessageSent, SignalSent
from services.workflow.domain.engine.graph import Node
from services.workflow.domain.engine.moving import consume, leave, scope_done
from services.workflow.domain.engine.raising import raise_up
from services.workflow.domain.engine.state import Run


def throw(run: Run, node: Node, scope: str, flow: str) -> None:
    if not _emit(run, node, scope):
        leave(run, node, scope)


def end(run: Run, node: Node, scope: str, flow: str) -> None:
    kind = node.event.kind if node.event else "none"
    if scope == ROOT and (not run.outcome or node.attributes.get("outcome")):
        run.outcome = [node.id, str(node.attributes.get("outcome", ""))]
    run.effects.append(node.left)
    if kind == "terminate":
        run.clear(scope)
        scope_done(run, scope)
    elif kind == "error" and node.event is not None:
        raise_up(run, "error", node.event.name, scope)
    elif not _emit(run, node, scope):
        consume(run, scope)


def _emit(run: Run, node: Node, scope: str) -> bool:
    """Send what the event throws. True when that interrupted the thrower itself."""
    event = node.event
    if event is None:
        return False
    if event.kind == "message":
        run.effects.append(MessageSent(node.id, event.name, node.attributes))
    elif event.kind == "signal":
        run.effects.append(SignalSent(node.id, event.name))
        run.signals.append(event.name)
    elif event.kind == "escalation":
        return raise_up(run, "escalation", event.name, scope)
    return False
