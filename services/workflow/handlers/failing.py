"""What could not go on: kept with its cause, tried again by a schedule, then left to people; never silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from gdbos_contracts.errors import Conflict, GdbosError, NotFound, StaleTask, Unavailable
from gdbos_contracts.principal import Principal
from services.workflow.domain.case import Case
from services.workflow.domain.engine import Graph, Incident
from services.workflow.domain.engine.timers import later
from services.workflow.domain.faults import fault, text
from services.workflow.domain.incidents import JOB, PAPER, TIMER, WATCH, over
from services.workflow.domain.paging import sealed
from services.workflow.handlers.administering import administered, administered_subject
from services.workflow.handlers.stepping import graph_of
from services.workflow.ports import CannotPrint, Room

Enter = Callable[[], AbstractContextManager[Room]]
RETRIES = ("PT1M", "PT10M", "PT1H", "PT12H")
"""Unless the element has its own in gdbos:retry."""
_PRINTED = text(
    "文书已用内置版式生成并生效，不能重新生成；请修正模板后人工消除此异常",
    "文書已用內建版式產生並生效，不能重新產生；請修正範本後人工消除此異常",
    "The paper was made by the built-in layout and stands. Mend the template, then resolve this by hand",
)


def attempt(case_no: str, token: str, act: Callable[[Room], int], enter: Enter) -> int:
    """What `act` gives; 0, with an incident kept, when it fails for a reason that is the case's own.

    Raises Unavailable: a database that is away is nobody's incident.
    """
    try:
        with enter() as room:
            return act(room)
    except Unavailable:
        raise
    except StaleTask:
        return _forget(case_no, token, enter)
    except Conflict as error:
        if not isinstance(error, Incident):
            return 0  # another writer was faster: the next round looks again
        cause: Exception = error
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this case's, and the others go on
        cause = error
    with enter() as room:
        keep(case_no, token, TIMER, cause, room)
        room.work.commit()
    return 0


def keep(case_no: str, token: str, kind: str, cause: Exception, room: Room) -> None:
    """The incident with the next attempt, or with none when the schedule is used up."""
    case, held = room.cases.get(case_no), room.incidents.get(case_no, token)
    if case is None or not case.open:
        room.timers.drop(case_no, token)
        return
    element = _element(case, token)
    attempts = attempts_of(held)
    schedule = _schedule(graph_of(case, room), element)
    due = later(room.work.now, schedule[attempts - 1]) if attempts <= len(schedule) else None
    put(case_no, token, kind, element, cause, attempts, due, room)
    _postpone(case_no, token, kind, due, room)


def hold(case_no: str, token: str, cause: Exception, room: Room) -> None:
    """What time alone does and could not: an incident that is tried again for ever, ever more rarely."""
    attempts = attempts_of(room.incidents.get(case_no, token))
    due = rarely(attempts, room.work.now)
    put(case_no, token, WATCH, "", cause, attempts, due, room)


def incidents(query: Mapping[str, Any], principal: Principal, room: Room) -> dict[str, Any]:
    """{incidents: [… with the item, process and name of the step], next}: the open ones of the caller's agencies,
    the oldest first."""
    agencies = administered(principal, room)
    found = room.incidents.open(agencies, query["cursor"], query["limit"])
    full = len(found) == query["limit"]
    last = sealed(*(found[-1][name] for name in ("at", "case_no", "token"))) if full else None
    return {"incidents": [{**row, "step": step_of(row, room)} for row in found], "next": last}


def retry(case_no: str, token: str, principal: Principal, room: Room) -> dict[str, Any]:
    """Try at the next tick, whatever the schedule said; NotFound when there is no open incident.

    Conflict for a paper that was made by the built-in layout: that file stands.
    """
    open_still = administered_subject(case_no, principal, room)
    held = room.incidents.get(case_no, token)
    if held is None or held["resolved_at"] is not None or over(held["kind"], open_still):
        raise NotFound
    _postpone(case_no, token, held["kind"], room.work.now, room)
    room.work.audit("incident.retry", case_no, token=token)
    room.work.commit()
    return {"case_no": case_no, "token": token}


def resolved(case_no: str, token: str, room: Room) -> None:
    """It went on after all."""
    if room.incidents.get(case_no, token) is not None:
        room.incidents.resolve(case_no, token, room.work.at)


def paper(document: str) -> str:
    """What stands for the file of a document where others have a token."""
    return f"{PAPER}-{document}"


def rarely(attempts: int, now: datetime) -> datetime:
    """When to try again what is tried for ever: by the schedule, then at its last interval."""
    return later(now, RETRIES[min(attempts, len(RETRIES)) - 1])


def attempts_of(held: Mapping[str, Any] | None) -> int:
    return held["attempts"] + 1 if held and held["resolved_at"] is None else 1


def put(
    case_no: str,
    token: str,
    kind: str,
    element: str,
    cause: Exception,
    attempts: int,
    due: datetime | None,
    room: Room,
) -> None:
    """Keep the incident; it is tried again at `due`, None: when somebody says so."""
    room.incidents.put(
        {
            "case_no": case_no,
            "token": token,
            "kind": kind,
            "element": cause.element if isinstance(cause, Incident) else element,
            "reason": _reason(cause),
            "message": message_of(cause),
            "attempts": attempts,
            "at": room.work.at,
            "next_at": due.isoformat() if due else None,
            "resolved_at": None,
        }
    )
    room.work.audit("incident.keep", case_no, token=token, reason=_reason(cause), attempts=attempts)


def _postpone(case_no: str, token: str, kind: str, due: datetime | None, room: Room) -> None:
    if kind == PAPER and not room.prints.again(token.removeprefix(paper(""))):
        raise Conflict(_PRINTED)
    if kind in (WATCH, PAPER):
        room.incidents.postpone(case_no, token, room.work.at)
    elif kind == JOB:
        room.jobs.postpone(case_no, token, due)
    else:
        room.timers.postpone(case_no, token, due)


def _forget(case_no: str, token: str, enter: Enter) -> int:
    """The case does not wait for this timer any more."""
    with enter() as room:
        room.timers.drop(case_no, token)
        room.work.commit()
    return 0


def _element(case: Case, token: str) -> str:
    found = case.doc["waits"].get(token) or case.doc["tokens"].get(token) or {}
    return str(found.get("e", ""))


def step_of(row: Mapping[str, Any], room: Room) -> str:
    """The name that the process gives the element; its id when it gives none, and "" for what is of no process."""
    if not row["process"]:
        return ""
    found = room.processes.graph(row["process"], row["process_version"])
    node = found[0].nodes.get(row["element"]) if found else None
    return node.name if node and node.name else str(row["element"])


def _schedule(graph: Graph, element: str) -> tuple[str, ...]:
    node = graph.nodes.get(element)
    own = str(node.attributes.get("retry", "")) if node else ""
    return tuple(own.split()) or RETRIES


def _reason(cause: Exception) -> str:
    if isinstance(cause, Incident):
        return cause.reason
    if isinstance(cause, CannotPrint):
        return str(cause.args[0])
    return cause.code if isinstance(cause, GdbosError) else type(cause).__name__


def message_of(cause: Exception) -> dict[str, str]:
    """Texts for people; of an unforeseen error only its kind, because its text may hold personal data."""
    if isinstance(cause, CannotPrint):
        return dict(fault("", *cause.args).message)
    if isinstance(cause, GdbosError) and not isinstance(cause.detail, str):
        return dict(cause.detail)
    name = type(cause).__name__
    return {"zh-Hans": f"程序错误：{name}", "zh-Hant": f"程式錯誤：{name}", "en": f"program error: {name}"}
