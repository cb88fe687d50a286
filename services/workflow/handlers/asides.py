"""Tasks that no process draws: the approval of an extension, a question that the lead asks by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.workflow.domain import opinions
from services.workflow.domain.case import Case
from services.workflow.ports import Room

Json = Mapping[str, Any]
REQUEST = "extension"
"""Who asked may not approve: the doer under this name."""
FURTHER = "further"
"""Before the number of a question asked by hand."""


def extension_task(case: Case, approver: str, room: Room) -> dict[str, Any]:
    """For the approver alone: whoever asked may not approve."""
    return {
        **_row(case, case.body["extension_request"]["token"], room),
        "element": "extension_approval",
        "name": "延期审批",
        "role": approver,
        "agency": case.agency,
        "actions": ["approve_extension", "refuse_extension"],
        "apart": [REQUEST],
        "reads": None,
        "task_due": None,
    }


def further_task(case: Case, asked: Json, token: str, last: date, room: Room) -> dict[str, Any]:
    """For the agency that is asked, which sees what the item lets it read."""
    return {
        **_row(case, token, room),
        "element": "further_opinion",
        "name": "补充征求意见",
        "role": asked.get("role", "reviewer"),
        "agency": asked["agency"],
        "actions": sorted(opinions.KINDS),
        "form": list(asked.get("form", ())),
        "apart": [],
        "reads": list(asked.get("reads", ())),
        "task_due": last.isoformat(),
    }


def _row(case: Case, token: str, room: Room) -> dict[str, Any]:
    return {
        "id": f"{case.case_no}:{token}",
        "case_no": case.case_no,
        "token": token,
        "form": [],
        "region": case.region,
        "person": room.people.of(case.subject),
        "filer": case.body.get("filer"),
        "item": case.item,
        "item_name": case.name,
        "applicant": case.body.get("applicant_name", ""),
        "created_at": room.work.at,
    }
