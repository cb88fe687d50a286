"""The commands of a running instance: (graph, doc, …, now) → (doc', effects). Nothing else changes a doc.

doc is a JSON object, given back new; the one passed in is never altered. Variables are JSON values.
Errors: StaleTask when the id is not waiting (any more), Incident when the model cannot go on: then nothing
happened, and the command may be repeated after the cause is removed. `now` is an aware datetime.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.workflow.domain.engine.effects import Effects
from services.workflow.domain.engine.graph import Graph

Doc = dict[str, Any]
Variables = dict[str, Any]


def start(graph: Graph, variables: Variables, now: datetime, element: str = "") -> tuple[Doc, Effects]:
    """A new instance at its none start event, or at start event `element` (message, timer, signal)."""
    raise NotImplementedError


def complete(
    graph: Graph, doc: Doc, task_id: str, variables: Variables, now: datetime
) -> tuple[Doc, Effects]:
    """Finish a task or a job; its variables are set first, then the token moves on."""
    raise NotImplementedError


def throw_error(
    graph: Graph, doc: Doc, task_id: str, error: str, variables: Variables, now: datetime
) -> tuple[Doc, Effects]:
    """A task or job ends with the BPMN error code `error`: the nearest handler takes it, else the instance fails."""
    raise NotImplementedError


def escalate(
    graph: Graph, doc: Doc, task_id: str, code: str, variables: Variables, now: datetime
) -> tuple[Doc, Effects]:
    """An escalation raised by an open task: caught by a boundary or event subprocess, else without effect."""
    raise NotImplementedError


def timer_fired(graph: Graph, doc: Doc, timer_id: str, now: datetime) -> tuple[Doc, Effects]:
    raise NotImplementedError


def message(
    graph: Graph, doc: Doc, name: str, variables: Variables, now: datetime, key: str | None = None
) -> tuple[Doc, Effects]:
    """Deliver to the first subscription of that name (and key, if given); nobody waiting: no effects at all."""
    raise NotImplementedError


def signal(graph: Graph, doc: Doc, name: str, variables: Variables, now: datetime) -> tuple[Doc, Effects]:
    """Deliver to every subscription of that name; none: no effects."""
    raise NotImplementedError


def cancel(graph: Graph, doc: Doc, reason: str, now: datetime) -> tuple[Doc, Effects]:
    """End the instance at once with outcome `reason`; every task, job, timer and subscription is withdrawn."""
    raise NotImplementedError
