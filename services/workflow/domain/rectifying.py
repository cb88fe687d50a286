"""The clock of putting right 整改期限 (GB/T 39735): it runs on the agency's calendar from the day a bad rating was
verified, shows a light, and tells the next level when it has run out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gdbos_contracts.errors import Conflict
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.clock import GREEN, RED, WORKING, YELLOW, Clock
from services.workflow.domain.order import ESCALATION_DAYS, LEVELS
from services.workflow.domain.rating import MOVES, RECTIFYING

TOP = len(LEVELS) - 1


def started(days: int, today: date, calendar: Calendar) -> dict[str, Any]:
    """{rectify_by, yellow_from, answer_by, light, escalation} of a clock of `days` working days from `today`."""
    clock = Clock(days, WORKING, today)
    due = clock.due(calendar).isoformat()
    yellow = clock.yellow_from(calendar).isoformat()
    return {"rectify_by": due, "yellow_from": yellow, "answer_by": due, "light": GREEN, "escalation": 0}


def recounted(row: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    """What of {rectify_by, yellow_from, answer_by} a changed calendar moves; {} for nothing.

    The days are working days, so a new holiday gives the agency its day back. Who rated was told the last day, and the
    agency planned by it: a new working day takes none away. A level that was told already keeps its own day.
    """
    counted = started(row["rectify_days"], began(row), calendar)
    if counted["rectify_by"] <= row["rectify_by"]:
        return {}
    moved = ("rectify_by", "yellow_from") if row["escalation"] else ("rectify_by", "yellow_from", "answer_by")
    return {name: counted[name] for name in moved}


def began(row: Mapping[str, Any]) -> date:
    """The day of the verification: of the last move that made it a matter to be put right."""
    moves = {action for (_, action), (stage, _) in MOVES.items() if stage == RECTIFYING}
    return date.fromisoformat(next(e["on"] for e in reversed(row["log"]) if e["action"] in moves))


def light(row: Mapping[str, Any], today: date) -> str:
    """red after the last day, yellow when a fifth of the days or one is left, else green."""
    if row["rectify_by"] < today.isoformat():
        return RED
    return YELLOW if row["yellow_from"] <= today.isoformat() else GREEN


def escalated(row: Mapping[str, Any], today: date, calendar: Calendar) -> dict[str, Any]:
    """One level up, with a new day. Conflict when it was put right, is not late or is at the top."""
    late = row["stage"] == RECTIFYING and row["answer_by"] < today.isoformat()
    if not late or row["escalation"] >= TOP:
        raise Conflict
    return {
        "escalation": row["escalation"] + 1,
        "answer_by": calendar.add(today, ESCALATION_DAYS).isoformat(),
    }
