"""秒批: judge a case by its item's decision table; what follows is the process's."""

from __future__ import annotations

from services.workflow.domain import automatic
from services.workflow.domain.automatic import Verdict
from services.workflow.domain.case import Case
from services.workflow.ports import Room


def judged(case: Case, decision: str, room: Room) -> Verdict:
    """The verdict, written into the case with what it rests on."""
    rule = case.body["item"].get("handling", {}).get("automatic", {})
    found = room.processes.decision(decision)
    if found is None or not rule:
        return Verdict(False, "fault")
    model, version = found
    verdict = automatic.judge(
        model,
        rule.get("name", decision),
        rule.get("inputs", {}),
        case.body["answers"],
        case.body.get("trusted", {}),
        room.work.now.date(),
    )
    case.body["automatic"] = {
        "decision": decision,
        "version": version,
        "granted": verdict.granted,
        "why": verdict.why,
        "unknown": list(verdict.unknown),
        "explanation": list(verdict.explanation),
        "trusted": case.body.get("trusted", {}),
        "at": room.work.at,
    }
    room.work.audit("case.judge", case.case_no, decision=decision, version=version, granted=verdict.granted)
    return verdict
