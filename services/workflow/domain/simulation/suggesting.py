"""A scenario to begin with, from the model alone: plain assumptions that an analyst then replaces by facts."""

from __future__ import annotations

from typing import Any

from services.workflow.domain.engine.graph import Graph, Node
from services.workflow.domain.simulation.models import TASK, WAITING

PER_DAY = 5
WORK = {"triangular": [0.25, 0.5, 1.5]}
ANSWER = {"exponential": 5}
LAPSE = 15
"""Working days until a correction that nobody makes lapses."""


def suggested(*graphs: Graph) -> dict[str, Any]:
    """The JSON of a complete scenario: every task half an hour's work, one person for 3 hours of it a day.

    Of several graphs one that fits them all, so that they can be tried side by side.
    """
    nodes = {node.id: node for graph in graphs for node in graph.nodes.values()}
    tasks = [node for node in nodes.values() if node.type == TASK]
    load: dict[str, float] = {}
    for node in tasks:
        load[_role(node)] = load.get(_role(node), 0) + PER_DAY * 0.75
    return {
        "days": 60,
        "warm_up": 20,
        "replications": 5,
        "seed": 1,
        "arrivals": {"per_day": PER_DAY},
        "corrections": 0.15,
        "returns": 0.05,
        "roles": {role: {"people": max(1, round(hours / 4 + 0.5))} for role, hours in load.items()},
        "steps": {
            node.id: {"work": dict(WORK)} | ({} if node.attributes.get("role") else {"role": _role(node)})
            for node in tasks
        },
        "waits": {node.id: wait for node in nodes.values() if (wait := _wait(node)) is not None},
    }


def _role(node: Node) -> str:
    return str(node.attributes.get("role", "")) or "anyone"


def _wait(node: Node) -> Any:
    """Events that stop a case until somebody outside acts, and times that depend on the case's data."""
    event = node.event
    if event is None:
        return None
    if event.kind == "timer":
        return None if event.expression.strip('"').startswith(("P", "R")) else LAPSE
    return dict(ANSWER) if node.type in WAITING and event.kind in ("message", "signal") else None
