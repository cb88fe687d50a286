"""A diagram for a process that has none: columns by distance from the start, arrows from side to side."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from lxml import etree

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
SPACES = {"bpmndi": DI, "dc": DC, "di": DD}
COLUMN, ROW, LEFT, TOP = 170, 120, 150, 120
SIZES = {"Task": (100, 80), "Gateway": (50, 50), "Event": (36, 36)}
Flow = tuple[str, str, str]


def draw(root: etree._Element, process: str, nodes: Mapping[str, str], flows: Sequence[Flow]) -> None:
    """Append the diagram to the definitions. nodes: id → tag. flows: (id, source, target)."""
    diagram = etree.SubElement(root, f"{{{DI}}}BPMNDiagram", id=f"diagram-{process}")
    plane = etree.SubElement(diagram, f"{{{DI}}}BPMNPlane", id=f"plane-{process}", bpmnElement=process)
    centres = _centres(nodes, flows)
    for id, (x, y) in centres.items():
        width, height = _size(nodes[id])
        shape = etree.SubElement(plane, f"{{{DI}}}BPMNShape", id=f"{id}-shape", bpmnElement=id)
        _put(shape, DC, "Bounds", x=x - width // 2, y=y - height // 2, width=width, height=height)
    for id, source, target in flows:
        edge = etree.SubElement(plane, f"{{{DI}}}BPMNEdge", id=f"{id}-edge", bpmnElement=id)
        for x, y in _way(nodes, centres, source, target):
            _put(edge, DD, "waypoint", x=x, y=y)


def _centres(nodes: Mapping[str, str], flows: Sequence[Flow]) -> dict[str, tuple[int, int]]:
    onward: dict[str, list[str]] = defaultdict(list)
    for _, source, target in flows:
        onward[source].append(target)
    first = next(iter(nodes))
    depth, todo = {first: 0}, deque([first])
    while todo:
        node = todo.popleft()
        for target in onward[node]:
            if target not in depth:
                depth[target] = depth[node] + 1
                todo.append(target)
    rows: dict[int, int] = defaultdict(int)
    found = {}
    for node in sorted(nodes, key=lambda each: depth.get(each, 0)):
        column = depth.get(node, 0)
        found[node] = (LEFT + column * COLUMN, TOP + rows[column] * ROW)
        rows[column] += 1
    return found


def _way(
    nodes: Mapping[str, str], centres: Mapping[str, tuple[int, int]], source: str, target: str
) -> list[tuple[int, int]]:
    """Right side to left side; back and down by the bottoms of both."""
    (x, y), (u, v) = centres[source], centres[target]
    (width, height), (wide, high) = _size(nodes[source]), _size(nodes[target])
    if u > x:
        middle = (x + u) // 2
        start, end = (x + width // 2, y), (u - wide // 2, v)
        return [start, end] if y == v else [start, (middle, y), (middle, v), end]
    low = max(y + height // 2, v + high // 2) + 20
    return [(x, y + height // 2), (x, low), (u, low), (u, v + high // 2)]


def _size(tag: str) -> tuple[int, int]:
    return next(size for ending, size in SIZES.items() if tag.endswith(ending))


def _put(parent: etree._Element, space: str, name: str, **numbers: int) -> None:
    etree.SubElement(parent, f"{{{space}}}{name}", {key: str(value) for key, value in numbers.items()})
