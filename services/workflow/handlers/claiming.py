"""Who has a task: claim, release, assign, undo, and delegation for a time.

Each may be repeated: what is so already is answered as done. A task that somebody else has is StaleTask with
`holder`, so that the answer says who has it now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from gdbos_contracts.errors import BadInput, Forbidden, NotFound, StaleTask
from gdbos_contracts.principal import Principal
from services.workflow.domain.case import Case
from services.workflow.domain.faults import fault
from services.workflow.handlers.desk import about, mine
from services.workflow.handlers.succeeding import answers_for
from services.workflow.ports import Room

Json = Mapping[str, Any]
LEAD = "lead"
LONGEST = timedelta(days=366)
"""No delegation stands for longer: a role that changes hands for good is given by the agency."""


def claim(id: str, principal: Principal, room: Room) -> dict[str, Any]:
    """Take a task. Forbidden for who may not do it because of what they did before in the case."""
    row, case = mine(id, principal, room)
    if row["claimed_by"] not in (None, principal.id):
        raise taken(row)
    keep_apart(row, case, principal, room)
    _give("task.claim", row, principal.id, principal, room)
    return _told(id, principal.id)


def release(id: str, principal: Principal, room: Room) -> dict[str, Any]:
    """Put a claimed task back."""
    row, _ = mine(id, principal, room)
    if not may_act(row, principal, room):
        raise taken(row)
    _give("task.release", row, None, principal, room)
    return _told(id, None)


def assign(id: str, colleague: Principal, principal: Principal, room: Room) -> dict[str, Any]:
    """The lead of a team gives a task to a colleague who may do it, whoever has it now."""
    row, case = mine(id, principal, room)
    if LEAD not in principal.roles:
        raise Forbidden
    _eligible(row, case, colleague, room)
    _give("task.assign", row, colleague.id, principal, room)
    return _told(id, colleague.id)


def undo(id: str, principal: Principal, room: Room) -> dict[str, Any]:
    """Restore the holder from before the caller's own last claim, release or assignment, if it is the last."""
    row, case = mine(id, principal, room)
    last = row["last_claim"] or {}
    if last.get("by") != principal.id:
        raise taken(row)
    if not last["undone"]:
        room.tasks.claim(id, last["before"], {**last, "undone": True})
        room.work.audit("task.undo", case.case_no, task=id)
    return _told(id, last["before"])


def committed(answer: dict[str, Any], room: Room) -> dict[str, Any]:
    """One change of one task, in one commit."""
    room.work.commit()
    return answer


def delegate(command: Json, colleague: Principal, principal: Principal, room: Room) -> dict[str, Any]:
    """Let a colleague who holds the role act on what the caller has claimed, between two days."""
    today = room.work.now.date()
    faults = _delegation_faults(command, colleague, principal, today)
    if faults:
        raise BadInput(faults=faults)
    row = {
        "agency": principal.agency,
        "role": command["role"],
        "giver": principal.id,
        "taker": colleague.id,
        "first_day": command["first_day"].isoformat(),
        "last_day": command["last_day"].isoformat(),
    }
    key = hashlib.sha256("|".join(str(value) for value in row.values()).encode()).hexdigest()[:32]
    if room.delegations.add({"id": key, "taker_name": colleague.name, **row}):
        room.work.audit("desk.delegate", principal.id, to=colleague.id, role=command["role"])
        room.work.commit()
    return {"id": key, "taker_name": colleague.name, **row}


def delegations(principal: Principal, room: Room) -> dict[str, Any]:
    """{delegations}: given and received, in force or to come."""
    return {"delegations": list(room.delegations.of(principal.id, room.work.now.date().isoformat()))}


def end_delegation(id: str, principal: Principal, room: Room) -> dict[str, Any]:
    """NotFound unless the caller gave it."""
    if not room.delegations.end(id, principal.id):
        raise NotFound
    room.work.audit("desk.delegate.end", principal.id, delegation=id)
    room.work.commit()
    return {"id": id}


def may_act(row: Json, principal: Principal, room: Room) -> bool:
    """Nobody has it, the caller has it, or stands in for who has it."""
    if row["claimed_by"] in (None, principal.id):
        return True
    given = room.delegations.givers(principal.id, room.work.now.date().isoformat())
    return any(each["giver"] == row["claimed_by"] and each["role"] == row["role"] for each in given)


def taken(row: Json) -> StaleTask:
    return StaleTask(
        {
            "zh-Hans": f"该任务现由 {row['claimed_by']} 办理" if row["claimed_by"] else "该任务已放回",
            "zh-Hant": f"該任務現由 {row['claimed_by']} 辦理" if row["claimed_by"] else "該任務已放回",
            "en": f"{row['claimed_by']} has this task now" if row["claimed_by"] else "This task was put back",
        },
        more={"holder": row["claimed_by"]},
    )


def keep_apart(row: Json, case: Case, principal: Principal, room: Room) -> None:
    """Forbidden when the process wants somebody else than who did one of the steps in `apart`."""
    doers, hands = case.body.get("doers", {}), case.body.get("hands", {})
    person = room.people.behind(principal)
    for element in row["apart"]:
        if doers.get(element) == principal.id or (person and person in hands.get(element, ())):
            raise Forbidden(APART)


def hand(row: Json, case: Case, principal: Principal, room: Room) -> None:
    """Remember who did a step: the account, and the person behind it by pseudonym."""
    case.body.setdefault("doers", {})[row["element"]] = principal.id
    person = room.people.behind(principal)
    if person:
        held = case.body.setdefault("hands", {}).setdefault(row["element"], [])
        held.extend([person] if person not in held else [])


APART = {
    "zh-Hans": "前一环节由您办理，本环节须由他人办理",
    "zh-Hant": "前一環節由您辦理，本環節須由他人辦理",
    "en": "You did the step before; this one is for somebody else",
}


def _give(action: str, row: Json, holder: str | None, principal: Principal, room: Room) -> None:
    if row["claimed_by"] == holder:
        return
    at = room.work.at
    last = {"by": principal.id, "before": row["claimed_by"], "undone": False, "at": at}
    room.tasks.claim(row["id"], holder, last)
    room.work.audit(action, row["case_no"], task=row["id"], holder=holder)


def _eligible(row: Json, case: Case, colleague: Principal, room: Room) -> None:
    fits = colleague.kind == "clerk" and row["role"] in colleague.roles
    if not fits or not answers_for(colleague.agency, row["agency"], room) or about(case, colleague, room):
        raise BadInput(faults=[fault("/to", "not_a_colleague")])
    keep_apart(row, case, colleague, room)


def _delegation_faults(command: Json, colleague: Principal, principal: Principal, today: date) -> list[Any]:
    faults, role = [], command["role"]
    if role not in principal.roles:
        faults.append(fault("/role", "not_your_role"))
    fits = colleague.kind == "clerk" and colleague.agency == principal.agency and role in colleague.roles
    if not fits or colleague.id == principal.id:
        faults.append(fault("/to", "not_a_colleague"))
    first, last = command["first_day"], command["last_day"]
    if last < first or last < today or last - first > LONGEST:
        faults.append(fault("/until", "period"))
    return faults


def _told(id: str, holder: str | None) -> dict[str, Any]:
    return {"id": id, "claimed_by": holder}
