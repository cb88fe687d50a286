"""A special procedure 特別程序 begins and ends: the clock stands still between. Nothing here commits."""

from __future__ import annotations

from datetime import date

from services.workflow.domain import actions
from services.workflow.domain.case import Case


def pause(case: Case, kind: str, days: int, reason: str, today: date) -> None:
    """`days` is how long it is thought to last."""
    if case.state != "suspended":
        case.body["state_before"], case.state = case.state, "suspended"
    begun = {"start": today.isoformat(), "end": None, "kind": kind, "days": days, "reason": reason}
    case.body.setdefault("pauses", []).append(begun)


def resume(case: Case, kinds: list[str], today: date) -> None:
    """The procedures of these kinds are over; with the last of all, the case goes on."""
    for each in case.body.get("pauses", ()):
        if each["end"] is None and each["kind"] in kinds:
            each["end"] = today.isoformat()
    if case.state == "suspended" and not actions.open_kinds(case.body):
        case.state = case.body.pop("state_before", "reviewing")
