"""The wording of a document, taken out of its page for the screen: the paper says word for word the same."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

_UNSEEN = frozenset({"head", "script", "style", "template"})
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "body", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "header"}
    | {"hr", "li", "main", "ol", "p", "section", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)  # fmt: skip
_HEADINGS = frozenset({"h2", "h3", "h4"})
_CELLS = frozenset({"td", "th"})
_OF = {"paragraph": "text", "heading": "text", "sign": "text", "list": "items", "table": "rows"}
"""Kind of a block → what it holds."""


def wording(html: str) -> tuple[str, list[dict[str, Any]]]:
    """(title, blocks): the first h1, and {kind: paragraph|heading|sign, text}, {kind: list, items} or
    {kind: table, rows} in their order. What stands in a footer is a `sign`; the rows of a table are equally long."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.title, [_even(block) for block in reader.blocks if any(block.get(_OF[block["kind"]], ()))]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.blocks: list[dict[str, Any]] = []
        self._open: list[str] = []
        self._text: list[str] = []

    def close(self) -> None:
        super().close()
        self._open.clear()
        self.flush()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _BLOCKS:
            self.flush()
        if tag in ("ol", "ul"):
            self.blocks.append({"kind": "list", "items": []})
        elif tag == "table":
            self.blocks.append({"kind": "table", "rows": []})
        elif tag == "tr":
            self._table().append([])
        elif tag == "br":
            self._text.append(" ")
        if tag in _BLOCKS | _UNSEEN:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush(cell=tag in _CELLS)
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not _UNSEEN & set(self._open):
            self._text.append(data)

    def flush(self, cell: bool = False) -> None:
        """What was read so far belongs to the block that is open; an empty cell is still a cell."""
        if not cell and _CELLS & set(self._open):
            self._text.append(" ")
            return
        text, self._text = " ".join("".join(self._text).split()), []
        if cell:
            self._row().append(text)
        elif text:
            self._put(text)

    def _put(self, text: str) -> None:
        within = set(self._open)
        if "h1" in within and not self.title:
            self.title = text
        elif "li" in within and self.blocks and self.blocks[-1]["kind"] == "list":
            self.blocks[-1]["items"].append(text)
        else:
            kind = "heading" if _HEADINGS & within else "sign" if "footer" in within else "paragraph"
            self.blocks.append({"kind": kind, "text": text})

    def _table(self) -> list[list[str]]:
        """The rows of the table that is open, or of one made here where a cell stands outside of any."""
        if not self.blocks or self.blocks[-1]["kind"] != "table":
            self.blocks.append({"kind": "table", "rows": []})
        rows: list[list[str]] = self.blocks[-1]["rows"]
        return rows

    def _row(self) -> list[str]:
        rows = self._table()
        if not rows:
            rows.append([])
        return rows[-1]


def _even(block: Mapping[str, Any]) -> dict[str, Any]:
    if block["kind"] != "table":
        return dict(block)
    rows = [row for row in block["rows"] if row]
    widest = max(map(len, rows), default=0)
    return {"kind": "table", "rows": [row + [""] * (widest - len(row)) for row in rows]}
