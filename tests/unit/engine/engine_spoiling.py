"""Ways to spoil a model in one place: each changes the tree and tells what must be found, and where."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

SPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"
GDBOS = "urn:gdbos:bpmn:1"
Mutation = Callable[[etree._Element, etree._Element], tuple[str, str] | None]


def nodes(root: etree._Element, *tags: str) -> list[etree._Element]:
    return [each for tag in tags for each in root.iter(f"{{{SPACE}}}{tag}")]


def child(element: etree._Element, tag: str) -> etree._Element | None:
    return element.find(f".//{{{SPACE}}}{tag}")


def bend(end: str) -> Mutation:
    def mutate(root: etree._Element, flow: etree._Element) -> tuple[str, str]:
        flow.set(end, "nowhere")
        return "dangling_flow", flow.get("id", "")

    return mutate


def spoil_condition(text: str) -> Mutation:
    def mutate(root: etree._Element, flow: etree._Element) -> tuple[str, str] | None:
        condition = child(flow, "conditionExpression")
        if condition is None:
            return None
        condition.text = text
        return ("expression" if text else "missing_condition"), flow.get("id", "")

    return mutate


def put(name: str, value: str, code: str) -> Mutation:
    def mutate(root: etree._Element, element: etree._Element) -> tuple[str, str]:
        element.set(name, value)
        return code, element.get("id", "")

    return mutate


def refer(root: etree._Element, element: etree._Element) -> tuple[str, str] | None:
    for each in element:
        for name in each.attrib:
            if str(name).endswith("Ref"):
                each.set(name, "nobody")
                return "dangling_reference", element.get("id", "")
    return None


def strip_events(root: etree._Element, element: etree._Element) -> tuple[str, str]:
    for each in list(element):
        element.remove(each)
    return "missing_definition", element.get("id", "")


def second_event(root: etree._Element, element: etree._Element) -> tuple[str, str] | None:
    if not len(element):
        return None
    element.append(deepcopy(element[0]))
    return "many_definitions", element.get("id", "")


def timer(text: str) -> Mutation:
    def mutate(root: etree._Element, element: etree._Element) -> tuple[str, str] | None:
        timer = child(element, "timeDuration")
        if timer is None:
            return None
        timer.text = text
        return ("timer" if text else "missing_expression"), element.get("id", "")

    return mutate


def retag(tag: str, code: str) -> Mutation:
    def mutate(root: etree._Element, element: etree._Element) -> tuple[str, str]:
        element.tag = f"{{{SPACE}}}{tag}"
        return code, element.get("id", "")

    return mutate


def cut_in(root: etree._Element, element: etree._Element) -> tuple[str, str] | None:
    """No flow leads here any more."""
    parent = element.getparent()
    flows = [flow for flow in nodes(root, "sequenceFlow") if flow.get("targetRef") == element.get("id")]
    if parent is None or not flows:
        return None
    for flow in flows:
        flow.getparent().remove(flow)
    return "unreachable", element.get("id", "")


def trap(root: etree._Element, element: etree._Element) -> tuple[str, str] | None:
    """All that leaves the activity comes back to it."""
    if any(event.get("attachedToRef") == element.get("id") for event in nodes(root, "boundaryEvent")):
        return None
    for flow in nodes(root, "sequenceFlow"):
        if flow.get("sourceRef") == element.get("id"):
            flow.set("targetRef", element.get("id", ""))
    return "no_exit", element.get("id", "")


def twin(root: etree._Element, element: etree._Element) -> tuple[str, str]:
    twin = etree.SubElement(element.getparent(), f"{{{SPACE}}}task")
    twin.set("id", element.get("id", ""))
    return "duplicate_id", element.get("id", "")


def join_up(source: str, code: str) -> Mutation:
    """A flow from (or to) where none may be."""

    def mutate(root: etree._Element, element: etree._Element) -> tuple[str, str] | None:
        parent = element.getparent()
        other = next((each for each in parent if each.tag.endswith("ask") and each is not element), None)
        if other is None:
            return None
        ends = [element.get("id", ""), other.get("id", "")]
        flow = etree.SubElement(parent, f"{{{SPACE}}}sequenceFlow", id="extra")
        flow.set("sourceRef", ends[0 if source == "this" else 1])
        flow.set("targetRef", ends[1 if source == "this" else 0])
        return code, element.get("id", "")

    return mutate


def drop_loop_source(root: etree._Element, element: etree._Element) -> tuple[str, str] | None:
    loop = child(element, "multiInstanceLoopCharacteristics")
    count = child(element, "loopCardinality")
    if loop is None or count is None:
        return None
    loop.remove(count)
    return "loop_source", element.get("id", "")


def write(tag: str, text: str, code: str) -> Mutation:
    def mutate(root: etree._Element, element: etree._Element) -> tuple[str, str] | None:
        inner = child(element, tag)
        if inner is None:
            return None
        inner.text = text
        return code, element.get("id", "")

    return mutate


def behind(root: etree._Element, gate: etree._Element) -> tuple[str, str]:
    parent = gate.getparent()
    etree.SubElement(parent, f"{{{SPACE}}}task", id="extra_task")
    etree.SubElement(
        parent, f"{{{SPACE}}}sequenceFlow", id="extra", sourceRef=gate.get("id", ""), targetRef="extra_task"
    )
    return "event_gateway_target", "extra_task"


def untrigger(root: etree._Element, sub: etree._Element) -> tuple[str, str] | None:
    start = child(sub, "startEvent")
    if sub.get("triggeredByEvent") != "true" or start is None:
        return None
    for each in list(start):
        start.remove(each)
    return "handler_start", sub.get("id", "")


def deadlock(root: etree._Element, gate: etree._Element) -> tuple[str, str] | None:
    """The split becomes a choice, the join stays."""
    flows = [flow for flow in nodes(root, "sequenceFlow") if flow.get("sourceRef") == gate.get("id")]
    if len(flows) < 2:
        return None
    gate.tag = f"{{{SPACE}}}exclusiveGateway"
    for number, flow in enumerate(flows):
        etree.SubElement(flow, f"{{{SPACE}}}conditionExpression").text = f"n = {number}"
    return "deadlock", "j"
