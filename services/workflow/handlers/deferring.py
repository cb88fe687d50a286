"""容缺受理: the pledge is noted at acceptance, the materials follow in time, or the case ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, Fault
from gdbos_contracts.principal import Principal
from services.workflow.domain import clock, deferral, intake, records
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.case import Case
from services.workflow.domain.engine.replay import Command
from services.workflow.domain.faults import fault
from services.workflow.handlers.advancing import end, follow, note
from services.workflow.handlers.bundling import after_end
from services.workflow.handlers.following import own
from services.workflow.handlers.papers import paper_for
from services.workflow.handlers.stepping import step
from services.workflow.handlers.vouching import Vouched, all_known
from services.workflow.ports import Room

Json = Mapping[str, Any]
TIMER = "deferral"
"""Beside the engine's timers of the case: no process needs to draw it."""


def defer(case: Case, room: Room) -> None:
    """At acceptance: 容缺受理通知書 with the list, the last day and what happens after it."""
    owed = deferral.pledged(case.body["asked"], case.body["materials"])
    if not owed or "deferral" in case.body:
        return
    last = _last_day(case, room.work.now.date(), room.calendars.of(case.agency))
    at = room.work.at
    case.body["deferral"] = {"materials": owed, "at": at, "due": last.isoformat(), "supplied_at": None}
    room.timers.put(case.case_no, TIMER, _after(last, room))
    note(case, "deferred", room)
    paper_for("deferred", case, room, case.body["deferral"])


def recount(case: Case, calendar: Calendar, room: Room) -> tuple[str, str] | None:
    """(was, due) when a changed calendar gives the applicant a later last day than the one that they were told."""
    if not deferral.pending(case.body):
        return None
    held = case.body["deferral"]
    last = _last_day(case, date.fromisoformat(held["at"][:10]), calendar)
    if last.isoformat() <= held["due"]:
        return None
    case.body["deferral"] = {**held, "due": last.isoformat()}
    room.timers.postpone(case.case_no, TIMER, _after(last, room))
    return held["due"], last.isoformat()


def claims(command: Json, principal: Principal, room: Room) -> Sequence[Json]:
    """The licences among what is supplied, for `vouching`."""
    case = own(command["case_no"], principal, room)
    return intake.licences_in(case.body["asked"], command["materials"])


def supplement(command: Json, principal: Principal, known: Vouched, room: Room) -> dict[str, Any]:
    """Supply what was deferred, all or some of it, by its last day. `known`: of its claims. Conflict when nothing is
    owed."""
    case = own(command["case_no"], principal, room)
    if not case.open or not deferral.pending(case.body):
        raise Conflict
    faults = _faults(case, command["materials"], known, room)
    if faults:
        raise BadInput(faults=faults)
    given = {each["material"]: each for each in command["materials"]}
    case.body["materials"] = [given.get(each["material"], each) for each in case.body["materials"]]
    held = case.body["deferral"]
    if not any(each.get("pledged") and _owed(held, each) for each in case.body["materials"]):
        held["supplied_at"] = room.work.at
        room.timers.drop(case.case_no, TIMER)
        note(case, "supplemented", room)
    room.cases.save(case)
    room.work.audit("case.supplement", case.case_no, materials=sorted(given))
    room.work.emit("case.advanced", case.case_no, {"state": case.state, "item": case.item})
    room.work.commit()
    return {"case_no": case.case_no, "status": case.state, "deferral": held}


def lapse(case: Case, room: Room) -> None:
    """The last day is over: the case ends and the broken pledge is recorded. Does not commit."""
    if not deferral.pending(case.body) or not deferral.late(case.body["deferral"], room.work.now.date()):
        room.timers.drop(case.case_no, TIMER)
        return
    room.records.add([records.breach(case, "deferral_lapsed", room.work.at)])
    note(case, "deferral_lapsed", room)
    paper_for("deferral_lapsed", case, room, case.body["deferral"])
    follow(case, step(case, Command("cancel", "terminated"), room), room)
    if case.open:
        end(case, "terminated", room)
    room.cases.save(case)
    room.work.audit("case.breach", case.case_no, breach="deferral_lapsed")
    after_end(case, room)


def _last_day(case: Case, accepted: date, calendar: Calendar) -> date:
    days = case.body["item"].get("handling", {}).get("deferral", {}).get("days", deferral.DAYS)
    promised = clock.clocks_of(case.body)["promised"].due(calendar)
    return deferral.due(accepted, days, promised, calendar)


def _after(last: date, room: Room) -> datetime:
    """The moment at which the day is over."""
    return datetime.combine(last + timedelta(days=1), time(), room.work.now.tzinfo)


def _owed(held: Json, entry: Json) -> bool:
    return any(each["material"] == entry["material"] for each in held["materials"])


def _faults(case: Case, given: Sequence[Json], known: Vouched, room: Room) -> list[Fault]:
    held = case.body["deferral"]
    if deferral.late(held, room.work.now.date()):
        return [fault("/materials", "late", held["due"])]
    faults = [
        fault(f"/materials/{i}/material", "not_deferred", each["material"])
        for i, each in enumerate(given)
        if not _owed(held, each)
    ]
    asked = [
        {**m, "necessity": "required"}
        for m in case.body["asked"]
        if any(m["id"] == each["material"] for each in given)
    ]
    return faults or intake.material_faults(asked, given, all_known(asked, given, known))
