"""The clerk's desk: inbox, one task, claim, release, complete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, Fault, Forbidden, NotFound, StaleTask
from gdbos_contracts.principal import Principal
from services.workflow.domain import actions as domain
from services.workflow.domain import clock, engine
from services.workflow.domain.case import Case
from services.workflow.domain.faults import fault
from services.workflow.handlers.advancing import accept, follow, graph_of, note, recolour
from services.workflow.handlers.bundling import after_end
from services.workflow.handlers.papers import paper_for
from services.workflow.ports import Room, Standards, Tasks

Json = Mapping[str, Any]


def queue(query: Json, principal: Principal, tasks: Tasks, room: Room) -> dict[str, Any]:
    """{tasks, next, counts}: open tasks of the caller's agency and roles, what is due first first."""
    today = room.work.now.date()
    found = tasks.queue(principal, {**query, "limit": query["limit"] + 1}, today)
    page = [_listed(row, today.isoformat()) for row in found[: query["limit"]]]
    last = found[query["limit"] - 1] if len(found) > query["limit"] else None
    return {
        "tasks": page,
        "next": f"{last['due'] or '9999'}|{last['id']}" if last else None,
        "counts": tasks.counts(principal, today),
    }


def one(id: str, principal: Principal, standards: Standards, room: Room) -> dict[str, Any]:
    """The task with its evidence, and the actions allowed now with the schema of their data."""
    row, case = _mine(id, principal, room)
    form = _form(row, standards)
    today = room.work.now.date()
    body = case.body
    return {
        **_listed(row, today.isoformat()),
        "case": {
            "case_no": case.case_no,
            "name": case.name,
            "item": case.item,
            "state": case.state,
            "applicant": body["applicant_name"],
            "situation": body["situation"],
            "answers": body["answers"],
            "elements": body["elements"],
            "asked": body["asked"],
            "materials": body["materials"],
            "clocks": clock.told(body, room.calendar, today),
            "timeline": list(room.timeline.of(case.case_no, 0)),
            "documents": list(room.papers.documents(case.case_no)),
            "messages": list(room.papers.messages(case.case_no)),
            "correction": body.get("correction"),
        },
        "schema": standards.schema(body["elements"]) if body["elements"] else {},
        "actions": [
            {
                "id": action,
                "label": domain.LABELS.get(action, {"zh-Hans": action}),
                "schema": domain.schema_of(action, form),
            }
            for action in domain.offered(_actions(row), body)
        ],
    }


def claim(id: str, principal: Principal, room: Room) -> dict[str, Any]:
    """Take a task; a colleague's is StaleTask."""
    row, case = _mine(id, principal, room)
    if row["claimed_by"] not in (None, principal.id):
        raise StaleTask
    if row["claimed_by"] is None:
        room.tasks.claim(id, principal.id)
        room.work.audit("task.claim", case.case_no, task=id)
        room.work.commit()
    return {"id": id, "claimed_by": principal.id}


def release(id: str, principal: Principal, room: Room) -> dict[str, Any]:
    """Put a claimed task back."""
    row, case = _mine(id, principal, room)
    if row["claimed_by"] not in (None, principal.id):
        raise StaleTask
    if row["claimed_by"] is not None:
        room.tasks.claim(id, None)
        room.work.audit("task.release", case.case_no, task=id)
        room.work.commit()
    return {"id": id, "claimed_by": None}


def complete(
    id: str, command: Json, principal: Principal, standards: Standards, room: Room
) -> dict[str, Any]:
    """Act on a task: permission, schema of the data, then the case moves, all in one commit."""
    row, case = _mine(id, principal, room)
    if row["claimed_by"] not in (None, principal.id):
        raise StaleTask
    action, data = command["action"], dict(command["data"])
    _allowed(action, row, case, principal)
    _check(action, data, _form(row, standards), standards)
    event = domain.EVENT_OF.get(action, "step")
    case.body.setdefault("doers", {})[row["element"]] = principal.id
    if action in domain.ASIDE:
        _aside(action, data, case, room)
        _note(event, data, case, room)
    else:
        _forward(action, event, data, row, case, room)
    room.work.audit("task.complete", case.case_no, task=id, chosen=action)
    _finish(case, room)
    room.work.commit()
    return {"case_no": case.case_no, "status": case.state, "outcome": case.outcome}


def counts(principal: Principal, tasks: Tasks, room: Room) -> dict[str, Any]:
    """{open, mine, green, yellow, red, blue} of the caller's desk; of everyone's for a supervisor."""
    return {"counts": tasks.counts(principal, room.work.now.date())}


def _finish(case: Case, room: Room) -> None:
    recolour(case, room)
    room.cases.save(case)
    if not case.open:
        after_end(case, room)
    else:
        room.work.emit("case.advanced", case.case_no, {"state": case.state, "item": case.item})


def _note(event: str, data: Json, case: Case, room: Room) -> None:
    note(case, event, room)
    paper_for(event, case, room, data)


