"""CSV (RFC 4180): first lines `@key,JSON` about the list, then the table."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from services.standards.domain.codelist import CodeList
from services.standards.domain.codelist_formats import table

MARK, EMPTY, ESCAPE = "@", "\\e", "\\"
"""A text that is there and empty is written `\\e`, because an empty cell is a text that is not there."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the head of a cell; such a text is written with `\\` before it."""
FIELD_LIMIT = 1 << 20


def write(found: CodeList) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    for key, value in table.facts(found).items():
        writer.writerow([MARK + key, json.dumps(value, ensure_ascii=False)])
    names = table.header(found)
    writer.writerow(names)
    for row in table.rows(found):
        writer.writerow([_cell(row.get(name)) for name in names])
    return out.getvalue()


def read(text: str) -> dict[str, Any]:
    """ValueError for what is no such table."""
    csv.field_size_limit(FIELD_LIMIT)
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    said: dict[str, Any] = {}
    try:
        for line in lines:
            if line and line[0] == table.KEY:
                return table.data(said, [_row(line, each) for each in lines if each])
            if len(line) != 2 or not line[0].startswith(MARK):
                raise ValueError(f"line {lines.line_num} is neither about the list nor its header")
            said[line[0].removeprefix(MARK)] = json.loads(line[1])
    except csv.Error as error:
        raise ValueError(f"line {lines.line_num}: {error}") from error
    raise ValueError("there is no header line")


def _row(names: list[str], cells: list[str]) -> table.Row:
    if len(cells) != len(names):
        raise ValueError(f"{len(cells)} cells under {len(names)} names")
    return {name: _text(cell) for name, cell in zip(names, cells, strict=True) if cell}


def _cell(text: str | None) -> str:
    if text is None:
        return ""
    inert = ESCAPE if text.startswith(FORMULA) else ""
    return inert + text.replace(ESCAPE, ESCAPE * 2) or EMPTY


def _text(cell: str) -> str:
    if cell == EMPTY:
        return ""
    plain = cell[1:] if cell.startswith(ESCAPE) and cell[1:].startswith(FORMULA) else cell
    return plain.replace(ESCAPE * 2, ESCAPE)
