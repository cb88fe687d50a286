"""The supervision order 督辦: issued 發出 → signed 簽收 → replied 反饋 → closed 核銷."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gdbos_contracts.errors import Conflict, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.workflow.domain.calendar import Calendar

STEPS: Mapping[str, tuple[str, str]] = {
    "sign": ("issued", "signed"),
    "reply": ("signed", "replied"),
    "close": ("replied", "closed"),
}
"""Act → the state it needs, the state it makes."""
UNANSWERED = ("issued", "signed")
LEVELS = ("agency", "agency_head", "government")


def waiting(id: int) -> str:
    """The name of what time does to an order, among what it does to the order's case."""
    return f"order:{id}"


"""Who an order weighs on; each day missed carries it one level up."""
ESCALATION_DAYS = 3
"""Working days that the next level has."""
_SUPERVISORS = frozenset({"supervisor", "admin"})


def allow(act: str, agency: str, principal: Principal, line: Sequence[str]) -> None:
    """Supervisors close, the agency signs and replies. NotFound for another agency's order."""
    if principal.kind in _SUPERVISORS:
        if act != "close":
            raise Forbidden
    elif principal.kind != "clerk" or agency not in line:
        raise NotFound
    elif act == "close":
        raise Forbidden


def moved(act: str, order: Mapping[str, Any], at: str, by: str, text: str) -> dict[str, Any]:
    """The order after the act; Conflict when its state does not allow it."""
    needed, then = STEPS[act]
    if order["state"] != needed:
        raise Conflict
    facts: Mapping[str, Mapping[str, Any]] = {
        "sign": {"signed_by": by, "signed_at": at},
        "reply": {"reply": text, "replied_at": at},
        "close": {"closed_at": at},
    }
    return {**order, **facts[act], "state": then}


def escalated(order: Mapping[str, Any], today: date, calendar: Calendar) -> dict[str, Any]:
    """One level up, with a new day. Conflict when it was answered, is not late or is at the top."""
    late = order["state"] in UNANSWERED and order["due"] < today.isoformat()
    if not late or order["level"] >= len(LEVELS) - 1:
        raise Conflict
    return {
        **order,
        "level": order["level"] + 1,
        "due": calendar.add(today, ESCALATION_DAYS).isoformat(),
    }


def actions(state: str, principal: Principal) -> list[str]:
    """What the caller may do with an order of theirs in this state."""
    supervising = principal.kind in _SUPERVISORS
    return [act for act, (needed, _) in STEPS.items() if needed == state and (act == "close") == supervising]
