"""A BPMN file with diagram interchange as one SVG picture: pools, lanes, subprocesses, activities, events,
gateways, data, flows and texts, each at the place that its author gave it. Pure; nothing is fetched.

Every shape carries data-element with the id of its element, so that a page may light up where a case stands;
`marks` gives such elements a class.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from services.workflow.domain.bpmn.canvas import LINE, Canvas, number
from services.workflow.domain.bpmn.geometry import Box, box_of, points_of
from services.workflow.domain.bpmn.glyphs import EVENT_GLYPHS, GATEWAY_GLYPHS, TASK_GLYPHS
from services.workflow.domain.bpmn.lettering import wrapped
from services.workflow.domain.bpmn.model import ACTIVITIES, EVENTS, GATEWAYS, SUBPROCESSES, Model

_DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
MARGIN = 20.0
_DASHED = frozenset(
    ("messageFlow", "association", "dataInputAssociation", "dataOutputAssociation", "conversationLink")
)


def draw(
    model: Model, marks: Mapping[str, str] | None = None, notes: Mapping[str, str] | None = None
) -> bytes:
    """SVG of all diagrams of the file, one below the other; b"" when it has none.

    notes: element → few characters in a badge at its upper right corner, such as the numbers of its findings.
    """
    diagram = _Diagram(model, marks or {}, notes or {})
    for plane in model.tree.getroot().iter(f"{_DI}BPMNPlane"):
        diagram.plane(plane)
    return diagram.written()


class _Diagram(Canvas):
    """The shapes and edges of BPMN on a canvas."""

    def __init__(self, model: Model, marks: Mapping[str, str], notes: Mapping[str, str]) -> None:
        super().__init__()
        self.elements = {each.get("id"): each for each in model.tree.getroot().iter() if each.get("id")}
        self.marks, self.notes = marks, notes

    def plane(self, plane: Any) -> None:
        """Shapes from the outside in, then edges: what is drawn later lies on top."""
        shapes = [(shape, box) for shape in plane.iter(f"{_DI}BPMNShape") if (box := box_of(shape))]
        edges = [(edge, points_of(edge)) for edge in plane.iter(f"{_DI}BPMNEdge")]
        corners = [(b.x, b.y) for _, b in shapes] + [(b.x + b.width, b.y + b.height) for _, b in shapes]
        corners += [point for _, points in edges for point in points]
        if not corners:
            return
        self.drawn = True
        left, top = min(x for x, _ in corners), min(y for _, y in corners)
        shift = f"translate({number(MARGIN - left)},{number(self.top + MARGIN - top)})"
        layer = self.add(self.root, "g", transform=shift)
        for shape, box in sorted(
            shapes, key=lambda each: _depth(self.elements.get(_element(each[0])), each[1])
        ):
            self.shape(layer, shape, box)
        for edge, points in edges:
            self.edge(layer, edge, points)
        self.top += max(y for _, y in corners) - top + 2 * MARGIN
        self.right = max(self.right, max(x for x, _ in corners) - left + 2 * MARGIN)

    def shape(self, layer: Any, shape: Any, box: Box) -> None:
        id = _element(shape)
        element = self.elements.get(id)
        tag = etree.QName(element).localname if element is not None else ""
        group = self.add(layer, "g", data_element=id)
        if id in self.marks:
            group.set("class", self.marks[id])
        style = "s at" if id in self.marks else "s"
        if tag in EVENTS:
            self.event(group, element, tag, box, style)
        elif tag in GATEWAYS:
            self.gateway(group, tag, box, style)
        elif tag in ACTIVITIES:
            self.activity(group, element, tag, box, style, shape)
        elif tag in ("participant", "lane"):
            self.add(group, "rect", class_="p", **_rect(box))
        elif tag == "textAnnotation":
            self.add(group, "path", class_="f", d=f"M{box.x + 12} {box.y}H{box.x}V{box.y + box.height}h12")
        else:
            dashed = "f d" if tag == "group" else "s"
            self.add(group, "rect", class_=dashed, rx=3, **_rect(box))
        if element is not None:
            self.label(group, shape, element, tag, box)
        if id in self.notes:
            self.badge(group, self.notes[id], box.x + box.width, box.y)

    def event(self, group: Any, element: Any, tag: str, box: Box, style: str) -> None:
        (x, y), radius = box.middle, box.width / 2
        interrupting = element.get("cancelActivity", element.get("isInterrupting", "true")) != "false"
        dashed = "" if interrupting else " d"
        thick = " k" if tag == "endEvent" else ""
        self.add(group, "circle", class_=style + thick + dashed, cx=x, cy=y, r=radius)
        if tag in ("intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"):
            self.add(group, "circle", class_="f" + dashed, cx=x, cy=y, r=max(radius - 3, 1))
        kinds = [etree.QName(each).localname for each in element if isinstance(each.tag, str)]
        for kind in kinds:
            glyph = EVENT_GLYPHS.get(kind.removesuffix("EventDefinition")) if "EventDef" in kind else None
            if glyph:
                full = tag in ("endEvent", "intermediateThrowEvent")
                self.glyph(group, glyph, x, y, radius / 18, full)

    def gateway(self, group: Any, tag: str, box: Box, style: str) -> None:
        x, y = box.middle
        w, h = box.width / 2, box.height / 2
        points = f"{number(x)},{number(y - h)} {number(x + w)},{number(y)} {number(x)},{number(y + h)} {number(x - w)},{number(y)}"
        self.add(group, "polygon", class_=style, points=points)
        self.glyph(group, GATEWAY_GLYPHS[tag], x, y, w / 25, False)

    def activity(self, group: Any, element: Any, tag: str, box: Box, style: str, shape: Any) -> None:
        dashed = " d" if element.get("triggeredByEvent") == "true" else ""
        thick = " k" if tag == "callActivity" else ""
        self.add(group, "rect", class_=style + thick + dashed, rx=8, **_rect(box))
        if tag in TASK_GLYPHS:
            self.glyph(group, TASK_GLYPHS[tag], box.x + 14, box.y + 14, 0.8, False)
        foot = box.x + box.width / 2, box.y + box.height - 9
        if tag in SUBPROCESSES and shape.get("isExpanded") != "true":
            self.glyph(group, "M-6-6h12v12h-12zM0-4v8M-4 0h8", *foot, 1, False)
        for child in element:
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if name == "multiInstanceLoopCharacteristics":
                lines = (
                    "M-5-4h10M-5 0h10M-5 4h10"
                    if child.get("isSequential") == "true"
                    else "M-4-5v10M0-5v10M4-5v10"
                )
                self.glyph(group, lines, foot[0] - 16, foot[1], 1, False)
            elif name == "standardLoopCharacteristics":
                self.glyph(group, "M3 5A6 6 0 1 0-3 5M-3 5h-4M-3 5v-4", foot[0] - 16, foot[1], 1, False)

    def label(self, group: Any, shape: Any, element: Any, tag: str, box: Box) -> None:
        """The name: where the author put it, else inside an activity, upright in a pool, below anything else."""
        words = element.get("name") or _annotation(element)
        if not words:
            return
        own = box_of(shape.find(f"{_DI}BPMNLabel")) if shape.find(f"{_DI}BPMNLabel") is not None else None
        if own:
            self.text(group, words, own.middle[0], own.y, own.width)
        elif tag in ("participant", "lane") and box.width > box.height / 2:
            x, y = box.x + 15, box.y + box.height / 2
            made = self.add(
                group,
                "text",
                x=x,
                y=y,
                text_anchor="middle",
                transform=f"rotate(-90 {number(x)} {number(y)})",
            )
            made.text = words
        elif tag in ACTIVITIES and shape.get("isExpanded") != "true":
            lines = wrapped(words, box.width - 10)
            self.lines(group, lines, box.middle[0], box.middle[1] - (len(lines) - 1) * LINE / 2 + 4)
        elif tag in EVENTS | GATEWAYS or tag.startswith("data"):
            self.text(group, words, box.middle[0], box.y + box.height, 90)
        else:
            self.text(group, words, box.middle[0], box.y + 2, box.width)

    def edge(self, layer: Any, edge: Any, points: list[tuple[float, float]]) -> None:
        id = _element(edge)
        element = self.elements.get(id)
        tag = etree.QName(element).localname if element is not None else ""
        group = self.add(layer, "g", data_element=id)
        if id in self.marks:
            group.set("class", self.marks[id])
        dashed = " d" if tag in _DASHED else ""
        path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
        line = self.add(group, "path", class_="f" + dashed, d=path)
        if tag != "association":
            line.set("marker-end", "url(#a)")
        label = edge.find(f"{_DI}BPMNLabel")
        box = box_of(label) if label is not None else None
        words = element.get("name") if element is not None else None
        if words:
            x, y = (box.middle[0], box.y) if box else points[len(points) // 2]
            self.text(group, words, x, y - (0 if box else LINE), box.width if box else 120)
        if id in self.notes:
            self.badge(group, self.notes[id], *points[len(points) // 2])


def _element(shape: Any) -> str:
    """The id that the shape stands for; a prefix of its namespace is not part of it."""
    return str(shape.get("bpmnElement") or "").rpartition(":")[2]


def _rect(box: Box) -> dict[str, float]:
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}


def _depth(element: Any, box: Box) -> tuple[bool, bool, float]:
    """Events on borders last; the larger first."""
    tag = etree.QName(element).localname if element is not None else ""
    return tag == "boundaryEvent", tag not in ("participant", "lane"), -box.width * box.height


def _annotation(element: Any) -> str:
    found = [each.text or "" for each in element if isinstance(each.tag, str) and each.tag.endswith("}text")]
    return " ".join(" ".join(found).split())
