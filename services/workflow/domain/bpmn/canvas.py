"""A picture in SVG to which texts, signs and badges are added; what is added later lies on top."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from services.workflow.domain.bpmn.lettering import wrapped

_SVG = "http://www.w3.org/2000/svg"
_SPACES: Any = {None: _SVG}
LINE = 14.0
"""Units from one line of text to the next."""
STYLE = (
    "text{font:11px sans-serif;fill:#222}.s,.p{fill:#fff;stroke:#333;stroke-width:1.5}.f{fill:none;stroke:#333}"
    ".d{stroke-dasharray:4 3}.k{stroke-width:3}.g{fill:none;stroke:#333;stroke-width:1.4}"
    ".at{stroke:#1d5fbf;stroke-width:3;fill:#e5effc}.o{fill:#333}.b{fill:#8f1d17}.n{fill:#fff}"
)
"""Also in the portal's bpmn.css: a page under a strict content policy leaves the element out and links that file."""


class Canvas:
    """`right` and `top` grow with what is drawn; nothing is written while nothing is `drawn`."""

    def __init__(self) -> None:
        self.top = self.right = 0.0
        self.drawn = False
        self.root = etree.Element(f"{{{_SVG}}}svg", nsmap=_SPACES)
        self.add(self.root, "style").text = STYLE
        arrow = self.add(
            self.add(self.root, "defs"), "marker", id="a", viewBox="0 0 10 10", refX="10", refY="5"
        )
        arrow.attrib.update({"markerWidth": "7", "markerHeight": "7", "orient": "auto"})
        self.add(arrow, "path", d="M0 0L10 5L0 10z", fill="#333")

    def add(self, parent: Any, tag: str, **attributes: Any) -> Any:
        written = {name.rstrip("_").replace("_", "-"): number(value) for name, value in attributes.items()}
        return etree.SubElement(parent, f"{{{_SVG}}}{tag}", written)

    def badge(self, group: Any, words: str, x: float, y: float) -> None:
        width = 12 + 7 * len(words)
        self.add(group, "rect", class_="b", x=x - width / 2, y=y - 9, width=width, height=18, rx=9)
        made = self.add(group, "text", class_="n", x=x, y=y + 4, text_anchor="middle")
        made.text = words

    def glyph(self, group: Any, path: str, x: float, y: float, scale: float, full: bool) -> None:
        place = f"translate({number(x)},{number(y)}) scale({number(scale)})"
        made = self.add(group, "path", class_="g", d=path, transform=place)
        if full:
            made.set("class", "g o")

    def text(self, group: Any, words: str, x: float, top: float, width: float) -> None:
        self.lines(group, wrapped(words, width), x, top + LINE)

    def lines(self, group: Any, lines: Iterable[str], x: float, y: float) -> None:
        for number, line in enumerate(lines):
            made = self.add(group, "text", x=x, y=y + number * LINE, text_anchor="middle")
            made.text = line

    def written(self) -> bytes:
        if not self.drawn:
            return b""
        size = f"0 0 {number(self.right)} {number(self.top)}"
        self.root.attrib.update(
            {"viewBox": size, "width": number(self.right), "height": number(self.top), "role": "img"}
        )
        return bytes(etree.tostring(self.root))


def number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
