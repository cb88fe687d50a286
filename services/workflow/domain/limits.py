"""The limits of the Administrative Licensing Law 行政許可法, in working days unless it says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.workflow.domain.calendar import Calendar

NOTICE_DAYS = 5
"""One-time correction notice (Art. 32): on the spot or within five days of receipt."""
FIRST_REVIEW_DAYS = 20
"""The lower level's review before it reports up (Art. 43)."""
DELIVERY_DAYS = 10
"""From the decision to the licence in the applicant's hands (Art. 44)."""
HEARING_REQUEST_DAYS, HEARING_HELD_DAYS, HEARING_NOTICE_DAYS = 5, 20, 7
"""Hearing (Art. 47, 48): asked for within 5 days of the notice, held within 20 days of the request,
its time and place told 7 days before."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How long a decision may take, by how much it may be extended, once, and by whom."""

    days: int
    extension: int
    approver: str


DECISIONS: Mapping[str, Decision] = {
    "single": Decision(20, 10, "agency_head"),
    "joint": Decision(45, 15, "government_head"),
}
"""Art. 42: one agency, or unified, joint or centralised handling 統一、聯合、集中辦理."""


def decision_of(body: Mapping[str, Any]) -> Decision:
    """The rule that the case's statutory limit follows; `single` unless the item says joint."""
    return DECISIONS[body["limits"].get("statutory", {}).get("kind") or "single"]


def received_on(body: Mapping[str, Any], submitted_at: str) -> date:
    """The day of receipt: of the corrected application, once there was a notice."""
    return date.fromisoformat((body.get("received_on") or submitted_at)[:10])


def notice_due(received: date, calendar: Calendar) -> date:
    """The last day for the one notice (Art. 32)."""
    return calendar.add(received, NOTICE_DAYS)


def last_moment(day: str) -> str:
    """The end of a day that people were told, as a moment that timers of a process know."""
    return f"{day}T23:59:59+08:00"


def accepted_on(received: date, today: date, calendar: Calendar) -> date:
    """The day that counts as acceptance (Art. 32): today, or the day of receipt when five days went by
    without a word."""
    return received if today > notice_due(received, calendar) else today


def late(body: Mapping[str, Any], submitted_at: str, today: date, calendar: Calendar) -> bool:
    """Whether a notice of today comes after the five days."""
    received = received_on(body, submitted_at)
    return accepted_on(received, today, calendar) != today


def delivery_due(decided: date, calendar: Calendar) -> date:
    """The last day to issue and deliver."""
    return calendar.add(decided, DELIVERY_DAYS)


@dataclass(frozen=True, slots=True)
class Hearing:
    """The days that a hearing 聽證 must keep."""

    request_by: date
    held_by: date | None = None

    @classmethod
    def of(cls, told: date, requested: date | None, calendar: Calendar) -> Hearing:
        """From the day the applicant was told of the right, and the day it was used."""
        held = calendar.add(requested, HEARING_HELD_DAYS) if requested else None
        return cls(calendar.add(told, HEARING_REQUEST_DAYS), held)

    def admits(self, noticed: date, held: date) -> bool:
        """Whether a hearing on `held`, its time told on `noticed`, is in time. The seven days are natural
        days: Art. 48 protects the applicant's preparation, not the agency's workload."""
        in_time = self.held_by is not None and held <= self.held_by
        return in_time and held >= noticed + timedelta(days=HEARING_NOTICE_DAYS)
