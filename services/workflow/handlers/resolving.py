"""An incident resolved by hand: the failed step is finished with what was missing, or the incident is laid aside.

Looked at first: a preview does all of it and commits nothing, so that it says what will happen and not what should.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, NotFound
from gdbos_contracts.jsontext import canonical
from gdbos_contracts.principal import Principal
from services.workflow.domain.case import Case
from services.workflow.domain.engine.replay import Command
from services.workflow.domain.faults import fault, text
from services.workflow.domain.incidents import JOB, TIMER
from services.workflow.handlers import deferring, reviewing
from services.workflow.handlers.administering import administered_case
from services.workflow.handlers.advancing import follow, note
from services.workflow.handlers.bundling import after_end
from services.workflow.handlers.failing import resolved, step_of
from services.workflow.handlers.stepping import graph_of, step
from services.workflow.ports import Room

Json = Mapping[str, Any]
COMPLETE, ERROR, DISMISS = "complete", "error", "dismiss"
"""Finish the step with these variables; end it with a BPMN error that the model catches; lay the incident aside."""
_RESOLVED = text("此异常已消除", "此異常已消除", "This incident is resolved by now")
_STALE = text(
    "预览后办件或异常已发生变化，请重新预览",
    "預覽後辦件或異常已發生變化，請重新預覽",
    "The case or the incident changed since the preview: preview again",
)


def incident(case_no: str, token: str, principal: Principal, room: Room) -> dict[str, Any]:
    """The incident, its step by name, the actions that are open to it, the `version` that a resolution has to name,
    and what was resolved by hand in this case before."""
    case = administered_case(case_no, principal, room)
    held = room.incidents.get(case_no, token)
    if held is None:
        raise NotFound
    about = {name: getattr(case, name) for name in ("item", "name", "process", "process_version")}
    return {
        **held,
        **about,
        "step": step_of({**held, **about}, room),
        "actions": list(_actions(held, case)),
        "version": _version(held, case),
        "places": _places(case, room),
        "resolutions": list(case.body.get("resolutions", ())),
    }


def resolve(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """{case_no, token, action, version, applied, status, outcome, before, after}: where the case stands by the names of
    its steps, before and after. Nothing is written in a dry run.

    Conflict for an incident that is resolved, for another `version` than the one that was looked at, and when the step
    fails still; BadInput for an action that is not open to it.
    """
    case = administered_case(command["case_no"], principal, room)
    held = _open(command, case, room)
    version, before = _version(held, case), _places(case, room)
    entry = _entry(command, held, principal, room)
    case.body["resolutions"] = [*case.body.get("resolutions", ()), entry]
    if command["action"] != DISMISS:
        _finish(case, held, command, _digest(entry), room)
        note(case, "incident_resolved", room)
    room.cases.save(case)
    if command["action"] != DISMISS and not case.open:
        after_end(case, room)
    resolved(case.case_no, held["token"], room)
    facts = {"did": command["action"], "variables": entry["variables"], "resolution": _digest(entry)}
    room.work.audit("incident.resolve", case.case_no, token=held["token"], **facts)
    if not command["dry_run"]:
        room.work.commit()
    return {
        **{name: command[name] for name in ("case_no", "token", "action")},
        "version": version,
        "applied": not command["dry_run"],
        "status": case.state,
        "outcome": case.outcome,
        "before": before,
        "after": _places(case, room),
    }


def _open(command: Json, case: Case, room: Room) -> Json:
    held = room.incidents.get(case.case_no, command["token"])
    if held is None:
        raise NotFound
    if held["resolved_at"] is not None:
        raise Conflict(_RESOLVED)
    if not command["dry_run"] and command["version"] != _version(held, case):
        raise Conflict(_STALE)
    if command["action"] not in _actions(held, case):
        raise BadInput(faults=[fault("/action", "not_open", command["action"])])
    if command["action"] == DISMISS and command["variables"]:
        raise BadInput(faults=[fault("/variables", "no_variables")])
    return held


def _actions(held: Json, case: Case) -> tuple[str, ...]:
    """A step that the case no longer waits at has only its incident left; a limit of the law is tried again, no more."""
    token, kind = held["token"], held["kind"]
    if held["resolved_at"] is not None:
        return ()
    if kind == JOB and token in case.doc.get("tokens", {}):
        return (COMPLETE, ERROR)
    if kind == TIMER and token in case.doc.get("waits", {}):
        return (COMPLETE,)
    if kind == TIMER and case.open and (token == deferring.TIMER or token.startswith(reviewing.TIMER)):
        return ()
    return (DISMISS,)


def _finish(case: Case, held: Json, command: Json, digest: str, room: Room) -> None:
    """Two steps of history at most, both under keys of the token: done once, whoever else is at it."""
    token, variables = held["token"], dict(command["variables"])
    if held["kind"] == TIMER:
        _step(case, Command("assign", variables=variables), f"resolve:{token}", digest, room)
        _step(case, Command("timer", token), token, digest, room)
    elif command["action"] == ERROR:
        _step(case, Command("error", token, variables, command["error"]), f"resolve:{token}", digest, room)
    else:
        _step(case, Command("complete", token, variables), f"resolve:{token}", digest, room)


def _step(case: Case, command: Command, key: str, digest: str, room: Room) -> None:
    follow(case, step(case, command, room, key, resolution=digest), room)


def _entry(command: Json, held: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """What the case keeps of it; the values stand in its history."""
    return {
        "token": held["token"],
        "element": held["element"],
        "cause": held["reason"],
        "action": command["action"],
        "variables": sorted(command["variables"]),
        "reason": command["reason"],
        "by": principal.id,
        "at": room.work.at,
    }


def _digest(entry: Json) -> str:
    return hashlib.sha256(canonical(entry).encode()).hexdigest()


def _version(held: Json, case: Case) -> str:
    """What a resolution was decided on: it no longer holds when the case moved or the incident failed again."""
    return f"{case.revision}-{held['attempts']}"


def _places(case: Case, room: Room) -> list[str]:
    """The names of the steps at which the case stands; of those without one, their ids."""
    if not case.open or not case.doc:
        return []
    nodes = graph_of(case, room).nodes
    standing = [*case.doc.get("tokens", {}).values(), *case.doc.get("waits", {}).values()]
    return sorted({nodes[each["e"]].name or each["e"] for each in standing if each.get("e") in nodes})
