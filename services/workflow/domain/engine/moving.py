"""Tokens leaving nodes, and scopes that run empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.workflow.domain.engine.documents import ROOT
from services.workflow.domain.engine.effects import DefaultTaken
from services.workflow.domain.engine.errors import Incident
from services.workflow.domain.engine.expressions import evaluate, holds, plain
from services.workflow.domain.engine.graph import Flow, Node
from services.workflow.domain.engine.loops import round_done
from services.workflow.domain.engine.state import Run
from services.workflow.domain.engine.unstated import deciding


def leave(run: Run, node: Node, scope: str, flow: str = "") -> None:
    """The node is done: on to the next round of its loop, or out of it. Whatever `flow` it was entered by."""
    run.effects.append(node.left)
    if "i" in run.scopes[scope]:
        round_done(run, node, scope)
    elif (only := node.only) is not None:
        run.stack.append((run.nodes[only.target], scope, only.id))
    else:
        go_out(run, node, scope)


def go_out(run: Run, node: Node, scope: str) -> None:
    if not node.out:
        consume(run, scope)
        return
    taken: Sequence[Flow] = node.out if node.kind == "and" else chosen(run, node, scope)
    run.live[scope] += len(taken) - 1
    for flow in reversed(taken):
        run.stack.append((run.nodes[flow.target], scope, flow.id))


def chosen(run: Run, node: Node, scope: str) -> list[Flow]:
    """Which outgoing flows get a token, where conditions decide. Incident when there is none: a token never vanishes."""
    context = run.context(scope)
    taken = []
    for flow in node.out:
        if flow.id == node.default:
            continue
        if not flow.condition or holds(flow.condition, context, flow.id):
            taken.append(flow)
            if node.kind == "xor":
                return taken
    return taken or _otherwise(run, node, context)


def _otherwise(run: Run, node: Node, context: Mapping[str, Any]) -> list[Flow]:
    """No condition is true: the default flow, and what it was taken without knowing; Incident where there is none."""
    default = [flow for flow in node.out if flow.id == node.default]
    conditions = [flow.condition for flow in node.out if flow.condition and flow.id != node.default]
    missing = tuple(dict.fromkeys(fact for text in conditions for fact in deciding(text, context)))
    if not default:
        raise _no_path(node, missing)
    if missing:
        run.effects.append(DefaultTaken(node.id, default[0].id, missing))
    return default


def _no_path(node: Node, missing: Sequence[str]) -> Incident:
    named = ", ".join(missing)
    return Incident(
        node.id,
        "no_path",
        "没有条件成立的出口，也没有默认出口" + (f"；缺少事实：{named}" if missing else ""),
        "沒有條件成立的出口，也沒有預設出口" + (f"；缺少事實：{named}" if missing else ""),
        "no outgoing condition is true and there is no default flow"
        + (f"; facts that nobody has stated: {named}" if missing else ""),
    )


def consume(run: Run, scope: str) -> None:
    """A token ends here; the last one ends its scope."""
    run.live[scope] -= 1
    if run.live[scope] == 0:
        scope_done(run, scope)


def scope_done(run: Run, scope: str) -> None:
    """The scope is empty: the process ends, or the token that owns the scope goes on."""
    if scope == ROOT:
        element, outcome = run.outcome or [run.process, ""]
        node = run.nodes.get(element)
        run.end("completed", element, outcome, node.attributes if node else {})
        return
    found = run.scopes[scope]
    token = found["o"]
    owner = run.tokens.pop(token)
    node = run.nodes[owner["e"]]
    if node.kind == "call" or node.outputs:
        context = run.context(scope)
        outputs = {name: plain(evaluate(text, context, node.id)) for name, text in node.outputs}
        run.close(scope)
        run.assign(owner["s"], outputs if node.outputs else found["v"])
    else:
        run.close(scope)
    run.disarm(token)
    leave(run, node, owner["s"])
