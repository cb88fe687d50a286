"""轉報: a case goes from stage to stage, and each has its own clock. Nothing here commits."""

from __future__ import annotations

from datetime import date

from services.workflow.domain import clock, stages
from services.workflow.domain.case import Case
from services.workflow.handlers.papers import print_paper
from services.workflow.ports import Room


def enter(case: Case, stage: str, agency: str, room: Room) -> None:
    """A task of this stage opened: the stage before is over, unless it is the same."""
    now = stages.current(case.body)
    if not stage or not case.body.get("accepted_on") or (now and now["stage"] == stage):
        return
    today = room.work.now.date()
    if now:
        now["ended_on"] = today.isoformat()
    entry = stages.entered(case.body, stage, agency, today, _spent(case, stage, room))
    case.body["stages"] = [*case.body.get("stages", ()), entry]
    if now and stages.upward(case.body, now["stage"], stage):
        facts = {"to": entry["name"], "from": now["name"], "days": entry["days"]}
        print_paper(case, "referral_receipt", room, {**facts, "opinion": now.get("opinion", "")})


def _spent(case: Case, stage: str, room: Room) -> int:
    """Days that the stage has had already, when it comes back."""
    calendar = room.calendars.of(case.agency)
    return sum(
        clock.stage_clock(each, case.body).elapsed(calendar, date.fromisoformat(each["ended_on"]))
        for each in case.body.get("stages", ())
        if each["stage"] == stage
    )
