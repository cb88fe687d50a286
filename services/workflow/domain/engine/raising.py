"""Errors and escalations: thrown inside, caught by the nearest handler outside."""

from __future__ import annotations

from collections.abc import Iterable

from services.workflow.domain.engine.documents import ROOT
from services.workflow.domain.engine.graph import Node
from services.workflow.domain.engine.scopes import handle
from services.workflow.domain.engine.state import Run


def raise_up(run: Run, kind: str, code: str, scope: str, token: str = "") -> bool:
    """Look for a handler of `kind` (error | escalation), first at `token` if given, then scope by scope outwards.

    True when the thrower was interrupted. An error nobody catches fails the instance; an escalation is ignored.
    """
    while True:
        if token:
            facts = run.tokens[token]
            scope = facts["s"]
            if "i" not in run.scopes[scope]:
                boundary = _catcher(run, kind, code, run.nodes[facts["e"]].boundary)
                if boundary is not None:
                    return cross(run, boundary, token)
        found = run.scopes[scope]
        if "i" not in found:
            handler = _catcher(run, kind, code, run.graph.scopes[found["e"]].handlers)
            if handler is not None:
                return handle(run, handler, scope)
        if scope == ROOT:
            if kind == "error":
                run.end("failed", run.process, "error", {"code": code})
            return kind == "error"
        token = found["o"]


def cross(run: Run, boundary: Node, token: str) -> bool:
    """A token goes out through the boundary event: in place of the activity's token, or beside it."""
    scope = run.tokens[token]["s"]
    interrupting = boundary.event is None or boundary.event.interrupting
    if interrupting:
        run.drop(token)
    else:
        run.live[scope] += 1
    run.stack.append((boundary, scope, ""))
    return interrupting


def _catcher(run: Run, kind: str, code: str, candidates: Iterable[str]) -> Node | None:
    """The one that names the code, before one that catches all."""
    events = [run.nodes[each] for each in candidates]
    fitting = [node for node in events if node.event is not None and node.event.kind == kind]
    for wanted in (code, ""):
        for node in fitting:
            if node.event is not None and node.event.name == wanted:
                return node
    return None
