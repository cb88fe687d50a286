"""Joint review 聯合審查: an agency is asked, answers, or lets its days go by. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from gdbos_contracts.text import Text
from services.workflow.domain import opinions, records
from services.workflow.domain.case import NOTES, Case
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
    after = datetime.combine(last + timedelta(days=1), time(), at.tzinfo)
    room.timers.put(case.case_no, TIMER + row["token"], after)
    tell(case, "opinion_asked", entry, room)


def answer(action: str, data: Json, token: str, case: Case, room: Room) -> dict[str, Any]:
    """The opinion as the agency gave it; what the process learns of it: {review}."""
    room.timers.drop(case.case_no, TIMER + token)
    return _settle({"opinion": action, **data}, "opinion_given", token, case, room)


def deem(token: str, case: Case, room: Room) -> dict[str, Any] | None:
    """The last day is over. Silence is consent only by an article that the item names; else it is a record for
    the supervisors and the task stays open: None."""
    entry = opinions.asked(case.body, token)
    room.timers.drop(case.case_no, TIMER + token)
    if entry is None:
        return None
    at = room.work.now.isoformat()
    silence = opinions.rule_of(case.body).get("silence") or {}
    room.records.add([records.silent(case, entry["agency"], "basis" in silence, at)])
    if "basis" not in silence:
        tell(case, "opinion_late", entry, room)
        return None
    room.work.audit("opinion.deem", case.case_no, agency=entry["agency"], due=entry["due"])
    deemed = {"opinion": opinions.AGREE, "deemed": {"basis": silence["basis"]}}
    return _settle(deemed, "opinion_deemed", token, case, room)


def tell(case: Case, event: str, entry: Json, room: Room) -> None:
    """A line of the timeline that names the agency."""
    said = NOTES[event]
    remark: Text = {
        tongue: f"{words}{_NAMED[tongue]}{entry['name'].get(tongue) or entry['agency']}"
        for tongue, words in said.items()
    }
    room.timeline.add(case, room.work.now.isoformat(), event, remark)


_NAMED = {"zh-Hans": "：", "zh-Hant": "：", "en": ": "}


def _settle(facts: Json, event: str, token: str, case: Case, room: Room) -> dict[str, Any]:
    entry = opinions.asked(case.body, token)
    if entry is not None:
        entry.update({**facts, "at": room.work.now.isoformat()})
        tell(case, event, entry, room)
    review = opinions.verdict(case.body)
    if review == "stopped":
        _overtake(case, room)
    return {"review": review}


def _overtake(case: Case, room: Room) -> None:
    """One objection stops the review: who has not answered need not any more."""
    waiting = (opinions.asked(case.body, each["token"]) for each in case.body["opinions"])
    for entry in [each for each in waiting if each is not None]:
        entry["overtaken"] = room.work.now.isoformat()
        room.timers.drop(case.case_no, TIMER + entry["token"])
