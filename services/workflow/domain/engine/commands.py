"""The commands of a running instance: (graph, doc, …, now) → (doc', effects). Nothing else changes a doc.

doc is a JSON object, given back new; the one passed in is never altered. Variables are JSON values.
Errors: StaleTask when the id is not waiting (any more), Incident when the model cannot go on: then nothing
happened, and the command may be repeated after the cause is removed. `now` is an aware datetime.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gdbos_contracts.errors import StaleTask
from services.workflow.domain.engine.documents import ROOT, Doc, fresh
from services.workflow.domain.engine.effects import Effects, TaskCompleted
from services.workflow.domain.engine.expressions import evaluate, plain
from services.workflow.domain.engine.graph import Graph
from services.workflow.domain.engine.moving import leave
from services.workflow.domain.engine.raising import raise_up
from services.workflow.domain.engine.scopes import open_root
from services.workflow.domain.engine.settling import broadcast, settle, trigger
from services.workflow.domain.engine.state import Run

Variables = Mapping[str, Any]


def start(graph: Graph, variables: Variables, now: datetime, element: str = "") -> tuple[Doc, Effects]:
    """A new instance at its none start event, or at start event `element` (message, timer, signal)."""
    run = Run(graph, fresh(graph.process, variables), now)
    open_root(run, element)
    settle(run)
    return run.result()


def complete(
    graph: Graph, doc: Doc, task_id: str, variables: Variables, now: datetime
) -> tuple[Doc, Effects]:
    """Finish a task or a job; its variables are set first, then the token moves on."""
    run = Run(graph, doc, now)
    token = run.tokens.get(task_id)
    if token is None or "k" not in token:
        raise StaleTask()
    node, scope = run.nodes[token["e"]], token["s"]
    del run.tokens[task_id]
    if run.waits:
        run.disarm(task_id)
    run.effects.append(TaskCompleted(task_id, token["k"]))
    if node.outputs:
        context = {**run.context(scope), **variables}
        variables = {name: plain(evaluate(text, context, node.id)) for name, text in node.outputs}
    elif node.result and set(variables) == {"result"}:
        variables = {node.result: variables["result"]}
    if variables:
        run.assign(scope, variables)
    leave(run, node, scope)
    settle(run)
    return run.result()


def throw_error(
    graph: Graph, doc: Doc, task_id: str, error: str, variables: Variables, now: datetime
) -> tuple[Doc, Effects]:
    """A task or job ends with the BPMN error code `error`: the nearest handler takes it, else the instance fails."""
    return _raise(graph, doc, task_id, "error", error, variables, now)


def escalate(
    graph: Graph, doc: Doc, task_id: str, code: str, variables: Variables, now: datetime
) -> tuple[Doc, Effects]:
    """An escalation raised by an open task: caught by a boundary or event subprocess, else without effect."""
    return _raise(graph, doc, task_id, "escalation", code, variables, now)


def timer_fired(graph: Graph, doc: Doc, timer_id: str, now: datetime) -> tuple[Doc, Effects]:
    """StaleTask when the timer was withdrawn meanwhile: the caller forgets it."""
    run = Run(graph, doc, now)
    if run.waits.get(timer_id, {}).get("k") != "timer":
        raise StaleTask()
    trigger(run, timer_id, {})
    settle(run)
    return run.result()


def postpone(graph: Graph, doc: Doc, timer_id: str, due: str, now: datetime) -> tuple[Doc, Effects]:
    """A timer that is waited for fires at `due` instead, an RFC 3339 moment; StaleTask when it was withdrawn."""
    run = Run(graph, doc, now)
    wait = run.waits.get(timer_id, {})
    if wait.get("k") != "timer":
        raise StaleTask()
    run.waits[timer_id] = {**wait, "due": due}
    return run.result()


def message(
    graph: Graph, doc: Doc, name: str, variables: Variables, now: datetime, key: str | None = None
) -> tuple[Doc, Effects]:
    """Deliver to the first subscription of that name (and key, if given); nobody waiting: no effects at all."""
    for wait, facts in doc["waits"].items():
        if facts["k"] == "message" and facts["n"] == name and key in (None, facts["key"]):
            run = Run(graph, doc, now)
            trigger(run, wait, variables)
            settle(run)
            return run.result()
    return doc, ()


def signal(graph: Graph, doc: Doc, name: str, variables: Variables, now: datetime) -> tuple[Doc, Effects]:
    """Deliver to every subscription of that name; none: no effects."""
    if not any(facts["k"] == "signal" and facts["n"] == name for facts in doc["waits"].values()):
        return doc, ()
    run = Run(graph, doc, now)
    broadcast(run, name, variables)
    settle(run)
    return run.result()


def assign(graph: Graph, doc: Doc, variables: Variables, now: datetime) -> tuple[Doc, Effects]:
    """Set process variables from outside; conditional events notice."""
    run = Run(graph, doc, now)
    run.assign(ROOT, variables)
    settle(run)
    return run.result()


def cancel(graph: Graph, doc: Doc, reason: str, now: datetime) -> tuple[Doc, Effects]:
    """End the instance at once with outcome `reason`; every task, job, timer and subscription is withdrawn."""
    run = Run(graph, doc, now)
    if run.state != "active":
        raise StaleTask()
    run.end("cancelled", run.process, reason, {})
    return run.result()


def _raise(
    graph: Graph, doc: Doc, task_id: str, kind: str, code: str, variables: Variables, now: datetime
) -> tuple[Doc, Effects]:
    run = Run(graph, doc, now)
    token = run.tokens.get(task_id)
    if token is None or "k" not in token:
        raise StaleTask()
    run.assign(token["s"], variables)
    raise_up(run, kind, code, token["s"], task_id)
    settle(run)
    return run.result()
