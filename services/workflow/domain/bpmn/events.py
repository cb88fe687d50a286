"""Event definitions of a node, and the texts of their timers and conditions."""

from __future__ import annotations

from lxml import etree

from services.workflow.domain.bpmn import xml
from services.workflow.domain.bpmn.model import EventDefinition

_SUFFIX = "EventDefinition"
_TIMERS = ("timeDuration", "timeDate", "timeCycle")
_NODES = ("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent")


def definitions(element: etree._Element) -> tuple[EventDefinition, ...]:
    """In document order. A receive or send task counts as a message event of its messageRef."""
    tag = xml.tag(element)
    if tag in ("receiveTask", "sendTask"):
        reference = element.get("messageRef", "")
        return (EventDefinition("message", reference),) if reference else ()
    if tag not in _NODES:
        return ()
    return tuple(
        _definition(child, xml.tag(child)[: -len(_SUFFIX)])
        for child in element
        if xml.tag(child).endswith(_SUFFIX)
    )


def _definition(child: etree._Element, kind: str) -> EventDefinition:
    if kind == "timer":
        for timer in _TIMERS:
            found = child.find(f"{{{xml.BPMN}}}{timer}")
            if found is not None:
                return EventDefinition(kind, timer=timer, expression=xml.text(found))
        return EventDefinition(kind)
    if kind == "conditional":
        return EventDefinition(kind, expression=xml.text(child.find(f"{{{xml.BPMN}}}condition")))
    return EventDefinition(kind, child.get(f"{kind}Ref", ""), child.get("name", ""))
