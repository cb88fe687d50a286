"""Gateways and the conditions of their flows."""

from __future__ import annotations

from collections.abc import Iterator

from services.workflow.domain.bpmn.expressions import feel
from services.workflow.domain.bpmn.faults import Finding
from services.workflow.domain.bpmn.model import GATEWAYS, Container, Flow, Model, Node, Process
from services.workflow.domain.engine.expressions import problem
from services.workflow.domain.engine.lint.messages import finding

_CHOOSING = ("exclusiveGateway", "inclusiveGateway")


def findings(model: Model, process: Process) -> Iterator[Finding]:
    for container in process.containers.values():
        yield from _container(container, process.data_names())


def _container(container: Container, names: list[str]) -> Iterator[Finding]:
    nodes = {node.id: node for node in container.nodes}
    out: dict[str, list[Flow]] = {}
    incoming: dict[str, int] = {}
    for flow in container.flows:
        out.setdefault(flow.source, []).append(flow)
        incoming[flow.target] = incoming.get(flow.target, 0) + 1
        if flow.condition and (cause := problem(feel(flow.condition), names)):
            yield finding("expression", flow.id, cause, flow.line)
    for node in container.nodes:
        mine = out.get(node.id, [])
        if node.tag in _CHOOSING:
            yield from _conditions(node, mine)
        elif node.tag in ("parallelGateway", "eventBasedGateway"):
            for flow in mine:
                if flow.condition:
                    yield finding("ignored_condition", flow.id, line=flow.line)
        if node.tag == "eventBasedGateway":
            yield from _event_gateway(node, mine, nodes)
        if node.tag in GATEWAYS and len(mine) <= 1 and incoming.get(node.id, 0) <= 1:
            yield finding("lonely_gateway", node.id, line=node.line)


def _conditions(node: Node, out: list[Flow]) -> Iterator[Finding]:
    default = node.attributes.get("default", "")
    for flow in out:
        if flow.id == default:
            if flow.condition:
                yield finding("default_with_condition", flow.id, line=flow.line)
        elif len(out) > 1 and not feel(flow.condition):
            yield finding("missing_condition", flow.id, line=flow.line)


def _event_gateway(node: Node, out: list[Flow], nodes: dict[str, Node]) -> Iterator[Finding]:
    if not out:
        yield finding("event_gateway_outputs", node.id, line=node.line)
    for flow in out:
        target = nodes.get(flow.target)
        if target is not None and target.tag not in ("intermediateCatchEvent", "receiveTask"):
            yield finding("event_gateway_target", target.id, line=target.line)
