"""Follow a case: list, one, timeline, documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gdbos_contracts.errors import NotFound
from gdbos_contracts.principal import Principal
from services.workflow.domain import (
    archive,
    clock,
    deferral,
    delivery,
    entitlement,
    hearing,
    opinions,
    rating,
    remedies,
    stages,
)
from services.workflow.domain.case import ARCHIVED, OUTCOMES, UNDECIDED, Case, agency_name
from services.workflow.domain.jurisdiction import supervised
from services.workflow.domain.reopening import may_reopen
from services.workflow.handlers.desk import about
from services.workflow.handlers.succeeding import answers_for, succession
from services.workflow.ports import Room

Json = Mapping[str, Any]


def own(case_no: str, principal: Principal, room: Room) -> Case:
    """A case of the caller's; NotFound for anybody else's, so that numbers cannot be probed."""
    case = room.cases.get(case_no)
    if case is None or not case.seen_by_applicant(principal.id, principal.subject):
        raise NotFound
    return case


def visible(case_no: str, principal: Principal, room: Room) -> Case:
    """The applicant's, the handling agency's, the supervisor's of the area; NotFound for others."""
    case = room.cases.get(case_no)
    if case is None or not _may_see(case, principal, room):
        raise NotFound
    return case


def applications(query: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """The caller's applications, newest first; members of a bundle are shown with it."""
    found = room.cases.of_applicant(principal, query["status"], query["cursor"], query["limit"] + 1)
    page = found[: query["limit"]]
    return {
        "applications": [_brief(case, room) for case in page],
        "next": page[-1].case_no if len(found) > len(page) else None,
    }


def application(case_no: str, principal: Principal, room: Room) -> dict[str, Any]:
    """{status, item, clocks, timeline, documents, result, …}; of the answers, what the caller may see."""
    case = visible(case_no, principal, room)
    mine = case.seen_by_applicant(principal.id, principal.subject)
    body = case.body
    seen = _seen(case, principal, room)
    whole = _whole(case, principal)
    return {
        **_brief(case, room),
        "situation": body["situation"],
        **entitlement.projected(body, seen),
        "timeline": list(room.timeline.of(case_no, 0)),
        "documents": list(room.papers.documents(case_no)) if whole or seen else [],
        "messages": list(room.papers.messages(case_no)) if whole or seen else [],
        "correction": entitlement.notice(body.get("correction"), seen),
        "sent_back": entitlement.notice(body.get("sent_back"), seen),
        "decision": body.get("decision"),
        "opinions": opinions.shown(body, None if principal.kind == "clerk" and not mine else ""),
        "deferral": body.get("deferral"),
        "automatic": body.get("automatic") if mine else None,
        "pledge": body.get("pledge"),
        "revoked": body.get("revoked"),
        "stopped": body.get("stopped"),
        "hearing": body.get("hearing"),
        "stages": [{k: v for k, v in each.items() if k != "opinion"} for each in body.get("stages", ())],
        "service": body.get("service"),
        "serving": principal.kind == "clerk" and not mine and delivery.servable(case),
        "archiving": principal.kind == "clerk" and not mine and archive.ready(case),
        "archived": room.archives.entry(case_no) if case.state == ARCHIVED else None,
        "remedies": _remedies(case, room),
        "reopens": body.get("reopens"),
        "reopened_as": body.get("reopened_as"),
        "ratings": [rating.told(each) for each in _ratings(case_no, room)] if mine else [],
        "children": [_brief(child, room) for child in room.cases.children(case_no)],
        "actions": _actions(case, room) if mine else [],
    }


def timeline(case_no: str, after: int, principal: Principal, room: Room) -> dict[str, Any]:
    """Entries with a number above `after`, and the last number there is."""
    visible(case_no, principal, room)
    entries = list(room.timeline.of(case_no, after))
    return {"entries": entries, "last": entries[-1]["id"] if entries else after}


def document(case_no: str, id: str, principal: Principal, room: Room) -> dict[str, Any]:
    """One printed document; NotFound."""
    case = visible(case_no, principal, room)
    if not (_whole(case, principal) or _seen(case, principal, room)):
        raise NotFound
    found = room.papers.document(case_no, id)
    if found is None:
        raise NotFound
    return dict(found)


def _remedies(case: Case, room: Room) -> dict[str, Any] | None:
    """The ways open against an adverse decision; with their last days once it was served."""
    if not remedies.adverse(case.body, case.outcome):
        return None
    served = delivery.served(case.body)
    if served is None:
        return remedies.told(case.body)
    day = date.fromisoformat(served["served_on"])
    return remedies.periods(case.body, day, room.calendars.of(case.agency))


def _whole(case: Case, principal: Principal) -> bool:
    return principal.kind == "system" or case.seen_by_applicant(principal.id, principal.subject)


def _seen(case: Case, principal: Principal, room: Room) -> frozenset[str]:
    """Ids of the elements and materials the caller may see: the applicant's all; a clerk's by the tasks of the
    clerk's roles in this case; nobody else's, who look at cases and not at people."""
    if _whole(case, principal):
        return entitlement.whole(case.body)
    if principal.kind != "clerk":
        return frozenset()
    line = succession(room).line(principal.agency or "")
    tasks = [
        task
        for task in room.tasks.of_case(case.case_no)
        if task["agency"] in line and task["role"] in principal.roles
    ]
    return frozenset().union(*(entitlement.named(task, case.agency, case.body) for task in tasks))


def _may_see(case: Case, principal: Principal, room: Room) -> bool:
    if principal.kind in ("supervisor", "admin", "system"):
        return case.region.startswith(supervised(principal))
    if principal.kind in ("clerk", "agency_admin"):
        owners = stages.owners(case.body, case.agency)
        ours = any(answers_for(principal.agency, owner, room) for owner in owners)
        return ours and not about(case, principal, room)
    return case.seen_by_applicant(principal.id, principal.subject)


def _brief(case: Case, room: Room) -> dict[str, Any]:
    return {
        "case_no": case.case_no,
        "kind": case.kind,
        "status": case.state,
        "outcome": case.outcome,
        "result_code": OUTCOMES.get(case.outcome or "", None),
        "item": {
            "code": case.item,
            "version": case.item_version,
            "name": case.name,
            "agency": {"code": case.agency, "name": agency_name(case)},
        },
        "region": case.region,
        "submitted_at": case.submitted_at,
        "closed_at": case.closed_at,
        "clocks": clock.told(case.body, room.calendars.of(case.agency), room.work.now.date()),
        "result": case.body.get("result"),
        "parent": case.parent,
        "member": case.member,
        "waits_for": case.body.get("waits_for", []),
    }


def _actions(case: Case, room: Room) -> list[str]:
    """What the applicant may do now."""
    found = []
    if case.state in ("correction_requested", "sent_back"):
        found.append("correct")
    if deferral.pending(case.body) and case.open:
        found.append("supplement")
    if delivery.may_consent(case) and not delivery.consented(case.body):
        found.append("consent_to_service")
    if case.open and hearing.may_answer(case.body, room.work.now.date()):
        found.append("answer_hearing")
    if may_reopen(case):
        found.append("reopen")
    if case.open and (case.state in UNDECIDED or case.kind == "bundle"):
        found.append("withdraw")
    rated = {each["step"] for each in _ratings(case.case_no, room)}
    found += [f"rate_{step}" for step in rating.STEPS if rating.may_rate(case, step) and step not in rated]
    return [*found, "message"]


def _ratings(case_no: str, room: Room) -> list[Json]:
    return [row for step in rating.STEPS if (row := room.ratings.of(case_no, step)) is not None]
