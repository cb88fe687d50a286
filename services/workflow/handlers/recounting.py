"""A changed calendar on one open case: the days that the law counts are counted anew; a last day that the applicant was
told moves later or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from services.workflow.domain import clock, limits, records
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.case import Case
from services.workflow.domain.engine.replay import Command
from services.workflow.handlers import deferring
from services.workflow.handlers.advancing import follow, note, settle
from services.workflow.handlers.changing import NOTICES
from services.workflow.handlers.stepping import step
from services.workflow.ports import Room

Json = Mapping[str, Any]
Moved = tuple[str, str]
"""The day as it was, and as it is now."""


def count(case_no: str, room: Room) -> int:
    """1 when a day of the case moved; a closed case keeps its own. Done twice, they are the same days."""
    case, before = room.cases.get(case_no), room.clocks.get(case_no)
    if case is None or before is None or not case.open:
        return 0
    calendar = room.calendars.of(case.agency)
    told = [_notice(case, calendar, room), deferring.recount(case, calendar, room)]
    for was, due in filter(None, told):
        note(case, "term_moved", room, records.term_words(was, due))
        room.records.add([records.term_moved(case, was, due, room.work.at)])
    if not any([*told, _answer(case, before, calendar, room), _clock(case, before, calendar, room)]):
        return 0
    room.cases.save(case)
    room.work.commit()
    return 1


def _clock(case: Case, before: Json, calendar: Calendar, room: Room) -> bool:
    row = clock.row_of(case.body, calendar)
    if not row or all(before[name] == row[name] for name in row):
        return False
    settle(case, room)
    room.work.audit("clock.recount", case.case_no, was=before["due"], due=row["due"])
    return True


def _answer(case: Case, before: Json, calendar: Calendar, room: Room) -> bool:
    """The five days in which the agency has to say something (行政許可法 Art. 32)."""
    if before["notice_due"] is None:
        return False
    due = limits.notice_due(limits.received_on(case.body, case.submitted_at), calendar).isoformat()
    if due == before["notice_due"]:
        return False
    room.clocks.put(case, {"notice_due": due})
    room.work.audit("clock.recount", case.case_no, was=before["notice_due"], due=due)
    return True


def _notice(case: Case, calendar: Calendar, room: Room) -> Moved | None:
    """The last day to put right what a notice asks, and the timer of the process that waits for it."""
    kept_at = NOTICES.get(case.state)
    if kept_at is None:
        return None
    notice = case.body[kept_at]
    was, days = notice["due"], int(case.body["item"]["correction"]["days"])
    due = calendar.add(date.fromisoformat(notice["at"][:10]), days).isoformat()
    if due <= was:
        return None
    case.body[kept_at] = {**notice, "due": due}
    for token in _timers(case, limits.last_moment(was)):
        moment = limits.last_moment(due)
        follow(case, step(case, Command("postpone", token, {"due": moment}), room), room)
        room.timers.postpone(case.case_no, token, datetime.fromisoformat(moment))
    return was, due


def _timers(case: Case, moment: str) -> list[str]:
    """Timers of the process that fire at this moment."""
    at = datetime.fromisoformat(moment)
    waits = case.doc["waits"].items()
    return [
        token for token, wait in waits if wait["k"] == "timer" and datetime.fromisoformat(wait["due"]) == at
    ]
