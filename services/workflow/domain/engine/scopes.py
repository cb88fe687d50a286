"""Opening scopes: the process, subprocesses, called processes, event subprocesses."""

from __future__ import annotations

from typing import Any

from services.workflow.domain.engine.documents import ROOT
from services.workflow.domain.engine.errors import Incident
from services.workflow.domain.engine.events import arm
from services.workflow.domain.engine.expressions import evaluate, plain
from services.workflow.domain.engine.graph import Node
from services.workflow.domain.engine.state import Run


def open_root(run: Run, element: str) -> None:
    """Begin the process at its start, or at the start event named."""
    _enter(run, ROOT, run.process, "", "", None, element)


def open_inner(run: Run, node: Node, token: str, scope: str, start: str = "") -> None:
    """The inside of a subprocess where `token` stands."""
    local = {name: plain(evaluate(text, run.context(scope), node.id)) for name, text in node.inputs}
    _enter(run, run.new("s"), node.id, token, scope, local or None, start)


def open_call(run: Run, node: Node, token: str, scope: str) -> None:
    """A process of the same file, with variables of its own: those mapped, or a copy of all."""
    context = run.context(scope)
    local = {name: plain(evaluate(text, context, node.id)) for name, text in node.inputs}
    inner = run.new("s")
    _enter(run, inner, node.called, token, scope, local if node.inputs else dict(context), "", iso=True)


def handle(run: Run, start: Node, scope: str) -> bool:
    """Begin the event subprocess of `start` in its scope. True when it interrupted what ran there."""
    interrupting = start.event is None or start.event.interrupting
    if interrupting:
        run.clear(scope)
        run.disarm(scope)
    run.live[scope] += 1
    node = run.nodes[start.scope]
    run.trace(node, "enter")
    token = run.park({"e": node.id, "s": scope})
    open_inner(run, node, token, scope, start.id)
    return interrupting


def _enter(
    run: Run,
    scope: str,
    element: str,
    owner: str,
    parent: str,
    local: dict[str, Any] | None,
    start: str,
    iso: bool = False,
) -> None:
    plan = run.graph.scopes[element]
    facts: dict[str, Any] = {"e": element, "o": owner, "p": parent}
    if plan.data and scope != ROOT:
        local = local or {}
    if local is not None:
        facts["v"] = local
    if iso:
        facts["iso"] = True
    run.scopes[scope] = facts
    begins = (start,) if start else plan.starts or plan.events[:1]
    if not begins:
        raise Incident(element, "no_start", "没有起点", "沒有起點", "there is nowhere to start")
    run.live[scope] = len(begins)
    if plan.data:
        _declare(run, scope, element)
    for handler in plan.handlers:
        arm(run, run.nodes[handler], scope, scope)
    for each in reversed(begins):
        run.stack.append((run.nodes[each], scope, ""))


def _declare(run: Run, scope: str, element: str) -> None:
    """Data objects are variables of their scope: null until written, unless the model gives a value."""
    for name, text in run.graph.scopes[element].data.items():
        found = run.vars if scope == ROOT else run.scopes[scope]["v"]
        if name not in found:
            value = plain(evaluate(text, run.context(scope), element)) if text else None
            if scope == ROOT:
                run.vars = {**run.vars, name: value}
            else:
                facts = run.scopes[scope]
                run.scopes[scope] = {**facts, "v": {**facts["v"], name: value}}
