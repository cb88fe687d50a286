"""Take a closed application up again, as a new case that names the old one."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from gdbos_contracts.errors import Conflict, NotFound
from gdbos_contracts.principal import Principal
from services.workflow.domain.case import Case
from services.workflow.domain.reopening import may_reopen
from services.workflow.handlers.advancing import note
from services.workflow.handlers.following import visible
from services.workflow.handlers.submitting import number_of, open_case
from services.workflow.ports import Room

Json = Mapping[str, Any]
FILED = (
    "item", "applicant_name", "filer", "situation", "choices", "answers", "elements", "asked", "materials", "limits", "proxy",
)  # fmt: skip
"""What an application holds before anybody handles it."""


def reopen(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """By the applicant, or by a supervisor after a 復議 or a judgment. Asked again, the same new case."""
    old = visible(command["case_no"], principal, room)
    if principal.kind != "supervisor" and not old.seen_by_applicant(principal.id, principal.subject):
        raise NotFound
    if "reopened_as" in old.body:
        return _answer(old.body["reopened_as"], old.case_no)
    if not may_reopen(old):
        raise Conflict
    case = _again(old, command["reason"], room)
    note(case, "reopens", room)
    open_case(case, room)
    room.cases.add(case)
    old.body["reopened_as"] = case.case_no
    note(old, "reopened", room)
    room.cases.save(old)
    room.work.audit("case.reopen", old.case_no, as_case=case.case_no)
    room.work.commit()
    return _answer(case.case_no, old.case_no)


def _again(old: Case, reason: str, room: Room) -> Case:
    body = deepcopy({name: old.body[name] for name in FILED if name in old.body})
    facts = {"item": old.item, "agency": old.agency, "region": old.region}
    return Case(
        case_no=number_of(facts, old.body["item"].get("handling", {}).get("numbering"), room),
        kind=old.kind,
        item=old.item,
        item_version=old.item_version,
        name=old.name,
        region=old.region,
        agency=old.agency,
        applicant=old.applicant,
        subject=old.subject,
        state="submitted",
        submitted_at=room.work.at,
        process=old.process,
        process_version=old.process_version,
        body={**body, "consents": [], "reopens": {"case_no": old.case_no, "reason": reason}},
    )


def _answer(case_no: str, old: str) -> dict[str, Any]:
    return {"case_no": case_no, "reopens": old}
