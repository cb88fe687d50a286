"""Whether everything that is pointed at exists, once."""

from __future__ import annotations

from collections.abc import Iterator

from services.workflow.domain.bpmn.faults import Finding
from services.workflow.domain.bpmn.model import ACTIVITIES, Container, Model, Process
from services.workflow.domain.engine.lint.messages import finding


def file_findings(model: Model) -> list[Finding]:
    return [
        finding("duplicate_id", identifier, identifier, line=line) for identifier, line in model.duplicates
    ]


def findings(model: Model, process: Process) -> Iterator[Finding]:
    if not process.executable:
        yield finding("not_executable", process.id, line=process.line)
    known = {node.id for node in process.nodes()}
    for element in process.lanes:
        if element not in known:
            yield finding("dangling_lane", element, element, line=process.line)
    for container in process.containers.values():
        yield from _flows(container)
        yield from _boundaries(container)
    for node in process.nodes():
        for definition in node.definitions:
            if definition.reference and definition.reference not in model.references:
                yield finding("dangling_reference", node.id, definition.reference, node.line)


def _flows(container: Container) -> Iterator[Finding]:
    here = {node.id for node in container.nodes}
    outgoing: dict[str, set[str]] = {}
    for flow in container.flows:
        outgoing.setdefault(flow.source, set()).add(flow.id)
        for end in (flow.source, flow.target):
            if end not in here:
                yield finding("dangling_flow", flow.id, end, flow.line)
    for node in container.nodes:
        default = node.attributes.get("default")
        if default and default not in outgoing.get(node.id, ()):
            yield finding("dangling_default", node.id, default, node.line)


def _boundaries(container: Container) -> Iterator[Finding]:
    activities = {node.id for node in container.nodes if node.tag in ACTIVITIES}
    for node in container.nodes:
        host = node.attributes.get("attachedToRef", "")
        if node.tag == "boundaryEvent" and host not in activities:
            yield finding("dangling_boundary", node.id, host, node.line)
