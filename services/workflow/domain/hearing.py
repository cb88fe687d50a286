"""The hearing 聽證 (行政許可法 Art. 46–48): told, asked for, called, held, and its record before the decision.

`handling.hearing` of the item: {required: `always` | `on_request`}. `always` is for what the law wants heard whether
anybody asks or not (Art. 46); `on_request` for what touches major interests of the applicant or of others (Art. 47).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from gdbos_contracts.errors import Fault
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.faults import fault
from services.workflow.domain.limits import HEARING_NOTICE_DAYS, Hearing

Json = Mapping[str, Any]
TELL, PARTY, CALL, RECORD = ACTS = ("tell_hearing", "party_request", "call_hearing", "record_hearing")
ALWAYS, ON_REQUEST = "always", "on_request"
KIND = "hearing"
"""Of the special procedure, whose time is not counted (Art. 45)."""


def rule_of(body: Json) -> str:
    """`always`, `on_request`, or "" for an item without hearings."""
    return str(body.get("item", {}).get("handling", {}).get("hearing", {}).get("required", ""))


def steps(body: Json) -> list[str]:
    """The acts of a clerk that come next, between acceptance and decision."""
    held = body.get("hearing")
    if not rule_of(body) or not body.get("accepted_on") or body.get("decision"):
        return []
    if held is None:
        return [TELL]
    if held.get("record"):
        return []
    if held.get("notice"):
        return [CALL, RECORD]
    if held.get("requested_on"):
        return [CALL]
    return [PARTY, CALL] if rule_of(body) == ALWAYS else [PARTY]


def told(today: date, parties: str, calendar: Calendar) -> dict[str, Any]:
    """The applicant and the interested parties are told of their right, and until when they may use it."""
    last = Hearing.of(today, None, calendar).request_by
    return {"told_on": today.isoformat(), "request_by": last.isoformat(), "parties": parties}


def may_answer(body: Json, today: date) -> bool:
    """Whether somebody may still ask for the hearing, or do without it."""
    held = body.get("hearing")
    return held is not None and not _answered(held) and today.isoformat() <= held["request_by"]


def requested(held: Json, today: date, by: str, calendar: Calendar) -> dict[str, Any]:
    """Asked for today: it is to be held within twenty working days."""
    hearing = Hearing.of(date.fromisoformat(held["told_on"]), today, calendar)
    assert hearing.held_by is not None
    return {"requested_on": today.isoformat(), "by": by, "held_by": hearing.held_by.isoformat()}


def call_faults(held: Json, today: date, on: str) -> list[Fault]:
    """Seven days' notice always; within the twenty days as long as that is still possible."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return [fault("/data/held_on", "no_day", on)]
    earliest = today + timedelta(days=HEARING_NOTICE_DAYS)
    if day < earliest:
        return [fault("/data/held_on", "hearing_notice", earliest.isoformat())]
    last = held.get("held_by")
    if last and earliest.isoformat() <= last < day.isoformat():
        return [fault("/data/held_on", "hearing_late", last)]
    return []


def presiding_faults(presiding: str, reviewer: str) -> list[Fault]:
    """聽證主持人 is somebody other than who reviews the application (Art. 48 (3)). Both are names, that of the presiding
    officer perhaps with an office."""
    name = set(reviewer.split())
    same = bool(name) and name <= set(presiding.split())
    return [fault("/data/presiding", "presiding_reviews", reviewer)] if same else []


def overdue(held: Json, on: str) -> bool:
    """Whether a hearing on that day is after the twenty days: a matter for the supervisors."""
    return bool(held.get("held_by")) and on > held["held_by"]


def against(body: Json, today: date) -> str | None:
    """Why nothing may be decided now; None when nothing is against it."""
    rule, held = rule_of(body), body.get("hearing") or {}
    if not rule or held.get("record"):
        return None
    if held.get("requested_on") or rule == ALWAYS:
        return "hearing_open"
    if not held:
        return "hearing_not_told"
    return "hearing_window" if _window(held, today) else None


def _window(held: Json, today: date) -> bool:
    """The applicant's word closes it before its last day only where no interested party has a right of its own."""
    alone = held.get("waived_on") and not held.get("parties")
    return not alone and today.isoformat() <= held["request_by"]


def _answered(held: Json) -> bool:
    return bool(held.get("requested_on") or held.get("waived_on"))
