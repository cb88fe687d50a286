"""Joint review 聯合審查: an agency is asked, answers, or lets its days go by. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from gdbos_contracts.errors import BadInput
from gdbos_contracts.principal import Principal
from gdbos_contracts.text import Text
from services.workflow.domain import opinions, records
from services.workflow.domain.case import NOTES, Case
from services.workflow.domain.faults import fault
from services.workflow.handlers.asides import FURTHER, further_task
from services.workflow.ports import Room

Json = Mapping[str, Any]
TIMER = "opinion:"
"""Before the token of the task, beside the engine's timers of the case: no process needs to draw it."""


def ask(case: Case, row: Json, room: Room) -> None:
    """A task for an opinion opened: its last day is counted on the calendar of the agency that is asked."""
    if not opinions.KINDS & set(row["actions"]):
        return
    at = room.work.now
    days = next(
        (each["days"] for each in opinions.reviewers(case.body) if each["agency"] == row["agency"]),
        opinions.DAYS,
    )
    last = (
        date.fromisoformat(row["task_due"])
        if row["task_due"]
        else room.calendars.of(row["agency"]).add(at.date(), days)
    )
    entry = opinions.request(case.body, row["agency"], row["token"], at.isoformat(), last.isoformat())
    case.body["opinions"] = [*case.body.get("opinions", ()), entry]
    _time(entry, last, case, room)
    tell(case, "opinion_asked", entry, room)


def ask_further(data: Json, case: Case, principal: Principal, room: Room) -> Json:
    """The lead asks an agency beside those of the process: a task of its own, with the last day that the lead gives."""
    today = room.work.now.date()
    last = _last_day(data["due"], today)
    asked = next(each for each in opinions.askable(case.body) if each["agency"] == data["agency"])
    number = case.body["further_asks"] = case.body.get("further_asks", 0) + 1
    row = further_task(case, asked, f"{FURTHER}{number}", last, room)
    entry = opinions.request(case.body, row["agency"], row["token"], room.work.at, last.isoformat())
    case.body["opinions"] = [*case.body.get("opinions", ()), {**entry, "question": data["question"]}]
    room.tasks.open(row)
    _time(entry, last, case, room)
    room.work.audit("opinion.ask", case.case_no, agency=row["agency"], due=entry["due"])
    tell(case, "opinion_asked", entry, room)
    return data


def withdraw(data: Json, case: Case, principal: Principal, room: Room) -> Json:
    """The lead does without the answer; what the agency said before, if anything, stands again."""
    entry = next(each for each in opinions.withdrawable(case.body) if each["agency"] == data["agency"])
    held = opinions.by_hand(case.body, entry["token"])
    assert held is not None
    held["withdrawn"] = {"at": room.work.at, "reason": data["reason"]}
    room.tasks.end(case.case_no, held["token"], "cancelled")
    room.timers.drop(case.case_no, TIMER + held["token"])
    room.work.audit("opinion.withdraw", case.case_no, agency=held["agency"])
    tell(case, "opinion_withdrawn", held, room)
    return data


def answer(action: str, data: Json, token: str, case: Case, room: Room) -> dict[str, Any]:
    """The opinion as the agency gave it; what the process learns of it: {review}."""
    room.timers.drop(case.case_no, TIMER + token)
    return _settle({"opinion": action, **data}, "opinion_given", token, case, room)


def close(case: Case, token: str, said: str, room: Room) -> bool:
    """The task of a question that was asked by hand is over, and no process waits for it; False for another's."""
    entry = opinions.by_hand(case.body, token)
    if entry is None:
        return False
    entry.update({"said": said, "by": room.history.actor()})
    room.tasks.end(case.case_no, token, "done")
    return True


def answered_before(case_no: str, token: str, wanted: Json, room: Room) -> bool:
    """Whether this caller gave this answer to a question that was asked by hand."""
    case = room.cases.get(case_no)
    entry = opinions.by_hand(case.body, token) if case is not None else None
    return entry is not None and (entry.get("said"), entry.get("by")) == (
        wanted.get("said"),
        room.history.actor(),
    )


def deem(token: str, case: Case, room: Room) -> dict[str, Any] | None:
    """The last day is over. Silence is consent only by an article that the item names; else it is a record for
    the supervisors and the task stays open: None."""
    entry = opinions.asked(case.body, token)
    room.timers.drop(case.case_no, TIMER + token)
    if entry is None:
        return None
    at = room.work.at
    basis = opinions.basis_of_silence(case.body, entry)
    room.records.add([records.silent(case, entry["agency"], basis is not None, at)])
    if basis is None:
        tell(case, "opinion_late", entry, room)
        return None
    room.work.audit("opinion.deem", case.case_no, agency=entry["agency"], due=entry["due"])
    deemed = {"opinion": opinions.AGREE, "deemed": {"basis": basis}}
    return _settle(deemed, "opinion_deemed", token, case, room)


def tell(case: Case, event: str, entry: Json, room: Room) -> None:
    """A line of the timeline that names the agency."""
    said = NOTES[event]
    remark: Text = {
        tongue: f"{words}{_NAMED[tongue]}{entry['name'].get(tongue) or entry['agency']}"
        for tongue, words in said.items()
    }
    room.timeline.add(case, room.work.at, event, remark)


_NAMED = {"zh-Hans": "：", "zh-Hant": "：", "en": ": "}


def _settle(facts: Json, event: str, token: str, case: Case, room: Room) -> dict[str, Any]:
    entry = opinions.asked(case.body, token)
    if entry is not None:
        entry.update({**facts, "at": room.work.at})
        tell(case, event, entry, room)
    review = opinions.verdict(case.body)
    if review == "stopped":
        _overtake(case, room)
    return {"review": review}


def _overtake(case: Case, room: Room) -> None:
    """One objection stops the review: who has not answered need not any more."""
    waiting = (opinions.asked(case.body, each["token"]) for each in case.body["opinions"])
    for entry in [each for each in waiting if each is not None]:
        entry["overtaken"] = room.work.at
        room.timers.drop(case.case_no, TIMER + entry["token"])
        if "question" in entry:
            room.tasks.end(case.case_no, entry["token"], "cancelled")


def _time(entry: Json, last: date, case: Case, room: Room) -> None:
    """The day after the last one is when silence begins to mean something."""
    after = datetime.combine(last + timedelta(days=1), time(), room.work.now.tzinfo)
    room.timers.put(case.case_no, TIMER + entry["token"], after)


def _last_day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(faults=[fault("/data/due", "no_day", text)]) from error
    if day <= today:
        raise BadInput(faults=[fault("/data/due", "past_day", text)])
    return day
