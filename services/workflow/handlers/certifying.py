"""送達回證: the certificate of a service, however it was made. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.workflow.domain import delivery
from services.workflow.domain.case import NOTES, Case
from services.workflow.handlers.papers import print_and_name
from services.workflow.ports import Room

Json = Mapping[str, Any]


def certify(data: Json, recipient: str, case: Case, room: Room) -> None:
    """What was served, by which way, to whom, and the day from which it counts; the certificate is printed."""
    facts = {
        "way": data["way"],
        "on": data["on"],
        "served_on": delivery.counts_from(data["way"], date.fromisoformat(data["on"]), case.body).isoformat(),
        "recipient": recipient,
        "evidence": data.get("evidence", ""),
        "reason": data.get("reason", ""),
        "at": room.work.at,
    }
    facts["document"] = print_and_name(case, "service", room, facts)
    service_of(case)["served"] = facts
    room.timeline.add(case, facts["at"], "delivered", NOTES["delivered"])
    room.work.audit("case.serve", case.case_no, way=facts["way"], served_on=facts["served_on"])


def by_consent(case: Case, room: Room) -> None:
    """電子送達: a decision reaches who agreed to it on the day on which it is there to read."""
    if delivery.consented(case.body) and delivery.servable(case):
        today = room.work.now.date().isoformat()
        certify({"way": delivery.ELECTRONIC, "on": today}, delivery.APPLICANT, case, room)


def service_of(case: Case) -> dict[str, Any]:
    """{consent, attempts, served} of the case, to be written to."""
    found: dict[str, Any] = case.body.setdefault("service", {})
    return found
