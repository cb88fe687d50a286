"""From the Model (as written) to the Graph (as run)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.workflow.domain.bpmn.expressions import feel
from services.workflow.domain.bpmn.faults import ModelInvalid
from services.workflow.domain.bpmn.model import SUBPROCESSES, Container, Model, Process
from services.workflow.domain.bpmn.model import Node as Source
from services.workflow.domain.engine.graph import Flow, Graph, Node, Scope
from services.workflow.domain.engine.lint import lint
from services.workflow.domain.engine.marking import event, loop
from services.workflow.domain.engine.reachability import with_reach

_KINDS = {
    "userTask": "task",
    "serviceTask": "job",
    "sendTask": "job",
    "businessRuleTask": "job",
    "scriptTask": "script",
    "receiveTask": "catch",
    "callActivity": "call",
    "exclusiveGateway": "xor",
    "parallelGateway": "and",
    "inclusiveGateway": "or",
    "eventBasedGateway": "events",
    "complexGateway": "unsupported",
    "intermediateCatchEvent": "catch",
    "intermediateThrowEvent": "throw",
    "endEvent": "end",
    **dict.fromkeys(SUBPROCESSES, "scope"),
}
_JOBS = {"serviceTask": "service", "sendTask": "send", "businessRuleTask": "decide"}
PER_TOKEN = ("agency", "role", "due", "reads", "form")
"""Attributes of a task that may be FEEL, `=…`, worked out when a token arrives: the rounds of a multi-instance go
to different agencies. They travel among the task's inputs."""
_OWN = ("inputs", "outputs", "collection", "item", "output_collection", "output_item", "called", "result")


def compile(model: Model, process: str = "", strict: bool = True) -> Graph:
    """The graph of `process` (default: the first executable one, else the largest).

    strict: ModelInvalid with every error found by lint; otherwise what can run is compiled, and the rest
    becomes an Incident when a token meets it.
    """
    if strict:
        errors = [finding for finding in lint(model) if finding.severity == "error"]
        if errors:
            raise ModelInvalid(errors)
    chosen = entry(model, process)
    nodes: dict[str, Node] = {}
    scopes: dict[str, Scope] = {}
    for each in model.processes:
        for container in each.containers.values():
            _container(model, each, container, nodes, scopes)
    for scope in scopes.values():
        with_reach(scope.id, nodes)
    return Graph(chosen.id, chosen.name, nodes, scopes)


def entry(model: Model, process: str = "") -> Process:
    """The process that `start` runs; KeyError when the file has none of that id."""
    for each in model.processes:
        if each.id == process or (not process and each.executable):
            return each
    if process or not model.processes:
        raise KeyError(process)
    return max(model.processes, key=lambda each: len(list(each.nodes())))


def _container(
    model: Model, process: Process, container: Container, nodes: dict[str, Node], scopes: dict[str, Scope]
) -> None:
    here = {node.id for node in container.nodes}
    flows = [flow for flow in container.flows if flow.source in here and flow.target in here]
    out: dict[str, list[Flow]] = {}
    incoming: dict[str, list[str]] = {}
    for flow in flows:
        out.setdefault(flow.source, []).append(Flow(flow.id, flow.source, flow.target, feel(flow.condition)))
        incoming.setdefault(flow.target, []).append(flow.id)
    _links(container, out)
    boundary: dict[str, list[str]] = {}
    for source in container.nodes:
        if source.tag == "boundaryEvent":
            boundary.setdefault(source.attributes.get("attachedToRef", ""), []).append(source.id)
    for source in container.nodes:
        node = _node(model, process, source, out.get(source.id, []), incoming.get(source.id, []))
        nodes[source.id] = replace(node, boundary=tuple(boundary.get(source.id, ())))
    scopes[container.id] = _scope(process, container, incoming, nodes)


