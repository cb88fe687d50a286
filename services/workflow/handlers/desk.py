"""The clerk's desk: the inbox, one task, and whose a task is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, Forbidden, NotFound, StaleTask
from gdbos_contracts.principal import Principal
from services.workflow.domain import actions as domain
from services.workflow.domain import clock, entitlement, opinions, stages
from services.workflow.domain.case import Case
from services.workflow.domain.faults import fault
from services.workflow.domain.paging import sealed
from services.workflow.handlers.succeeding import answers_for, succession
from services.workflow.ports import Room, Standards

Json = Mapping[str, Any]
PERSONAL = re.compile(r"\d{17}[\dXx]|\d{15}|1\d{10}")
"""Citizen numbers of both lengths and mobile numbers: they never stand in an address."""
COUNTED = ("open", "mine", "green", "yellow", "red", "blue")
FORM_VERSION = 1
"""A task names the elements of its form without their versions."""


def queue(query: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """{tasks, next, counts, items}: open tasks of the caller's agency and roles, what is due first first."""
    if PERSONAL.fullmatch(query["text"]):
        raise BadInput(faults=[fault("/text", "personal_text")])
    today = room.work.now.date()
    asked = {**query, **_standing(principal, room), "limit": query["limit"] + 1}
    found = room.inbox.page(principal, asked, today)
    page = found[: query["limit"]]
    more = len(found) > len(page)
    items = _items(asked, principal, room)
    return {
        "tasks": [listed(row, today.isoformat()) for row in page],
        "next": sealed(page[-1]["sort_due"], page[-1]["id"]) if more else None,
        "counts": _sum(items),
        "items": items,
    }


def counts(principal: Principal, room: Room) -> dict[str, Any]:
    """{counts, items} of the caller's desk; of everyone's for a supervisor."""
    items = _items(_standing(principal, room), principal, room)
    return {"counts": _sum(items), "items": items}


def one(id: str, principal: Principal, standards: Standards, room: Room) -> dict[str, Any]:
    """The task with the evidence its agency may see, and the actions allowed now with the schema of their data."""
    row, case = mine(id, principal, room)
    seen = entitlement.named(row, case.agency, case.body)
    shown = entitlement.projected(case.body, seen)
    return {
        **listed(row, room.work.now.date().isoformat()),
        "claimed_at": (row["last_claim"] or {}).get("at"),
        "undoable": (row["last_claim"] or {}).get("by") == principal.id and not row["last_claim"]["undone"],
        "case": {
            **_case(row, case, room),
            **shown,
            "correction": entitlement.notice(case.body.get("correction"), seen),
            "undecided_by": entitlement.undecided(case.body.get("automatic"), seen),
        },
        "schema": standards.schema(shown["elements"]) if shown["elements"] else {},
        "actions": _actions(row, case, form_of(row, standards)),
    }


def applicant_code(number: str, principal: Principal, room: Room) -> dict[str, Any]:
    """{code}: what stands for an identity number in addresses; only clerks may ask."""
    if principal.kind != "clerk":
        raise Forbidden
    return {"code": room.people.of({"person.citizen_id": number})}


def mine(id: str, principal: Principal, room: Room) -> tuple[Json, Case]:
    """The open task, if it is for the caller's agency and roles and not about the caller; else NotFound."""
    row = room.tasks.get(id)
    if row is None or not _for(row, principal, room):
        raise NotFound
    case = room.cases.get(row["case_no"])
    if case is None or about(case, principal, room):
        raise NotFound
    if row["status"] != "open":
        raise StaleTask(more={"status": row["status"]})
    return row, case


def about(case: Case, principal: Principal, room: Room) -> bool:
    """Whether the caller applied, or is the same person as who applied, through whatever account."""
    if case.seen_by_applicant(principal.id, principal.subject or {"": ""}):
        return True
    person = room.people.behind(principal)
    return person is not None and person in (case.body.get("filer"), room.people.of(case.subject))


