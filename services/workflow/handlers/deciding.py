"""A clerk acts on a task: permission, schema of the data, then the case moves, all in one commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, Fault
from gdbos_contracts.principal import Principal
from services.workflow.domain import actions as domain
from services.workflow.domain import deferral, entitlement, hearing, limits, opinions, stages
from services.workflow.domain.case import Case
from services.workflow.domain.engine.replay import Command
from services.workflow.domain.faults import fault
from services.workflow.handlers import procedures, reviewing, serving
from services.workflow.handlers.advancing import accept, end, follow, note, settle
from services.workflow.handlers.asides import FURTHER
from services.workflow.handlers.bundling import after_end
from services.workflow.handlers.claiming import hand, keep_apart, may_act, taken
from services.workflow.handlers.deferring import defer
from services.workflow.handlers.desk import actions_of, form_of, mine, offered
from services.workflow.handlers.papers import paper_for
from services.workflow.handlers.stepping import done_before, step
from services.workflow.ports import Room, Standards

Json = Mapping[str, Any]


def complete(
    id: str, command: Json, principal: Principal, standards: Standards, room: Room
) -> dict[str, Any]:
    """Act on a task: permission, schema of the data, then the case moves, all in one commit.

    The same act again by the same clerk, whose answer was lost, is answered and not done twice.
    """
    answer = act(id, command, principal, standards, room)
    room.work.commit()
    return answer


def act(id: str, command: Json, principal: Principal, standards: Standards, room: Room) -> dict[str, Any]:
    """`complete` without its commit, for many tasks in one."""
    again = _answered(id, command, room)
    if again is not None:
        return again
    row, case = mine(id, principal, room)
    if not may_act(row, principal, room):
        raise taken(row)
    action, data = command["action"], dict(command["data"])
    _deem(case, room)
    _allowed(action, row, case, room.work.now.date())
    keep_apart(row, case, principal, room)
    _check(action, data, form_of(row, standards), case, standards)
    _marks(data, row, case)
    event = domain.EVENT_OF.get(action, "step")
    hand(row, case, principal, room)
    if action in domain.KEPT:
        _keep(action, data, row, case, room)
    elif action in domain.ASIDE:
        facts = procedures.apply(action, data, case, principal, room)
        if action not in opinions.ACTS:
            _note(event, facts, case, room)
    else:
        _forward(action, event, data, row, case, room)
    room.work.audit("task.complete", case.case_no, task=id, chosen=action)
    _finish(case, room)
    return _answer(case)


def _answered(id: str, command: Json, room: Room) -> dict[str, Any] | None:
    """The answer to what this clerk did before: the task is its own key."""
    case_no, _, token = id.rpartition(":")
    wanted = domain.said(command["action"], command["data"])
    done = reviewing.answered_before if token.startswith(FURTHER) else done_before
    if not done(case_no, token, wanted, room):
        return None
    case = room.cases.get(case_no)
    return _answer(case) if case is not None else None


def _answer(case: Case) -> dict[str, Any]:
    return {"case_no": case.case_no, "status": case.state, "outcome": case.outcome}


def _finish(case: Case, room: Room) -> None:
    settle(case, room)
    room.cases.save(case)
    if not case.open:
        after_end(case, room)
    else:
        room.work.emit("case.advanced", case.case_no, {"state": case.state, "item": case.item})


def _note(event: str, data: Json, case: Case, room: Room) -> None:
    note(case, event, room)
    paper_for(event, case, room, data)


def _keep(action: str, data: Json, row: Json, case: Case, room: Room) -> None:
    """An opinion or a service stays with the case; the process learns what has come of it."""
    learnt: dict[str, Any] = {}
    if action in opinions.KINDS:
        learnt = reviewing.answer(action, data, row["token"], case, room)
        if reviewing.close(case, row["token"], domain.said(action, data)["said"], room):
            return
    elif data:
        serving.record(data, case, room)
    done = Command("complete", row["token"], {**domain.said(action, data), **learnt})
    follow(case, step(case, done, room, key=row["token"]), room)


def _forward(action: str, event: str, data: dict[str, Any], row: Json, case: Case, room: Room) -> None:
    """The task is done; the engine decides what comes next. The event is noted before what follows it."""
    if action == "accept":
        accept(case, room)
        defer(case, room)
    if action in MARKING:
        data["faults"] = _all_faults(action, data, case)
        notice = case.body[MARKING[action]] = _notice(data, case, room)
        procedures.stand_still(case, notice, room.work.now.date())
    if action in ("grant", "deny"):
        case.body["decision"] = {
            "action": action,
            "at": room.work.at,
            "reason": data.get("reason", ""),
        }
        room.work.emit("case.decided", case.case_no, {"decision": action, "item": case.item})
    case.state = domain.STATE_AFTER.get(action, case.state)
    _note(event, {**data, "to": stages.to_name(case.body)} if action == "report_up" else data, case, room)
    stage = stages.current(case.body)
    if action == "report_up" and stage:
        stage["opinion"] = data["opinion"]
    variables = domain.said(action, data)
    if action in MARKING:
        variables["correction_due"] = limits.last_moment(case.body[MARKING[action]]["due"])
    case.body.setdefault("findings", {}).update(
        {k: v for k, v in data.items() if k not in ("faults", "reason")}
    )
    if action in domain.ENDS:
        follow(case, step(case, Command("cancel", domain.ENDS[action]), room, key=row["token"]), room)
        if case.open:
            end(case, domain.ENDS[action], room)
        return
    done = Command("complete", row["token"], variables)
    follow(case, step(case, done, room, key=row["token"]), room)


MARKING: Mapping[str, str] = {"correct": "correction", "send_back": "sent_back"}
"""Actions that mark what is wrong → where the notice is kept. 預審退回 comes before receipt, as often as needed;
補正 comes once (行政許可法 Art. 32)."""


def _all_faults(action: str, data: Json, case: Case) -> list[Any]:
    """What the clerk marks and what the agencies asked for: there is only one notice."""
    asked = opinions.faults_asked(case.body) if action == "correct" else []
    return [*data.get("faults", ()), *asked]


def _notice(data: Json, case: Case, room: Room) -> dict[str, Any]:
    """Everything wrong in one notice, and the last day to put it right."""
    days = int(case.body["item"]["correction"]["days"])
    due = room.calendars.of(case.agency).add(room.work.now.date(), days)
    return {"at": room.work.at, "faults": data["faults"], "due": due.isoformat()}


def _deem(case: Case, room: Room) -> None:
    """逾期不告知: whatever comes after the five days finds the case accepted, though nobody has noted it yet."""
    today, calendar = room.work.now.date(), room.calendars.of(case.agency)
    if case.state == "submitted" and limits.late(case.body, case.submitted_at, today, calendar):
        accept(case, room)


def _allowed(action: str, row: Json, case: Case, today: date) -> None:
    if action not in offered(row, case):
        known = action in actions_of(row)
        code = "second_correction" if known and action == "correct" else "unknown_action"
        raise BadInput(faults=[fault("/action", code, action)])
    if not case.open or case.state == "waiting":
        raise Conflict
    against = _against(action, case.body, today)
    if against:
        raise BadInput(faults=[fault("/action", against)])


def _against(action: str, body: Json, today: date) -> str | None:
    """Why this may not be decided now."""
    if action == "grant" and deferral.pending(body):
        return "supplement_open"
    found = opinions.against(body) if action == "grant" else None
    return found or (hearing.against(body, today) if action in ("grant", "deny") else None)


def _check(action: str, data: Json, form: Json, case: Case, standards: Standards) -> None:
    schema = domain.schema_of(action, form, case.body)
    faults = [Fault(f"/data{f.pointer}", f.code, f.message) for f in standards.violations(schema, data)]
    if faults:
        raise BadInput(faults=faults)


def _marks(data: Json, row: Json, case: Case) -> None:
    """What a notice marks must be there to be put right, and the agency of the task must see it."""
    known = entitlement.named(row, case.agency, case.body)
    faults = [
        fault(f"/data/faults/{i}/field", "unknown_mark", each["field"])
        for i, each in enumerate(data.get("faults", ()))
        if each.get("field") and each["field"] not in known
    ]
    if faults:
        raise BadInput(faults=faults)
