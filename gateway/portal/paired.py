"""The entries of a crosswalk as somebody typed or pasted them: a line for each, its cells parted by commas or tabs.

    330104,330102|330114,2021-04-09,,分入兩區
    1,,,,

The code that is read from, its counterparts parted by `|` (none: it has none), the first day, the first day on which it
no longer holds, and a note, whose three languages are parted by `|`. Only the first cell is needed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from gateway.portal.faults import fault
from gdbos_contracts.errors import BadInput, Fault
from gdbos_contracts.text import LANGUAGES

LONGEST, CELLS = 2_000_000, 5
_APART = "|"


def read(text: str) -> list[dict[str, Any]]:
    """The `entries` of a crosswalk. BadInput names every line of more than five cells or without a code."""
    entries: list[dict[str, Any]] = []
    faults: list[Fault] = []
    delimiter = "\t" if "\t" in text else ","
    lines = text[:LONGEST].splitlines()
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
        if not any(cells):
            continue
        if len(cells) > CELLS or not cells[0]:
            faults.append(_unreadable(number))
            continue
        entries.append(_entry([*cells, *[""] * CELLS][:CELLS]))
    if faults:
        raise BadInput(faults=faults)
    return entries


def written(entries: Sequence[Mapping[str, Any]]) -> str:
    """The same lines again, of a crosswalk that is to get another version."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [
            each["source"],
            _APART.join(each["targets"]),
            each.get("valid_from", ""),
            each.get("valid_to", ""),
            _APART.join(each["note"].get(language, "") for language in LANGUAGES) if each.get("note") else "",
        ]
        for each in entries
    )
    return out.getvalue()


def _entry(cells: Sequence[str]) -> dict[str, Any]:
    source, targets, begins, ends, note = cells
    said = {"valid_from": begins, "valid_to": ends, "note": _note(note) if note else ""}
    found = {
        "source": source,
        "targets": [value for each in targets.split(_APART) if (value := each.strip())],
    }
    return found | {name: value for name, value in said.items() if value}


def _note(text: str) -> dict[str, str]:
    """One note stands for all three."""
    given = [part.strip() for part in text.split(_APART)]
    return {language: given[min(at, len(given) - 1)] for at, language in enumerate(LANGUAGES)}


def _unreadable(number: int) -> Fault:
    return fault(
        f"/entries/{number}",
        "line",
        f"第 {number} 行不是“源代码,目标代码,起,止,说明”",
        f"第 {number} 行不是「來源代碼,目標代碼,起,止,說明」",
        f"Line {number} is not: code, counterparts, from, until, note",
    )