def form_of(row: Json, standards: Standards) -> Json:
    if not row["form"]:
        return {}
    return standards.schema(
        [{"element": name, "version": FORM_VERSION, "required": True} for name in row["form"]]
    )


def actions_of(row: Json) -> list[str]:
    aside = ["suspend", "resume", "extend"] if row["role"] in ("reviewer", "decider") else []
    return [*row["actions"], *(a for a in aside if a not in row["actions"])]


def offered(row: Json, case: Case) -> list[str]:
    """What may be done in this task now; only the lead asks other agencies."""
    lead = row["agency"] in stages.owners(case.body, case.agency)
    possible = domain.offered(actions_of(row), case.body)
    return [action for action in possible if lead or action not in opinions.ACTS]


def listed(row: Json, today: str) -> dict[str, Any]:
    """A task as a list shows it."""
    return {
        "id": row["id"],
        "case_no": row["case_no"],
        "item": {"code": row["item"], "name": row["item_name"]},
        "name": row["name"],
        "element": row["element"],
        "role": row["role"],
        "agency": row["agency"],
        "region": row["region"],
        "applicant": row["applicant"],
        "created_at": row["created_at"],
        "due": row["due"],
        "light": light_of(row, today),
        "claimed_by": row["claimed_by"],
        "actions": row["actions"],
    }


def light_of(row: Json, today: str) -> str:
    """The same colours as Clock.light, from the days written onto the task."""
    if row["paused"]:
        return clock.BLUE
    if row["due"] and row["due"] < today:
        return clock.RED
    return clock.YELLOW if row["yellow_from"] and row["yellow_from"] <= today else clock.GREEN


def _standing(principal: Principal, room: Room) -> dict[str, Any]:
    """Who the caller is and stands in for, and whose work the caller's agency does."""
    given = room.delegations.givers(principal.id, room.work.now.date().isoformat())
    return {
        "holders": [principal.id, *sorted({each["giver"] for each in given})],
        "person": room.people.behind(principal),
        "agencies": succession(room).line(principal.agency or ""),
    }


def _items(query: Json, principal: Principal, room: Room) -> list[dict[str, Any]]:
    rows = room.inbox.counts(principal, query, room.work.now.date())
    return [
        {"code": row["item"], "name": row["item_name"], **{name: row[name] for name in COUNTED}}
        for row in rows
    ]


def _sum(items: list[dict[str, Any]]) -> dict[str, int]:
    return {name: sum(item[name] for item in items) for name in COUNTED}


def _case(row: Json, case: Case, room: Room) -> dict[str, Any]:
    """What every task shows; papers and messages hold anything, so only the item's own agency gets them."""
    own = row["agency"] in stages.owners(case.body, case.agency)
    return {
        "case_no": case.case_no,
        "name": case.name,
        "item": case.item,
        "state": case.state,
        "applicant": case.body["applicant_name"],
        "situation": case.body["situation"],
        "clocks": clock.told(case.body, room.calendars.of(case.agency), room.work.now.date()),
        "hearing": case.body.get("hearing") if own else None,
        "stages": case.body.get("stages", []) if own else [],
        "opinions": opinions.shown(case.body, None if own else row["agency"]),
        "timeline": list(room.timeline.of(case.case_no, 0)),
        "documents": list(room.papers.documents(case.case_no)) if own else [],
        "messages": list(room.papers.messages(case.case_no)) if own else [],
    }


def _actions(row: Json, case: Case, form: Json) -> list[dict[str, Any]]:
    return [
        {
            "id": action,
            "label": domain.LABELS.get(action, {"zh-Hans": action}),
            "schema": domain.schema_of(action, form, case.body),
        }
        for action in offered(row, case)
    ]


def _for(row: Json, principal: Principal, room: Room) -> bool:
    if principal.kind == "system":
        return True
    if principal.kind != "clerk" or row["role"] not in principal.roles:
        return False
    return answers_for(principal.agency, row["agency"], room)
