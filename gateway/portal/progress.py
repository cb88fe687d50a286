"""How far a case is: the steps that people recognise, whatever the process behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.portal import fields
from gdbos_contracts.text import Text

Json = Mapping[str, Any]
STEPS = ("submitted", "accepted", "reviewing", "decided", "closed")
_AT: Mapping[str, int] = {
    "waiting": 0,
    "submitted": 0,
    "received": 0,
    "correction_requested": 0,
    "sent_back": 0,
    "accepted": 1,
    "reviewing": 2,
    "suspended": 2,
    "deciding": 2,
    "decided": 3,
    "issuing": 3,
    "delivering": 3,
    "closed": 4,
    "archived": 4,
}
"""Case state → the last step that was reached."""
_REACHED_BY = {
    "submitted": ("submitted", "waiting"),
    "accepted": ("accepted",),
    "reviewing": ("passed", "accepted"),
    "decided": ("granted", "denied"),
    "closed": ("closed", "denied", "refused_acceptance", "withdrawn", "not_corrected", "terminated", "done"),
}


def steps(case: Json) -> list[dict[str, Any]]:
    """[{id, state: done|current|todo, at}]: a closed case is done with the steps that it went through."""
    reached = _AT.get(case["status"], 0)
    made = []
    for index, name in enumerate(STEPS):
        at = next((e["at"] for e in case["timeline"] if e["event"] in _REACHED_BY[name]), "")
        if case["status"] in ("closed", "archived"):
            state = "done" if at or name == "closed" else "skipped"
        else:
            state = "done" if index < reached else "current" if index == reached else "todo"
        made.append({"id": name, "state": state, "at": at if state in ("done", "current") else ""})
    return made


def share(case: Json) -> int:
    """Steps reached, of the five."""
    return _AT.get(case["status"], 0) + 1


def notice_of(case: Json) -> Json:
    """The notice that the applicant is to answer now: 預審退回 or 補正."""
    return case.get("sent_back" if case["status"] == "sent_back" else "correction") or {}


def correction_lines(case: Json, schema: Json, materials: Mapping[str, Text]) -> list[dict[str, Any]]:
    """The faults of the one correction notice, each with the name of its field and where to put it right."""
    notice = notice_of(case)
    lines = []
    for fault in notice.get("faults", ()):
        name = fault.get("field", "")
        label: Text | str = materials.get(name) or (fields.label(schema, name) if name else "")
        lines.append(
            {"field": name, "label": label, "message": fault["message"], "href": fields.anchor(name)}
        )
    return lines
