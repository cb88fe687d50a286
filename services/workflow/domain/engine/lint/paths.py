"""Ways through a process: everything can be reached, and from everywhere there is a way to the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from services.workflow.domain.bpmn.faults import Finding
from services.workflow.domain.bpmn.model import Container, Model, Node, Process
from services.workflow.domain.engine.lint.messages import finding

Ways = Mapping[str, Iterable[str]]
_PASSING = frozenset(
    ("task", "manualTask", "scriptTask", "exclusiveGateway", "inclusiveGateway", "parallelGateway")
)


def findings(model: Model, process: Process) -> Iterator[Finding]:
    for container in process.containers.values():
        if container.nodes:
            yield from _ends(container)
            yield from _ways(container)
        elif container.id == process.id:
            yield finding("no_start", process.id, line=process.line)


def handler(node: Node) -> bool:
    return node.attributes.get("triggeredByEvent") == "true"


def ways(container: Container) -> dict[str, list[str]]:
    """Node → nodes that a token may go to next: flows, boundary events, links."""
    here = {node.id for node in container.nodes}
    found: dict[str, list[str]] = {node.id: [] for node in container.nodes}
    for flow in container.flows:
        if flow.source in here and flow.target in here:
            found[flow.source].append(flow.target)
    targets: dict[str, str] = {}
    for node in container.nodes:
        host = node.attributes.get("attachedToRef", "")
        if node.tag == "boundaryEvent" and host in here:
            found[host].append(node.id)
        for definition in node.definitions:
            if definition.kind == "link" and node.tag == "intermediateCatchEvent":
                targets[definition.name] = node.id
    for node in container.nodes:
        for definition in node.definitions:
            thrown = definition.kind == "link" and node.tag == "intermediateThrowEvent"
            if thrown and definition.name in targets:
                found[node.id].append(targets[definition.name])
    return found


def _ends(container: Container) -> Iterator[Finding]:
    outgoing = {flow.source for flow in container.flows}
    incoming = {flow.target for flow in container.flows}
    starts = [node for node in container.nodes if node.tag == "startEvent"]
    for node in [node for node in starts if not node.definitions][1:]:
        yield finding("many_starts", node.id, line=node.line)
    for node in container.nodes:
        if node.tag == "startEvent" and node.id in incoming:
            yield finding("start_with_incoming", node.id, line=node.line)
        if node.tag == "endEvent" and node.id in outgoing:
            yield finding("end_with_outgoing", node.id, line=node.line)
        if node.tag == "boundaryEvent" and node.id in incoming:
            yield finding("boundary_with_incoming", node.id, line=node.line)
        if node.tag == "boundaryEvent" and node.id not in outgoing:
            yield finding("boundary_without_outgoing", node.id, line=node.line)
        if handler(node) and (node.id in incoming or node.id in outgoing):
            yield finding("handler_flows", node.id, line=node.line)


def _ways(container: Container) -> Iterator[Finding]:
    forward = ways(container)
    backward: dict[str, list[str]] = {node: [] for node in forward}
    for source, targets in forward.items():
        for target in targets:
            backward[target].append(source)
    nodes = [node for node in container.nodes if not handler(node)]
    starts = [node.id for node in nodes if node.tag == "startEvent"]
    starts = starts or [node.id for node in nodes if not backward[node.id] and node.tag != "boundaryEvent"]
    ends = [node.id for node in nodes if node.tag == "endEvent" or not _goes_on(node, forward)]
    if nodes and not starts:
        yield finding("no_start", container.id)
    if nodes and not ends:
        yield finding("no_end", container.id)
    reached, ending = closure(starts, forward), closure(ends, backward)
    for node in nodes:
        if starts and node.id not in reached:
            yield finding("unreachable", node.id, line=node.line)
        elif ends and node.id not in ending:
            yield finding("no_exit", node.id, line=node.line)
    tags = {node.id: node.tag for node in nodes}
    yield from _busy(nodes, forward, tags)


def _goes_on(node: Node, forward: Ways) -> bool:
    """A boundary event on the way out does not make an end less of an end."""
    return any(True for _ in forward[node.id]) if node.tag == "boundaryEvent" else bool(forward[node.id])


def closure(begin: Iterable[str], edges: Ways) -> set[str]:
    seen: set[str] = set()
    pending = list(begin)
    while pending:
        node = pending.pop()
        if node not in seen:
            seen.add(node)
            pending.extend(edges[node])
    return seen


def _busy(nodes: list[Node], forward: Ways, tags: Mapping[str, str]) -> Iterator[Finding]:
    """A circle of nodes none of which waits; told once for each node that closes it on itself."""
    passing = {
        node.id: [target for target in forward[node.id] if tags.get(target) in _PASSING]
        for node in nodes
        if node.tag in _PASSING
    }
    for node in nodes:
        if node.id in passing and node.id in closure(passing[node.id], passing):
            yield finding("busy_loop", node.id, line=node.line)
