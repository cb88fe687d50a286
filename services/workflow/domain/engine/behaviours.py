"""What happens when a token enters a node, by the node's kind; that it entered is among the effects already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.workflow.domain.engine import ends
from services.workflow.domain.engine.effects import JobCreated, TaskCreated
from services.workflow.domain.engine.errors import Incident
from services.workflow.domain.engine.events import arm, attach
from services.workflow.domain.engine.expressions import evaluate, plain
from services.workflow.domain.engine.graph import Node
from services.workflow.domain.engine.joins import arrive
from services.workflow.domain.engine.moving import leave
from services.workflow.domain.engine.scopes import open_call, open_inner
from services.workflow.domain.engine.state import Run
from services.workflow.domain.engine.unstated import absent


def _task(run: Run, node: Node, scope: str, flow: str) -> None:
    token = run.park({"e": node.id, "s": scope, "k": "task"})
    if node.boundary:
        attach(run, node, token, scope)
    attributes = attributes_of(run, node, scope) if node.inputs else node.attributes
    run.effects.append(TaskCreated(token, node.id, node.name, attributes))


def _job(run: Run, node: Node, scope: str, flow: str) -> None:
    token = run.park({"e": node.id, "s": scope, "k": "job"})
    if node.boundary:
        attach(run, node, token, scope)
    kind = str(node.attributes.get("job", "call"))
    run.effects.append(JobCreated(token, node.id, kind, attributes_of(run, node, scope)))


def attributes_of(run: Run, node: Node, scope: str) -> Any:
    if not node.inputs:
        return node.attributes
    context = run.context(scope)
    values = {name: plain(evaluate(text, context, node.id)) for name, text in node.inputs}
    found = {**node.attributes, "inputs": values}
    missing = {name: _unset(text, context) for name, text in node.inputs if values[name] is None}
    return {**found, "missing": missing} if any(missing.values()) else found


def _unset(text: str, context: Mapping[str, Any]) -> list[str]:
    """The variables behind an attribute that nobody has set. What a variable that is there does not hold is left
    out on purpose: a stage without an agency is the item's own."""
    roots = (path.partition(".")[0] for path in absent(text, context))
    return [name for name in dict.fromkeys(roots) if name not in context]


def _script(run: Run, node: Node, scope: str, flow: str) -> None:
    """FEEL. The result goes to its variable; a context without one sets each of its entries."""
    value = plain(evaluate(node.script, run.context(scope), node.id)) if node.script else None
    if node.result:
        run.assign(scope, {node.result: value})
    elif isinstance(value, dict):
        run.assign(scope, value)
    leave(run, node, scope)


def _stand(run: Run, node: Node, scope: str) -> str:
    """A token waits for an event, or for what is inside; its id."""
    token = run.park({"e": node.id, "s": scope})
    attach(run, node, token, scope)
    return token


def _catch(run: Run, node: Node, scope: str, flow: str) -> None:
    arm(run, node, _stand(run, node, scope), scope)


def _choice(run: Run, node: Node, scope: str, flow: str) -> None:
    """Event-based gateway: wait for all; the first to come decides."""
    token = run.park({"e": node.id, "s": scope})
    for each in node.out:
        arm(run, run.nodes[each.target], token, scope)


def _join(run: Run, node: Node, scope: str, flow: str) -> None:
    if len(node.incoming) > 1:
        arrive(run, node, scope, flow)
    else:
        leave(run, node, scope)


def _scope(run: Run, node: Node, scope: str, flow: str) -> None:
    """A collapsed subprocess whose inside nobody drew is like a task that nobody does."""
    if run.graph.scopes[node.id].empty:
        leave(run, node, scope)
    else:
        open_inner(run, node, _stand(run, node, scope), scope)


def _call(run: Run, node: Node, scope: str, flow: str) -> None:
    """A process of the same file runs inside; any other is a job for the host."""
    if node.called in run.graph.scopes:
        open_call(run, node, _stand(run, node, scope), scope)
    else:
        _job(run, node, scope, flow)


def _unsupported(run: Run, node: Node, scope: str, flow: str) -> None:
    raise Incident(
        node.id,
        "unsupported",
        f"引擎不支持 {node.type}",
        f"引擎不支援 {node.type}",
        f"the engine does not run a {node.type}",
    )


BEHAVIOURS: dict[str, Callable[[Run, Node, str, str], None]] = {
    "pass": leave,
    "task": _task,
    "job": _job,
    "script": _script,
    "catch": _catch,
    "throw": ends.throw,
    "end": ends.end,
    "xor": leave,
    "and": _join,
    "or": _join,
    "events": _choice,
    "scope": _scope,
    "call": _call,
    "unsupported": _unsupported,
}