def _links(container: Container, out: dict[str, list[Flow]]) -> None:
    """A thrown link is a flow to the catching event of the same name."""
    catches = {
        definition.name: node.id
        for node in container.nodes
        if node.tag == "intermediateCatchEvent"
        for definition in node.definitions
        if definition.kind == "link"
    }
    for node in container.nodes:
        for definition in node.definitions:
            if definition.kind == "link" and node.tag != "intermediateCatchEvent":
                target = catches.get(definition.name)
                if target:
                    out[node.id] = [Flow(f"{node.id}~{target}", node.id, target)]


def _node(model: Model, process: Process, source: Source, out: list[Flow], incoming: list[str]) -> Node:
    own = source.extensions
    called = own.get("called") or source.attributes.get("calledElement", "")
    return Node(
        id=source.id,
        type=source.tag,
        kind=_kind(model, source),
        scope=source.scope,
        name=source.name,
        out=tuple(out),
        incoming=tuple(incoming),
        default=source.attributes.get("default", ""),
        host=source.attributes.get("attachedToRef", ""),
        event=event(model, source),
        loop=loop(source),
        script=feel(source.script),
        result=str(own.get("result", "")),
        called=feel(called) if called.startswith("=") else called,
        inputs=_pairs((*own.get("inputs", ()), *_worked_out(own).items())),
        outputs=_pairs(own.get("outputs", ())),
        attributes=_attributes(process, source),
    )


def _kind(model: Model, source: Source) -> str:
    """A send task without a job just sends; an event without a wait just passes."""
    if source.tag == "sendTask" and source.definitions and "job" not in source.extensions:
        return "throw"
    if source.tag == "intermediateCatchEvent" and any(d.kind == "link" for d in source.definitions):
        return "pass"
    return _KINDS.get(source.tag, "pass")


def _pairs(pairs: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), feel(str(text))) for name, text in pairs)


def _worked_out(own: Mapping[str, Any]) -> dict[str, str]:
    """{attribute: FEEL} of those that are worked out for each token."""
    texts = {name: own.get(name, "") for name in PER_TOKEN}
    joined = {name: " ".join(text) if isinstance(text, list) else str(text) for name, text in texts.items()}
    return {name: text for name, text in joined.items() if text.startswith("=")}


def _attributes(process: Process, source: Source) -> dict[str, Any]:
    """What a host needs to know: extensions, the lane, and the role (the lane's name if none is given)."""
    later = {*_OWN, *_worked_out(source.extensions)}
    found = {name: value for name, value in source.extensions.items() if name not in later}
    lane = process.lanes.get(source.id) or process.lanes.get(source.scope)
    if lane:
        found["lane"] = lane
        if source.tag == "userTask":
            found.setdefault("role", lane)
    if source.tag in _JOBS:
        found.setdefault("job", _JOBS[source.tag])
    if source.tag == "callActivity":
        found["process"] = source.extensions.get("called") or source.attributes.get("calledElement", "")
    found.update(source.data)
    return found


def _scope(
    process: Process, container: Container, incoming: Mapping[str, list[str]], nodes: Mapping[str, Node]
) -> Scope:
    plain: list[str] = []
    events: list[str] = []
    loose: list[str] = []
    handlers: list[str] = []
    for source in container.nodes:
        if source.attributes.get("triggeredByEvent") == "true":
            inner = process.containers[source.id]
            handlers += [node.id for node in inner.nodes if node.tag == "startEvent"][:1]
        elif source.tag == "startEvent":
            (events if source.definitions else plain).append(source.id)
        elif source.id not in incoming and not _never_first(source, nodes[source.id]):
            loose.append(source.id)
    starts = plain[:1] or ([] if events else loose)
    data = {name: feel(text) for name, text in container.data.items()}
    return Scope(
        container.id,
        container.parent,
        tuple(starts),
        tuple(events),
        tuple(handlers),
        data,
        empty=not container.nodes,
    )


def _never_first(source: Source, node: Node) -> bool:
    link = node.event is not None and node.event.kind == "link" and node.kind == "pass"
    return source.tag == "boundaryEvent" or link or source.attributes.get("isForCompensation") == "true"
