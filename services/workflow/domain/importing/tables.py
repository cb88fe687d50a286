"""A state table as agencies keep it in a spreadsheet: state, action, role, next, sla (working days), one row an action.

The heading may be Chinese; the first row's state is where a case begins; a state without a row of its own, or
whose row has no action, is an end.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from gdbos_contracts.errors import BadInput, Fault
from services.workflow.domain.importing.faults import fault
from services.workflow.domain.importing.machines import Action, Machine, State, checked

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "state": ("state", "状态", "狀態", "环节", "環節"),
    "action": ("action", "动作", "動作", "操作"),
    "role": ("role", "角色", "岗位", "崗位"),
    "next": ("next", "下一环节", "下一環節", "下一状态", "下一狀態"),
    "sla": ("sla", "时限", "時限", "工作日"),
}
Row = Mapping[str, str]


def read(content: bytes, name: str) -> list[Machine]:
    """One machine, called `name`. BadInput with a pointer to each line (/line/column)."""
    rows = _rows(_text(content))
    faults = [each for number, row in rows for each in _faults(number, row)]
    if faults or not rows:
        raise BadInput(faults=faults or [fault("", "missing", "state")])
    return [checked(Machine(name, name, rows[0][1]["state"], tuple(_states(rows))))]


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(faults=[fault("", "encoding")])


def _rows(text: str) -> list[tuple[int, Row]]:
    """(line, row by our column names); blank lines are passed over."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise BadInput(faults=[fault(f"/{reader.line_num}", "shape", str(error))]) from error
    heading = [cell.lower() for cell in lines[0][1]] if lines else []
    places = {
        name: next((heading.index(each) for each in known if each in heading), None)
        for name, known in COLUMNS.items()
    }
    absent = [name for name in ("state", "action", "role", "next") if places[name] is None]
    if absent:
        raise BadInput(faults=[fault("/1", "column", name) for name in absent])
    return [
        (line, {name: row[at] if at is not None and at < len(row) else "" for name, at in places.items()})
        for line, row in lines[1:]
        if any(row)
    ]


def _faults(line: int, row: Row) -> list[Fault]:
    found = []
    if not row["state"]:
        found.append(fault(f"/{line}/state", "missing", "state"))
    if row["action"] and not row["next"]:
        found.append(fault(f"/{line}/next", "missing", "next"))
    if row["action"] and not row["role"]:
        found.append(fault(f"/{line}/role", "no_role", row["action"]))
    if row["sla"] and not (row["sla"].isascii() and row["sla"].isdigit() and int(row["sla"]) > 0):
        found.append(fault(f"/{line}/sla", "days", row["sla"]))
    return found


def _states(rows: Sequence[tuple[int, Row]]) -> list[State]:
    names = dict.fromkeys(row["state"] for _, row in rows)
    names |= dict.fromkeys(row["next"] for _, row in rows if row["next"])
    return [_state(name, [(line, row) for line, row in rows if row["state"] == name]) for name in names]


def _state(name: str, rows: Sequence[tuple[int, Row]]) -> State:
    actions = tuple(
        Action(row["action"], row["next"], tuple(row["role"].replace("、", " ").replace("/", " ").split()))
        for _, row in rows
        if row["action"]
    )
    days = next((int(row["sla"]) for _, row in rows if row["sla"]), None)
    return State(name, name, actions, days, f"/{rows[0][0]}" if rows else "")
