"""Joins: AND waits for a token on every incoming flow; OR for every token that can still come."""

from __future__ import annotations

from services.workflow.domain.engine.graph import Node
from services.workflow.domain.engine.moving import leave
from services.workflow.domain.engine.state import Run


def arrive(run: Run, node: Node, scope: str, flow: str) -> None:
    """A token reaches a join; an AND-join fires as soon as every flow has one, exactly once for each set."""
    key = f"{scope}:{node.id}"
    arrived = run.joins.get(key, {})
    arrived = {**arrived, flow: arrived.get(flow, 0) + 1}
    if node.kind == "and" and len(arrived) == len(node.incoming):
        _fire(run, node, scope, key, arrived)
    else:
        run.joins[key] = arrived


def fire_or(run: Run) -> bool:
    """Fire one OR-join that no token holds back, the earliest that got a token. False when there is none."""
    for key, arrived in run.joins.items():
        scope, _, element = key.partition(":")
        node = run.nodes[element]
        if node.kind == "or" and not _held(run, node, scope, arrived):
            _fire(run, node, scope, key, arrived)
            return True
    return False


def fire_and(run: Run) -> None:
    """Fire the AND-joins that have all they wait for: after a change of version, a join may wait for less."""
    for key, arrived in list(run.joins.items()):
        scope, _, element = key.partition(":")
        node = run.nodes[element]
        if node.kind == "and" and len(arrived) == len(node.incoming):
            _fire(run, node, scope, key, arrived)


def _fire(run: Run, node: Node, scope: str, key: str, arrived: dict[str, int]) -> None:
    """Take one token from every flow that has one, and send one on."""
    left = {flow: count - 1 for flow, count in arrived.items() if count > 1}
    if left:
        run.joins[key] = left
    else:
        run.joins.pop(key, None)
    run.live[scope] -= len(arrived) - 1
    leave(run, node, scope)


def _held(run: Run, node: Node, scope: str, arrived: dict[str, int]) -> bool:
    """Whether some other token of the scope can reach an empty incoming flow, and no flow with a token."""
    if len(arrived) == len(node.incoming):
        return False
    places = {facts["e"] for facts in run.tokens.values() if facts["s"] == scope}
    prefix = f"{scope}:"
    places.update(key[len(prefix) :] for key in run.joins if key.startswith(prefix))
    places.discard(node.id)
    for place in places:
        reach = node.reach.get(place, ())
        if reach and not any(flow in arrived for flow in reach):
            return True
    return False
