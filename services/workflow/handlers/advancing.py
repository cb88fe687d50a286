"""Move a case: run an engine command's effects, do its jobs, keep tasks, timers, clocks and papers in step.

Nothing here commits: the command that called does, so that all of it is one commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gdbos_contracts.errors import BadInput
from gdbos_contracts.text import Text
from services.workflow.domain import automatic, clock, deferral, licence, limits, opinions, records, stages
from services.workflow.domain.case import GOOD, NOTES, Case
from services.workflow.domain.engine import effects as done
from services.workflow.domain.engine.replay import Command
from services.workflow.domain.faults import fault
from services.workflow.handlers import automating, checking
from services.workflow.handlers.certifying import by_consent
from services.workflow.handlers.papers import print_and_name, print_paper
from services.workflow.handlers.stepping import OWN_JOBS, step
from services.workflow.handlers.tasking import describe, open_task
from services.workflow.ports import Room

Json = Mapping[str, Any]


def begin(case: Case, room: Room) -> None:
    """Start the process of a case that is in the table."""
    receive(case, room)
    variables = {"situation": case.body.get("choices", {}), "item": case.item, "region": case.region}
    if opinions.rule_of(case.body):
        variables["reviewers"] = opinions.reviewers(case.body)
    if stages.rule_of(case.body):
        variables["stages"] = {name: dict(each) for name, each in stages.rule_of(case.body).items()}
    follow(case, step(case, Command("start", variables=variables), room), room)


def follow(case: Case, effects: Iterable[done.Effect], room: Room) -> None:
    """Apply the effects in their order; jobs of our own are done here and answered at once, others wait."""
    jobs: list[done.JobCreated] = []
    for effect in effects:
        if isinstance(effect, done.TaskRevised):
            described = describe(case, effect.element, effect.name, effect.attributes)
            room.tasks.revise(case.case_no, effect.id, described)
        elif isinstance(effect, done.TaskCreated):
            open_task(case, effect, room)
            recolour(case, room)
        elif isinstance(effect, done.TaskCompleted) and effect.kind == "task":
            room.tasks.end(case.case_no, effect.id, "done")
        elif isinstance(effect, done.TaskCancelled) and effect.kind == "task":
            room.tasks.end(case.case_no, effect.id, "cancelled")
        elif isinstance(effect, done.JobCreated) and effect.kind in OWN_JOBS:
            jobs.append(effect)
        elif isinstance(effect, done.JobCreated):
            room.jobs.put(case.case_no, effect.id, effect.kind, effect.element, effect.attributes)
        elif isinstance(effect, (done.MessageSent, done.SignalSent)):
            send(case, effect, room)
        elif isinstance(effect, done.Ended):
            end(case, effect.outcome or "done", room)
    for job in jobs:
        if case.open:
            variables = _do(case, job, room)
            follow(case, step(case, Command("complete", job.id, variables), room, key=job.id), room)


def send(case: Case, effect: done.MessageSent | done.SignalSent, room: Room) -> None:
    """To every other case that waits for it, by event: what fails there does not touch this case.

    A message has one receiver, a signal all.
    """
    kind = "message" if isinstance(effect, done.MessageSent) else "signal"
    waiting = [each for each in room.subscriptions.waiting(effect.name, None, kind) if each != case.case_no]
    for case_no in waiting[:1] if kind == "message" else waiting:
        room.work.emit("message.sent", case_no, {"kind": kind, "name": effect.name, "from": case.case_no})


def note(case: Case, event: str, room: Room, remark: Text | None = None) -> None:
    """One line of the timeline that the applicant reads."""
    room.timeline.add(case, room.work.at, event, remark or NOTES.get(event, NOTES["step"]))


def accept(case: Case, room: Room) -> None:
    """受理: the clocks start today; day 1 is the next working day. After five working days without a word
    they started on the day of receipt (行政許可法 Art. 32)."""
    if case.body.get("accepted_on"):
        return
    today = room.work.now.date()
    received = limits.received_on(case.body, case.submitted_at)
    accepted = limits.accepted_on(received, today, room.calendars.of(case.agency))
    case.body["accepted_on"] = accepted.isoformat()
    if accepted != today:
        case.body["deemed_accepted"] = True
        note(case, "deemed_accepted", room)
        room.records.add([records.deemed(case, room.work.at)])
    settle(case, room)


def receive(case: Case, room: Room) -> None:
    """收件: from today the agency has five working days for its one notice."""
    received = room.work.now.date()
    case.body["received_on"] = received.isoformat()
    due = limits.notice_due(received, room.calendars.of(case.agency))
    room.clocks.put(case, {"notice_due": due.isoformat()})


def settle(case: Case, room: Room) -> None:
    """Write the clock of an open case where lights, boards and desks read it."""
    recolour(case, room)
    if case.open:
        waits = case.state in ("correction_requested", "sent_back") or case.body.get("accepted_on")
        row = {"notice_due": None} if waits else {}
        room.clocks.put(case, row | clock.row_of(case.body, room.calendars.of(case.agency)))


def recolour(case: Case, room: Room) -> None:
    """Write the promised due day, the day it turns yellow, and whether it stands still, onto the open tasks."""
    row = clock.row_of(case.body, room.calendars.of(case.agency))
    if row:
        room.tasks.recolour(case.case_no, row["due"], row["yellow_from"], row["paused"])


def end(case: Case, outcome: str, room: Room) -> None:
    """The case is over: its result is issued if it was granted, everything open is withdrawn."""
    if outcome in ("granted", "done") and not case.body.get("result"):
        issue(case, room)
    if outcome in ("granted", "done") and case.body.get("pledge"):
        look_again(case, checking.PLEDGE, case.body["item"].get("handling", {}).get("pledge", {}), room)
    room.tasks.end_all(case.case_no)
    room.clocks.close(case.case_no)
    clock.keep(case.body, room.calendars.of(case.agency), room.work.now.date())
    case.close(outcome, room.work.at)
    note(case, outcome if outcome not in GOOD else "closed", room)
    by_consent(case, room)
    if case.kind == "item":
        room.archives.expect(case.case_no, case.agency, room.work.now.date())
    room.work.emit("case.closed", case.case_no, {"outcome": outcome, "item": case.item})


def issue(case: Case, room: Room) -> None:
    """製證: the result named by the item; a licence goes to the hub by event, in the same commit."""
    if deferral.pending(case.body):
        raise BadInput(faults=[fault("/action", "supplement_open")])
    today = room.work.now.date()
    result = case.body["item"]["result"]
    issued: dict[str, Any] = {"kind": result["kind"], "name": result["name"], "issued_on": today.isoformat()}
    if result["kind"] == "licence":
        made = licence.make(case, today)
        issued["licence"] = made["id"]
        room.work.emit("result.issued", case.case_no, {"licence": made})
    if result["kind"] != "none":
        issued["document"] = print_and_name(case, "result", room, {"licence": issued.get("licence", "")})
        note(case, "issued", room)
    case.body["result"] = issued


def _do(case: Case, job: done.JobCreated, room: Room) -> dict[str, Any]:
    """A job of the process, done in this commit; its variables."""
    if job.kind == "document":
        print_paper(case, job.attributes.get("template", "decision"), room, {})
    elif job.kind == "licence" and not case.body.get("result"):
        issue(case, room)
    elif job.kind == "decide" and job.attributes.get("decision"):
        return {"automatic": _automatic(case, job.attributes["decision"], room)}
    elif job.kind == "revoke":
        _revoke(case, room)
    return {}


def _automatic(case: Case, decision: str, room: Room) -> str:
    """ "grant", or "" for a person; of those granted, some are looked at again."""
    verdict = automating.judged(case, decision, room)
    if not verdict.granted:
        return ""
    accept(case, room)
    at = room.work.at
    case.body["decision"] = {"action": "grant", "at": at, "reason": "", "automatic": True}
    note(case, "granted_automatically", room)
    print_paper(case, "decision", room, {})
    room.work.emit("case.decided", case.case_no, {"decision": "grant", "item": case.item})
    rule = case.body["item"]["handling"]["automatic"].get("recheck", {})
    if automatic.sampled(case.case_no, rule.get("percent", 0)):
        look_again(case, checking.SAMPLE, rule, room)
    return automatic.GRANT


def look_again(case: Case, why: str, rule: Json, room: Room) -> None:
    check = checking.check_of(case, why, rule, room)
    begin(check, room)
    room.cases.add(check)
    room.work.audit("case.check", check.case_no, why=why)


def _revoke(check: Case, room: Room) -> None:
    case = checking.overturned(check, room)
    if case is not None:
        note(case, "revoked", room)
        room.cases.save(case)
