"""The clerk's desk: inbox, one task, claim, release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import NotFound, StaleTask
from gdbos_contracts.principal import Principal
from services.workflow.domain import actions as domain
from services.workflow.domain import clock
from services.workflow.domain.case import Case
from services.workflow.handlers.succeeding import answers_for
from services.workflow.ports import Room, Standards, Tasks

Json = Mapping[str, Any]


FORM_VERSION = 1
"""A task names the elements of its form without their versions."""


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
    row, case = mine(id, principal, room)
    form = form_of(row, standards)
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
            "clocks": clock.told(body, room.calendars.of(case.agency), today),
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
                "schema": domain.schema_of(action, form, body),
            }
            for action in domain.offered(actions_of(row), body)
        ],
    }


def claim(id: str, principal: Principal, room: Room) -> dict[str, Any]:
    """Take a task; a colleague's is StaleTask."""
    row, case = mine(id, principal, room)
    if row["claimed_by"] not in (None, principal.id):
        raise StaleTask
    if row["claimed_by"] is None:
        room.tasks.claim(id, principal.id)
        room.work.audit("task.claim", case.case_no, task=id)
        room.work.commit()
    return {"id": id, "claimed_by": principal.id}


def release(id: str, principal: Principal, room: Room) -> dict[str, Any]:
    """Put a claimed task back."""
    row, case = mine(id, principal, room)
    if row["claimed_by"] not in (None, principal.id):
        raise StaleTask
    if row["claimed_by"] is not None:
        room.tasks.claim(id, None)
        room.work.audit("task.release", case.case_no, task=id)
        room.work.commit()
    return {"id": id, "claimed_by": None}


def counts(principal: Principal, tasks: Tasks, room: Room) -> dict[str, Any]:
    """{open, mine, green, yellow, red, blue} of the caller's desk; of everyone's for a supervisor."""
    return {"counts": tasks.counts(principal, room.work.now.date())}


def mine(id: str, principal: Principal, room: Room) -> tuple[Json, Case]:
    """The open task, if it is for the caller's agency and roles and not about the caller; else NotFound."""
    row = room.tasks.get(id)
    if row is None or not _for(row, principal, room):
        raise NotFound
    if row["status"] != "open":
        raise StaleTask
    case = room.cases.get(row["case_no"])
    if case is None or case.seen_by_applicant(principal.id, principal.subject or {"": ""}):
        raise NotFound
    return row, case


def _for(row: Json, principal: Principal, room: Room) -> bool:
    if principal.kind == "system":
        return True
    if principal.kind != "clerk" or row["role"] not in principal.roles:
        return False
    return answers_for(principal.agency, row["agency"], room)


def form_of(row: Json, standards: Standards) -> Json:
    if not row["form"]:
        return {}
    return standards.schema(
        [{"element": name, "version": FORM_VERSION, "required": True} for name in row["form"]]
    )


def actions_of(row: Json) -> list[str]:
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
