"""Special procedures 特別程序 and the one extension 延期: the clock changes, the task stays open.

Nothing here commits: the completion of the task does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gdbos_contracts.errors import BadInput
from gdbos_contracts.principal import Principal
from services.workflow.domain import actions, clock, hearing, limits, opinions
from services.workflow.domain.case import Case
from services.workflow.domain.faults import fault
from services.workflow.handlers import hearings, pausing, reviewing, serving
from services.workflow.handlers.asides import REQUEST, extension_task
from services.workflow.ports import Room

Json = Mapping[str, Any]
CORRECTION = "correction"
"""The kind of pause while an applicant corrects; no special procedure, and nobody resumes it but the applicant."""


def apply(action: str, data: Json, case: Case, principal: Principal, room: Room) -> Json:
    """The facts that the notice to the applicant states."""
    done = {
        "suspend": _suspend,
        "resume": _resume,
        "extend": _ask,
        "approve_extension": _grant,
        "refuse_extension": _refuse,
        "attempt_failed": _attempt,
        hearing.TELL: hearings.tell,
        hearing.PARTY: hearings.party,
        hearing.CALL: hearings.call,
        hearing.RECORD: hearings.record,
        opinions.ASK: reviewing.ask_further,
        opinions.WITHDRAW: reviewing.withdraw,
    }
    return done[action](data, case, principal, room)


def _suspend(data: Json, case: Case, principal: Principal, room: Room) -> Json:
    if data["kind"] in actions.open_kinds(case.body):
        raise BadInput(faults=[fault("/data/kind", "already_suspended", data["kind"])])
    pausing.pause(case, data["kind"], data["days"], data["reason"], room.work.now.date())
    return data


def stand_still(case: Case, notice: Json, today: date) -> None:
    """審查中補正: while the applicant puts an accepted application right, the clock stands still. A notice that
    came too late, so that the case was deemed accepted, stops nothing."""
    if case.body.get("accepted_on") and not case.body.get("deemed_accepted"):
        pause = {
            "start": today.isoformat(),
            "end": None,
            "kind": CORRECTION,
            "days": 0,
            "reason": notice["due"],
        }
        case.body.setdefault("pauses", []).append(pause)


def go_on(case: Case, today: date) -> None:
    """The applicant has put it right."""
    for pause in case.body.get("pauses", ()):
        if pause["kind"] == CORRECTION and pause["end"] is None:
            pause["end"] = today.isoformat()


def _resume(data: Json, case: Case, principal: Principal, room: Room) -> Json:
    kinds = [data["kind"]] if "kind" in data else actions.resumable(case.body)
    pausing.resume(case, kinds, room.work.now.date())
    return data


def _attempt(data: Json, case: Case, principal: Principal, room: Room) -> Json:
    tried = {"way": data["tried"], "on": data["tried_on"], "reason": data["reason"]}
    serving.attempted(tried, case, room)
    return data


def _ask(data: Json, case: Case, principal: Principal, room: Room) -> Json:
    """The clerk asks; the head of the agency, or of the government for joint handling, decides (Art. 42)."""
    rule = limits.decision_of(case.body)
    _in_time(case, room)
    if data["days"] > rule.extension:
        raise BadInput(faults=[fault("/data/days", "extension_too_long", rule.extension)])
    asks = case.body["extension_asks"] = case.body.get("extension_asks", 0) + 1
    case.body["extension_request"] = {
        "days": data["days"],
        "reason": data["reason"],
        "token": f"{REQUEST}{asks}",
    }
    case.body.setdefault("doers", {})[REQUEST] = principal.id
    room.tasks.open(extension_task(case, rule.approver, room))
    return data


def _grant(data: Json, case: Case, principal: Principal, room: Room) -> Json:
    _in_time(case, room)
    request = case.body.pop("extension_request")
    case.body["extension"] = {**request, "at": room.work.now.date().isoformat()}
    room.tasks.end(case.case_no, request["token"], "done")
    return dict(request)


def _refuse(data: Json, case: Case, principal: Principal, room: Room) -> Json:
    """The limit stays; the clerk may ask again with better reasons."""
    request = case.body.pop("extension_request")
    room.tasks.end(case.case_no, request["token"], "done")
    return data


def _in_time(case: Case, room: Room) -> None:
    """An extension is granted on the last day at the latest."""
    statutory = clock.clocks_of(case.body)["statutory"]
    today = room.work.now.date()
    if today > statutory.due(room.calendars.of(case.agency), today):
        raise BadInput(faults=[fault("/action", "extension_too_late")])
