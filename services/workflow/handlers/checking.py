"""事後核查 and 抽查: what was decided without a person, or on a pledge, is looked at afterwards, as a case of its own."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from services.workflow.domain import records
from services.workflow.domain.case import Case
from services.workflow.handlers.papers import print_paper
from services.workflow.ports import Room

Json = Mapping[str, Any]
DAYS = 20
PROCESS = "after-check"
SAMPLE, PLEDGE = "sample", "pledge"
_EVIDENCE = ("applicant_name", "situation", "choices", "answers", "elements", "asked", "materials", "pledge")
_NO_RESULT: Json = {"kind": "none", "name": {}, "licence_type": None, "valid_months": None, "face": []}


def check_of(case: Case, why: str, rule: Json, room: Room) -> Case:
    """The case of the check, its evidence that of `case`; nobody applies for it, so no applicant sees it. `rule`:
    {process, days} of the item."""
    days = {"days": int(rule.get("days", DAYS)), "unit": "working_day"}
    process = rule.get("process", PROCESS)
    graph = room.processes.graph(process, None)
    number = f"{case.case_no}-C{room.cases.serial(f'{case.case_no}-C')}"
    body = deepcopy({name: case.body[name] for name in _EVIDENCE if name in case.body})
    item = {**case.body["item"], "result": _NO_RESULT, "documents": [], "handling": {}}
    today = room.work.now.date().isoformat()
    return Case(
        case_no=number,
        kind="check",
        item=case.item,
        item_version=case.item_version,
        name=case.name,
        region=case.region,
        agency=case.agency,
        applicant="",
        subject={},
        state="reviewing",
        submitted_at=room.work.at,
        process=process,
        process_version=graph[1] if graph else 0,
        body={
            **body,
            "item": item,
            "consents": [],
            "checks": {"case_no": case.case_no, "why": why},
            "limits": {"statutory": days, "promised": days},
            "accepted_on": today,
        },
    )


def overturned(check: Case, room: Room) -> Case | None:
    """撤銷: what was granted is revoked, the licence with it; the record says why. The case that was checked, to be
    noted and saved by the caller; None when it was revoked before."""
    case = room.cases.get(check.body["checks"]["case_no"])
    if case is None or "revoked" in case.body:
        return None
    if check.body["checks"]["why"] == PLEDGE:
        room.records.add([records.breach(case, "false_pledge", room.work.at)])
    revoke(case, str(check.doc.get("vars", {}).get("reason", "")), check.case_no, room)
    return case


def revoke(case: Case, reason: str, by: str, room: Room) -> None:
    """撤銷 because of the case `by`: the licence ends, the decision is printed, and what rests on the result is told."""
    case.body["revoked"] = {"at": room.work.at, "reason": reason, "by": by}
    licence = case.body.get("result", {}).get("licence")
    if licence:
        room.work.emit("result.revoked", case.case_no, {"licence": licence})
    print_paper(case, "revocation", room, {"reason": reason})
    room.work.emit("case.revoked", case.case_no, {"item": case.item})
    room.work.audit("case.revoke", case.case_no, check=by)
