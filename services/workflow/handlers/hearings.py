"""The hearing 聽證: acts of the clerk beside the task, and the applicant's answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict
from gdbos_contracts.principal import Principal
from services.workflow.domain import actions, hearing, limits, records
from services.workflow.domain.case import Case
from services.workflow.domain.faults import fault
from services.workflow.handlers.advancing import note, settle
from services.workflow.handlers.following import own
from services.workflow.handlers.papers import paper_for
from services.workflow.handlers.pausing import pause, resume
from services.workflow.ports import Room

Json = Mapping[str, Any]


def answer(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """The applicant asks for the hearing, or does without it, by the last day. Conflict when there is nothing to
    answer any more; the same answer again is answered."""
    case = own(command["case_no"], principal, room)
    held, today = case.body.get("hearing") or {}, room.work.now.date()
    said = held.get("by") == "applicant" if command["wants"] else "waived_on" in held
    if said:
        return _told(case)
    if not case.open or case.body.get("decision") or not hearing.may_answer(case.body, today):
        raise Conflict
    if command["wants"]:
        _ask("applicant", case, room)
    else:
        held["waived_on"] = today.isoformat()
    event = "hearing_requested" if command["wants"] else "hearing_waived"
    note(case, event, room)
    paper_for(event, case, room, case.body["hearing"])
    settle(case, room)
    room.cases.save(case)
    room.work.audit("hearing.answer", case.case_no, wants=command["wants"])
    room.work.emit("case.advanced", case.case_no, {"state": case.state, "item": case.item})
    room.work.commit()
    return _told(case)


def tell(data: Json, case: Case, principal: Principal, room: Room) -> Json:
    """聽證告知書 to the applicant and the interested parties."""
    calendar = room.calendars.of(case.agency)
    case.body["hearing"] = hearing.told(room.work.now.date(), data.get("parties", ""), calendar)
    return dict(case.body["hearing"])


def party(data: Json, case: Case, principal: Principal, room: Room) -> Json:
    """An interested party 利害關係人 asked in writing; the clerk records it, by the last day."""
    held = case.body["hearing"]
    if room.work.now.date().isoformat() > held["request_by"]:
        raise BadInput(faults=[fault("/data/party", "late", held["request_by"])])
    _ask(data["party"], case, room)
    return dict(held)


def call(data: Json, case: Case, principal: Principal, room: Room) -> Json:
    """聽證通知書 with day, place and presiding officer, seven days before; called again, the new day counts."""
    held, today = case.body["hearing"], room.work.now.date()
    faults = hearing.call_faults(held, today, data["held_on"])
    faults += hearing.presiding_faults(data["presiding"], principal.name)
    if faults:
        raise BadInput(faults=faults)
    if hearing.KIND not in actions.open_kinds(case.body):
        pause(case, hearing.KIND, limits.HEARING_HELD_DAYS, data["place"], today)
    if hearing.overdue(held, data["held_on"]):
        room.records.add([records.late_hearing(case, room.work.at)])
    held["notice"] = {
        "noticed_on": today.isoformat(),
        "on": data["held_on"],
        "place": data["place"],
        "presiding": data["presiding"].strip(),
    }
    return {**data, "parties": held["parties"]}


def record(data: Json, case: Case, principal: Principal, room: Room) -> Json:
    """聽證筆錄, on the day of the hearing or after it; the decision rests on it (Art. 48), and the clock goes on."""
    held, today = case.body["hearing"], room.work.now.date()
    if today.isoformat() < held["notice"]["on"]:
        raise BadInput(faults=[fault("/action", "hearing_not_held", held["notice"]["on"])])
    held["record"] = {"on": today.isoformat(), "attended": data["attended"], "summary": data["summary"]}
    resume(case, [hearing.KIND], today)
    return {**data, "notice": held["notice"]}


def _ask(by: str, case: Case, room: Room) -> None:
    """From the request to the record the time is not counted (Art. 45)."""
    held, today = case.body["hearing"], room.work.now.date()
    held.update(hearing.requested(held, today, by, room.calendars.of(case.agency)))
    held.pop("waived_on", None)
    pause(case, hearing.KIND, limits.HEARING_HELD_DAYS, held["held_by"], today)


def _told(case: Case) -> dict[str, Any]:
    return {"case_no": case.case_no, "status": case.state, "hearing": case.body.get("hearing")}
