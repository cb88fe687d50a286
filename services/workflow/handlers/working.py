"""Jobs for machines outside, and messages and signals that reach waiting cases."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from gdbos_contracts.errors import IdempotencyMismatch, StaleTask
from gdbos_contracts.jsontext import canonical
from gdbos_contracts.principal import Principal
from services.workflow.domain.engine import Incident
from services.workflow.domain.engine.replay import Command
from services.workflow.domain.incidents import JOB
from services.workflow.handlers.administering import served, served_case
from services.workflow.handlers.failing import keep, resolved
from services.workflow.handlers.firing import move
from services.workflow.ports import Keys, Room

Json = Mapping[str, Any]
DELIVERED = 200
_MESSAGE = ("name", "key", "variables")


def lease(command: Json, lease: str, principal: Principal, room: Room) -> dict[str, Any]:
    """Jobs of these kinds in the caller's cases, for `seconds`: {jobs: [{case_no, token, lease, kind, element, attributes}]}.

    A job whose lease ran out is given to the next who asks.
    """
    until = room.work.now + timedelta(seconds=command["seconds"])
    agencies = served(principal, room)
    rows = room.jobs.lease(command["kinds"], agencies, lease, room.work.now, until, command["limit"])
    room.work.commit()
    shown = ("case_no", "token", "kind", "element", "attributes")
    return {"jobs": [{**{name: row[name] for name in shown}, "lease": lease} for row in rows]}


def extend(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """{until}: the lease holds for `seconds` from now. StaleTask for one that was lost; one that ran out and that nobody
    took is still the caller's."""
    served_case(command["case_no"], principal, room)
    _leased(command, room)
    until = room.work.now + timedelta(seconds=command["seconds"])
    room.jobs.extend(command["case_no"], command["token"], until)
    room.work.commit()
    return {"until": until.isoformat()}


def complete(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """The job is done with these variables, or ends with a BPMN error code. StaleTask for a lease that was lost.

    The same lease again is answered and not done twice.
    """
    case = served_case(command["case_no"], principal, room)
    if _answered(command, room):
        return {"done": True}
    _leased(command, room)
    done = Command("complete", command["token"], command["variables"])
    if command["error"]:
        done = Command("error", command["token"], command["variables"], command["error"])
    move(case, done, f"job:{command['lease']}:{command['token']}", room)
    resolved(case.case_no, command["token"], room)
    room.work.audit("job.complete", case.case_no, token=command["token"])
    room.work.commit()
    return {"done": True}


def fail(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """The worker could not do it: tried again by the schedule of the element, then an incident for people."""
    case = served_case(command["case_no"], principal, room)
    _leased(command, room)
    reason = command["reason"]
    cause = Incident(case.doc["tokens"][command["token"]]["e"], "job_failed", reason, reason, reason)
    keep(case.case_no, command["token"], JOB, cause, room)
    room.work.commit()
    return {"done": True}


def correlate(command: Json, principal: Principal, keys: Keys, room: Room) -> dict[str, Any]:
    """A message to the case of the caller's that waited longest for its name and key: {case_no}, "" for none.

    The same `id` again is answered with the case that it reached; with another message it is IdempotencyMismatch. What
    reached none is not kept, and may be sent again.
    """
    agencies = served(principal, room)
    key = f"correlation:{command['id']}"
    said = hashlib.sha256(canonical({name: command[name] for name in _MESSAGE}).encode()).hexdigest()
    held = keys.get(principal.id, key)
    if held is not None:
        if held["body_hash"] != said:
            raise IdempotencyMismatch
        return {"case_no": held["body"]}
    waiting = room.subscriptions.waiting(command["name"], command["key"], "message", agencies)
    if not waiting:
        return {"case_no": ""}
    deliver(waiting[0], "message", command, room)
    keys.add(principal.id, key, said, DELIVERED, waiting[0])
    room.work.commit()
    return {"case_no": waiting[0]}


def receive(case_no: str, id: str, sent: Json, room: Room) -> None:
    """A message or signal that another case sent to this one; see advancing.send."""
    deliver(case_no, sent["kind"], {"id": id, "name": sent["name"]}, room)
    room.work.commit()


def deliver(case_no: str, kind: str, command: Json, room: Room) -> None:
    """Nothing happens when the case is over, or had this `id` before. Does not commit."""
    case = room.cases.get(case_no)
    key = f"m:{command['id']}"
    if case is None or not case.open or room.history.find(case_no, key) is not None:
        return
    move(
        case, Command(kind, command["name"], command.get("variables", {}), key=command.get("key")), key, room
    )


def _answered(command: Json, room: Room) -> bool:
    key = f"job:{command['lease']}:{command['token']}"
    return room.history.find(command["case_no"], key) is not None


def _leased(command: Json, room: Room) -> None:
    """StaleTask for a lease that is somebody else's by now."""
    job = room.jobs.get(command["case_no"], command["token"])
    if job is None or job["lease"] != command["lease"]:
        raise StaleTask
