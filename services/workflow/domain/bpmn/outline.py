"""A process in words: its nodes in the order in which a case meets them, each with where it leads. It says in a list
what the drawing says in a picture."""

from __future__ import annotations

from collections import deque
from typing import Any

from services.workflow.domain.bpmn.model import Container, Flow, Model, Node, Process


def outline(model: Model) -> list[dict[str, Any]]:
    """[{id, tag, name, role, level, to: [{id, name, condition}]}]; level: how deep in subprocesses.

    name: "" for a node that has none. condition: text of the flow's name or condition, "" without one.
    """
    found: list[dict[str, Any]] = []
    for process in model.processes:
        _told(process, process.containers[process.id], 0, found)
    return found


def _told(process: Process, container: Container, level: int, found: list[dict[str, Any]]) -> None:
    names = {node.id: node.name for node in container.nodes}
    for node in _ordered(container):
        onward = [flow for flow in container.flows if flow.source == node.id]
        found.append(
            {
                "id": node.id,
                "tag": node.tag,
                "name": node.name,
                "role": str(node.extensions.get("role", "")) or process.lanes.get(node.id, ""),
                "level": level,
                "to": [_way(flow, names) for flow in onward],
            }
        )
        if node.id in process.containers and node.id != container.id:
            _told(process, process.containers[node.id], level + 1, found)


def _way(flow: Flow, names: dict[str, str]) -> dict[str, str]:
    return {"id": flow.target, "name": names.get(flow.target, ""), "condition": flow.condition or ""}


def _ordered(container: Container) -> list[Node]:
    """Breadth first from what nothing leads to; then whatever is left, such as a closed circle."""
    onward: dict[str, list[str]] = {}
    for flow in container.flows:
        onward.setdefault(flow.source, []).append(flow.target)
    for node in container.nodes:
        if node.tag == "boundaryEvent":
            onward.setdefault(node.attributes.get("attachedToRef", ""), []).append(node.id)
    reached = {target for targets in onward.values() for target in targets}
    nodes = {node.id: node for node in container.nodes}
    seen: dict[str, Node] = {}
    for start in [*(id for id in nodes if id not in reached), *nodes]:
        todo = deque([start])
        while todo:
            id = todo.popleft()
            if id in nodes and id not in seen:
                seen[id] = nodes[id]
                todo.extend(onward.get(id, ()))
    return list(seen.values())
