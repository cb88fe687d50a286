"""A picture of who uses an element: its code list on the left, its users on the right, lines between.

Only geometry and words; the template writes it as SVG, and a table beside it says the same to everybody.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

ROW, BOX, GAP = 46, 34, 12
_WIDTHS, _SPACE = (230, 260, 230), 80
"""Widths of the three columns, and the space for the lines between them."""
MOST = 14
"""Users drawn; the table has every one."""


@dataclass(frozen=True, slots=True)
class Node:
    """`kind` is a class of its box: list, element, item, source, form, document, licence, process, more."""

    kind: str
    label: str
    x: int = 0
    y: int = 0
    width: int = 0

    @property
    def short(self) -> str:
        """The label as far as it fits."""
        return shortened(self.label, (self.width - 24) // 8)


@dataclass(frozen=True, slots=True)
class Graph:
    """Boxes of `BOX` height, and lines between them as SVG paths."""

    height: int
    width: int
    nodes: tuple[Node, ...]
    lines: tuple[str, ...]
    box: int = BOX


def draw(centre: str, lists: Sequence[str], users: Sequence[tuple[str, str]], more: str) -> Graph:
    """`users` are (kind, label); those beyond MOST become one box that says `more`. An empty column takes no
    space."""
    right = [Node(kind, label) for kind, label in users[:MOST]]
    if len(users) > MOST:
        right.append(Node("more", more))
    columns = ([Node("list", label) for label in lists], [Node("element", centre)], right)
    rows = max(1, *(len(column) for column in columns))
    height = rows * ROW + GAP
    placed, x = [], 0
    for nodes, width in zip(columns, _WIDTHS, strict=True):
        placed.append(_placed(nodes, x, width, height))
        x += width + _SPACE if nodes else 0
    left, (middle,), ends = placed
    lines = [_line(node, middle) for node in left] + [_line(middle, node) for node in ends]
    return Graph(height, x - _SPACE, (*left, middle, *ends), tuple(lines))


def shortened(text: str, cells: int) -> str:
    """At most that many cells, of which a Chinese character takes two; cut ones end with an ellipsis."""
    taken = 0
    for at, character in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if taken > cells:
            return text[: max(1, at - 1)] + "…"
    return text


def _placed(nodes: Sequence[Node], x: int, width: int, height: int) -> list[Node]:
    """A column, centred."""
    top = (height - len(nodes) * ROW + ROW - BOX) // 2
    return [Node(node.kind, node.label, x, top + at * ROW, width) for at, node in enumerate(nodes)]


def _line(start: Node, end: Node) -> str:
    x1, y1, x2, y2 = start.x + start.width, start.y + BOX // 2, end.x, end.y + BOX // 2
    middle = (x1 + x2) // 2
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