def _forward(action: str, event: str, data: dict[str, Any], row: Json, case: Case, room: Room) -> None:
    """The task is done; the engine decides what comes next. The event is noted before what follows it."""
    if action == "accept":
        accept(case, room)
    if action == "correct":
        case.body["correction"] = _correction(data, case, room)
    if action in ("grant", "deny"):
        case.body["decision"] = {
            "action": action,
            "at": room.work.now.isoformat(),
            "reason": data.get("reason", ""),
        }
        room.work.emit("case.decided", case.case_no, {"decision": action, "item": case.item})
    case.state = domain.STATE_AFTER.get(action, case.state)
    _note(event, data, case, room)
    variables = {"action": action, **{k: v for k, v in data.items() if k != "faults"}}
    if action == "correct":
        variables["correction_due"] = f"{case.body['correction']['due']}T23:59:59+08:00"
    case.body.setdefault("findings", {}).update(
        {k: v for k, v in data.items() if k not in ("faults", "reason")}
    )
    case.doc, effects = engine.complete(
        graph_of(case, room), case.doc, row["token"], variables, room.work.now
    )
    follow(case, effects, room)


def _correction(data: Json, case: Case, room: Room) -> dict[str, Any]:
    """一次性告知: everything wrong in one notice, and the last day to put it right."""
    days = int(case.body["item"]["correction"]["days"])
    due = room.calendar.add(room.work.now.date(), days)
    return {"at": room.work.now.isoformat(), "faults": data["faults"], "due": due.isoformat()}


def _aside(action: str, data: dict[str, Any], case: Case, room: Room) -> None:
    """Special procedure and extension: the clock changes, the task stays open."""
    today = room.work.now.date().isoformat()
    pauses = case.body.setdefault("pauses", [])
    if action == "suspend":
        pauses.append({"start": today, "end": None, "kind": data["kind"], "reason": data["reason"]})
        case.body["state_before"], case.state = case.state, "suspended"
    elif action == "resume":
        for pause in pauses:
            pause["end"] = pause["end"] or today
        case.state = case.body.pop("state_before", "reviewing")
    else:
        case.body["extension"] = {"days": data["days"], "reason": data["reason"], "at": today}


def _allowed(action: str, row: Json, case: Case, principal: Principal) -> None:
    if action not in domain.offered(_actions(row), case.body):
        known = action in _actions(row)
        code = "second_correction" if known and action == "correct" else "unknown_action"
        raise BadInput(faults=[fault("/action", code, action)])
    if not case.open or case.state == "waiting":
        raise Conflict
    doers = case.body.get("doers", {})
    if any(doers.get(element) == principal.id for element in row["apart"]):
        raise Forbidden


def _check(action: str, data: Json, form: Json, standards: Standards) -> None:
    schema = domain.schema_of(action, form)
    faults = [Fault(f"/data{f.pointer}", f.code, f.message) for f in standards.violations(schema, data)]
    if faults:
        raise BadInput(faults=faults)


def _mine(id: str, principal: Principal, room: Room) -> tuple[Json, Case]:
    """The open task, if it is for the caller's agency and roles and not about the caller; else NotFound."""
    row = room.tasks.get(id)
    if row is None or not _for(row, principal):
        raise NotFound
    if row["status"] != "open":
        raise StaleTask
    case = room.cases.get(row["case_no"])
    if case is None or case.seen_by_applicant(principal.id, principal.subject or {"": ""}):
        raise NotFound
    return row, case


def _for(row: Json, principal: Principal) -> bool:
    if principal.kind == "system":
        return True
    return principal.kind == "clerk" and row["agency"] == principal.agency and row["role"] in principal.roles


def _form(row: Json, standards: Standards) -> Json:
    if not row["form"]:
        return {}
    return standards.schema([{"element": name, "version": 1, "required": True} for name in row["form"]])


def _actions(row: Json) -> list[str]:
    aside = ["suspend", "resume", "extend"] if row["role"] in ("reviewer", "decider") else []
    return [*row["actions"], *(a for a in aside if a not in row["actions"])]


def _listed(row: Json, today: str) -> dict[str, Any]:
    return {
        "id": row["id"],
        "case_no": row["case_no"],
        "item": {"code": row["item"], "name": row["item_name"]},
        "name": row["name"],
        "element": row["element"],
        "role": row["role"],
        "agency": row["agency"],
        "applicant": row["applicant"],
        "created_at": row["created_at"],
        "due": row["due"],
        "light": light_of(row, today),
        "claimed_by": row["claimed_by"],
    }


def light_of(row: Json, today: str) -> str:
    """The same colours as Clock.light, from the days written onto the task."""
    if row["paused"]:
        return clock.BLUE
    if row["due"] and row["due"] < today:
        return clock.RED
    return clock.YELLOW if row["yellow_from"] and row["yellow_from"] <= today else clock.GREEN
