"""Loops: parallel and sequential multi-instance, and the standard loop.

The looped node has one token, the container, that carries the boundary events; each round is a scope of its own
with loopCounter (from 1) and the item as local variables, in which the node runs once.
"""

from __future__ import annotations

from typing import Any

from services.workflow.domain.engine.errors import Incident
from services.workflow.domain.engine.events import attach
from services.workflow.domain.engine.expressions import evaluate, holds, plain
from services.workflow.domain.engine.graph import Loop, Node
from services.workflow.domain.engine.state import EXIT, Run

MOST_ROUNDS = 10_000


def start_loop(run: Run, node: Node, loop: Loop, scope: str) -> None:
    run.trace(node, "open")
    items = [] if loop.kind == "standard" else _items(run, node, loop, scope)
    progress: dict[str, Any] = {"total": len(items), "begun": 0, "done": 0}
    if loop.kind == "sequential":
        progress["items"] = items
    if loop.output_collection:
        progress["out"] = [None] * len(items)
    token = run.park({"e": node.id, "s": scope, "loop": progress})
    attach(run, node, token, scope)
    if loop.kind == "standard":
        if loop.before and not _again(run, node, loop, scope, 0):
            _finish(run, node, token, scope)
        else:
            _round(run, node, token, scope, 0, {})
    elif not items:
        _finish(run, node, token, scope)
    elif loop.kind == "sequential":
        _round(run, node, token, scope, 0, _local(loop, items[0]))
    else:
        for index in reversed(range(len(items))):
            _round(run, node, token, scope, index, _local(loop, items[index]))


def round_done(run: Run, node: Node, inner: str) -> None:
    """One round is over: note its output, then begin the next, wait for others, or finish."""
    found = run.scopes[inner]
    loop = node.loop
    assert loop is not None
    token, scope, index = found["o"], found["p"], found["i"]
    progress = dict(run.tokens[token]["loop"])
    progress["done"] += 1
    if loop.output_collection and loop.output_item:
        value = plain(evaluate(loop.output_item, run.context(inner), node.id))
        progress["out"] = [*progress["out"][:index], value, *progress["out"][index + 1 :]]
    counted = {**run.context(inner), **_counters(progress)} if loop.completion else {}
    run.tokens[token] = {**run.tokens[token], "loop": progress}
    run.close(inner)
    if loop.kind == "standard":
        over = not _again(run, node, loop, scope, progress["done"])
    else:
        over = progress["done"] == progress["total"]
        over = over or (bool(loop.completion) and holds(loop.completion, counted, node.id))
    if over:
        _finish(run, node, token, scope)
    elif loop.kind == "sequential":
        _round(run, node, token, scope, index + 1, _local(loop, progress["items"][index + 1]))
    elif loop.kind == "standard":
        _round(run, node, token, scope, index + 1, {})


def _items(run: Run, node: Node, loop: Loop, scope: str) -> list[Any]:
    context = run.context(scope)
    if loop.collection:
        found = plain(evaluate(loop.collection, context, node.id))
        items = [] if found is None else found if isinstance(found, list) else [found]
    else:
        count = plain(evaluate(loop.cardinality, context, node.id))
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            raise Incident(
                node.id,
                "loop_cardinality",
                "循环次数不是非负整数",
                "迴圈次數不是非負整數",
                "the loop cardinality is not a whole number of rounds",
            )
        items = [None] * min(count, MOST_ROUNDS + 1)
    if len(items) > MOST_ROUNDS:
        raise Incident(
            node.id,
            "loop_too_long",
            f"循环超过 {MOST_ROUNDS} 次",
            f"迴圈超過 {MOST_ROUNDS} 次",
            f"more than {MOST_ROUNDS} rounds",
        )
    return items


def _local(loop: Loop, item: Any) -> dict[str, Any]:
    return {loop.item: item} if loop.item else {}


def _round(run: Run, node: Node, token: str, scope: str, index: int, local: dict[str, Any]) -> None:
    inner = run.new("s")
    run.scopes[inner] = {
        "e": node.id,
        "o": token,
        "p": scope,
        "i": index,
        "v": {**local, "loopCounter": index + 1},
    }
    run.live[inner] = 1
    progress = run.tokens[token]["loop"]
    run.tokens[token] = {**run.tokens[token], "loop": {**progress, "begun": progress["begun"] + 1}}
    run.stack.append((node, inner, ""))


def _again(run: Run, node: Node, loop: Loop, scope: str, done: int) -> bool:
    """Standard loop: the condition says whether there is another round; the maximum ends it in any case."""
    if loop.maximum and done >= loop.maximum:
        return False
    if not loop.condition:
        return True
    return holds(loop.condition, {**run.context(scope), "loopCounter": done}, node.id)


def _counters(progress: dict[str, Any]) -> dict[str, int]:
    """BPMN 2.0 table 10.31, and camunda's names for the same."""
    total, begun, done = progress["total"], progress["begun"], progress["done"]
    return {
        "numberOfInstances": total,
        "numberOfActiveInstances": begun - done,
        "numberOfCompletedInstances": done,
        "numberOfTerminatedInstances": 0,
        "nrOfInstances": total,
        "nrOfActiveInstances": begun - done,
        "nrOfCompletedInstances": done,
    }


def _finish(run: Run, node: Node, token: str, scope: str) -> None:
    """Rounds still open are cancelled; the token goes on."""
    for inner in [inner for inner, found in run.scopes.items() if found["o"] == token]:
        run.close(inner)
    run.disarm(token)
    progress = run.tokens.pop(token)["loop"]
    if "out" in progress and node.loop is not None:
        run.assign(scope, {node.loop.output_collection: progress["out"]})
    run.trace(node, "close")
    run.stack.append((node, scope, EXIT))
