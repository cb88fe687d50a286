"""A table that somebody pasted: its header and some rows, in whatever delimiter it came."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from gateway.portal.faults import fault
from gdbos_contracts.errors import BadInput

DELIMITERS = "\t,;|，；"
MOST_COLUMNS, MOST_ROWS, LONGEST = 100, 200, 200_000
_COMMENTED = re.compile(r"(?P<name>[^（(]+)[（(](?P<comment>[^）)]*)[）)]\s*")


@dataclass(frozen=True, slots=True)
class PastedColumn:
    """A heading `XM（姓名）` is a name with its comment."""

    name: str
    comment: str
    samples: tuple[str, ...]


def read(text: str) -> list[PastedColumn]:
    """Columns of the first 200 rows. Raises BadInput for what has no header, or too many columns."""
    lines = [line for line in text[:LONGEST].splitlines() if line.strip()]
    if not lines:
        raise BadInput(
            faults=[
                fault(
                    "/text", "required", "请粘贴表头和样例行", "請貼上表頭和樣例列", "Paste a header and rows"
                )
            ]
        )
    delimiter = max(DELIMITERS, key=lines[0].count)
    rows = list(csv.reader(lines[: MOST_ROWS + 1], delimiter=delimiter, skipinitialspace=True))
    header = [name.strip() for name in rows[0]]
    if len(header) > MOST_COLUMNS:
        raise BadInput(
            faults=[
                fault(
                    "/text",
                    "too_many",
                    f"最多 {MOST_COLUMNS} 列，现有 {len(header)} 列",
                    f"最多 {MOST_COLUMNS} 欄，現有 {len(header)} 欄",
                    f"At most {MOST_COLUMNS} columns; there are {len(header)}",
                )
            ]
        )
    return [_column(name, at, rows[1:]) for at, name in enumerate(header) if name]


def _column(heading: str, at: int, rows: list[list[str]]) -> PastedColumn:
    found = _COMMENTED.fullmatch(heading)
    name, comment = (found["name"].strip(), found["comment"].strip()) if found else (heading, "")
    samples = tuple(row[at].strip()[:500] for row in rows if at < len(row) and row[at].strip())
    return PastedColumn(name[:200], comment[:500], samples)
