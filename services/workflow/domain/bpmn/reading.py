"""From the XML tree to the Model. Any well-formed BPMN file is read; what it lacks, the linter tells."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from services.workflow.domain.bpmn import events, extensions, xml
from services.workflow.domain.bpmn.faults import BpmnError
from services.workflow.domain.bpmn.model import (
    NODES,
    SUBPROCESSES,
    Container,
    Flow,
    Message,
    Model,
    Node,
    Process,
)

_STEPS = frozenset({*NODES, "sequenceFlow"})
_REFERENCES = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}


MOST_STEPS = 10_000
"""Nodes and flows together. What is larger than any process that people run would hold up all who look at it."""


def parse(content: bytes) -> Model:
    """BpmnError with reason and line when the bytes are not well-formed, unsafe, too large, or not BPMN 2.0."""
    tree = xml.read(content)
    root = tree.getroot()
    if xml.tag(root) != "definitions":
        raise BpmnError(
            "not_bpmn",
            "根元素不是 BPMN 2.0 的 definitions",
            "根元素不是 BPMN 2.0 的 definitions",
            "The root element is not definitions of BPMN 2.0",
            line=xml.line(root),
        )
    if sum(xml.tag(each) in _STEPS for each in root.iter(f"{{{xml.BPMN}}}*")) > MOST_STEPS:
        raise BpmnError(
            "too_large",
            f"模型的节点和连线超过 {MOST_STEPS} 个",
            f"模型的節點和連線超過 {MOST_STEPS} 個",
            f"The model has more than {MOST_STEPS} nodes and flows",
        )
    processes = tuple(_process(element) for element in xml.children(root, "process"))
    return Model(tree, processes, _references(root), _duplicates(root))


def _references(root: etree._Element) -> dict[str, Message]:
    found = {}
    for kind, code in _REFERENCES.items():
        for element in xml.children(root, kind):
            identifier, name = element.get("id", ""), element.get("name", "")
            key = str(extensions.read(element).get("key", ""))
            found[identifier] = Message(identifier, kind, name, element.get(code, "") or name, key)
    return found


def _duplicates(root: etree._Element) -> tuple[tuple[str, int], ...]:
    """Ids borne by two BPMN elements: (id, line of the later one). Diagram ids are another name space."""
    seen: Counter[str] = Counter()
    twice = []
    for element in root.iter(f"{{{xml.BPMN}}}*"):
        identifier = element.get("id")
        if identifier is not None:
            seen[identifier] += 1
            if seen[identifier] == 2:
                twice.append((identifier, xml.line(element)))
    return tuple(twice)


def _process(element: etree._Element) -> Process:
    containers: dict[str, Container] = {}
    lanes: dict[str, str] = {}
    identifier = _id(element)
    _container(element, identifier, "", containers, lanes)
    return Process(
        identifier,
        element.get("name", ""),
        element.get("isExecutable", "false") == "true",
        xml.line(element),
        containers,
        lanes,
        extensions.read(element),
    )


def _container(
    element: etree._Element,
    identifier: str,
    parent: str,
    containers: dict[str, Container],
    lanes: dict[str, str],
) -> None:
    container = containers[identifier] = Container(identifier, parent)
    for child in element:
        tag = xml.tag(child)
        if tag in NODES:
            node = _node(child, identifier)
            container.nodes.append(node)
            if tag in SUBPROCESSES:
                _container(child, node.id, identifier, containers, lanes)
        elif tag == "sequenceFlow":
            container.flows.append(_flow(child))
        elif tag == "laneSet":
            _lanes(child, lanes)
        elif tag == "dataObject":
            own = extensions.read(child)
            name = own.get("variable") or child.get("name") or _id(child)
            container.data[str(name)] = str(own.get("value", ""))


def _lanes(lane_set: etree._Element, lanes: dict[str, str]) -> None:
    for lane in xml.children(lane_set, "lane"):
        for reference in xml.children(lane, "flowNodeRef"):
            lanes[xml.text(reference)] = lane.get("name", "") or lane.get("id", "")
        for inner in xml.children(lane, "childLaneSet"):
            _lanes(inner, lanes)


def _flow(element: etree._Element) -> Flow:
    condition = element.find(f"{{{xml.BPMN}}}conditionExpression")
    return Flow(
        _id(element),
        element.get("sourceRef", ""),
        element.get("targetRef", ""),
        None if condition is None else xml.text(condition),
        xml.line(element),
    )


def _node(element: etree._Element, scope: str) -> Node:
    tag = xml.tag(element)
    own = extensions.read(element)
    documentation = xml.text(element.find(f"{{{xml.BPMN}}}documentation"))
    if documentation:
        own.setdefault("documentation", documentation)
    script = xml.text(element.find(f"{{{xml.BPMN}}}script"))
    return Node(
        _id(element),
        tag,
        element.get("name", ""),
        scope,
        xml.line(element),
        {str(key): str(value) for key, value in element.attrib.items() if not str(key).startswith("{")},
        own,
        events.definitions(element),
        _loop(element),
        str(own.pop("script", script)),
        _associations(element),
    )


def _loop(element: etree._Element) -> dict[str, str] | None:
    """The loop marker as texts; multi-instance has "kind" parallel or sequential."""
    standard = element.find(f"{{{xml.BPMN}}}standardLoopCharacteristics")
    if standard is not None:
        return {
            "kind": "standard",
            "condition": xml.text(standard.find(f"{{{xml.BPMN}}}loopCondition")),
            "before": standard.get("testBefore", "false"),
            "maximum": standard.get("loopMaximum", ""),
        }
    multi = element.find(f"{{{xml.BPMN}}}multiInstanceLoopCharacteristics")
    if multi is None:
        return None
    found = {str(key): str(value) for key, value in extensions.read(multi).items()}
    item = multi.find(f"{{{xml.BPMN}}}inputDataItem")
    found.setdefault("collection", xml.text(multi.find(f"{{{xml.BPMN}}}loopDataInputRef")))
    found.setdefault("item", "" if item is None else item.get("name", "") or item.get("id", ""))
    found["kind"] = "sequential" if multi.get("isSequential") == "true" else "parallel"
    found["cardinality"] = xml.text(multi.find(f"{{{xml.BPMN}}}loopCardinality"))
    found["completion"] = xml.text(multi.find(f"{{{xml.BPMN}}}completionCondition"))
    return found


def _associations(element: etree._Element) -> dict[str, list[str]]:
    """Data objects read and written: {"reads": [ref], "writes": [ref]}."""
    found: dict[str, list[str]] = {}
    for side, tag, end in (
        ("reads", "dataInputAssociation", "sourceRef"),
        ("writes", "dataOutputAssociation", "targetRef"),
    ):
        for association in xml.children(element, tag):
            found.setdefault(side, []).extend(
                xml.text(each) for each in xml.children(association, end) if xml.text(each)
            )
    return found


def _id(element: etree._Element) -> str:
    """The id, or tag and line for an element that bears none (the schema lets it)."""
    return element.get("id") or f"{xml.tag(element)}@{xml.line(element)}"
