"""Timers whose time has come, and what other services report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from gdbos_contracts.errors import Unavailable
from services.workflow.domain import opinions
from services.workflow.domain.case import Case
from services.workflow.domain.engine.replay import Command
from services.workflow.handlers import deferring, reviewing
from services.workflow.handlers.advancing import follow, note
from services.workflow.handlers.bundling import after_end
from services.workflow.handlers.changing import back
from services.workflow.handlers.failing import Enter, attempt, resolved
from services.workflow.handlers.stepping import step
from services.workflow.ports import Room

Json = Mapping[str, Any]


def fire_due(limit: int, enter: Enter) -> dict[str, Any]:
    """Fire up to `limit` due timers, one of each case together in one commit.

    When that commit fails, whatever the cause, each fires in a commit of its own: one that fails stops no other.
    """
    fired, left = _fire_together(limit, enter)
    for timer in left:
        fired += attempt(timer["case_no"], timer["token"], partial(_fire_alone, timer), enter)
    return {"fired": fired}


def licence_registered(case_no: str, room: Room) -> None:
    """The hub knows the licence: the applicant may use it."""
    case = room.cases.get(case_no)
    if case is not None:
        note(case, "licence_registered", room)
    room.work.commit()


def move(case: Case, command: Command, key: str, room: Room) -> None:
    """A command from outside, with all that follows from it; does not commit."""
    follow(case, step(case, command, room, key), room)
    room.cases.save(case)
    if not case.open:
        after_end(case, room)


def _fire_together(limit: int, enter: Enter) -> tuple[int, Sequence[Json]]:
    """(how many fired, those that have to fire alone). A timer may end another of its case, so that one waits."""
    due: Sequence[Json] = ()
    first: dict[str, Json] = {}
    try:
        with enter() as room:
            due = room.timers.due(room.work.now, limit)
            for timer in due:
                first.setdefault(timer["case_no"], timer)
            cases = room.cases.some(list(first)) if due else {}
            fired = sum(_fire(timer, cases.get(case_no), room) for case_no, timer in first.items())
            if due:
                room.work.commit()
    except Unavailable:
        raise
    except Exception:  # noqa: BLE001 - nothing was written; alone it fails again, and is kept as an incident
        return 0, due
    return fired, [timer for timer in due if first[timer["case_no"]] is not timer]


def _fire_alone(timer: Json, room: Room) -> int:
    fired = _fire(timer, room.cases.get(timer["case_no"]), room)
    room.work.commit()
    return fired


def _fire(timer: Json, case: Case | None, room: Room) -> int:
    case_no, token = timer["case_no"], timer["token"]
    if case is None or not case.open:
        room.timers.drop(case_no, token)
        return 0
    if token == deferring.TIMER:
        deferring.lapse(case, room)
    elif token.startswith(reviewing.TIMER):
        _silence(case, token.removeprefix(reviewing.TIMER), room)
    else:
        move(case, back(case) if _asked_late(case) else Command("timer", token), token, room)
    if timer["failed"]:
        resolved(case_no, token, room)
    room.work.audit("timer.fire", case_no, timer=token)
    return 1


def _asked_late(case: Case) -> bool:
    """Asked for a correction after the five days: the case is accepted (行政許可法 Art. 32), so that it does not
    end as 補正不來 when no answer comes; it is decided on what it holds."""
    return case.state == "correction_requested" and bool(case.body.get("deemed_accepted"))


def _silence(case: Case, token: str, room: Room) -> None:
    """An agency let its days go by: by the rule of the item it agrees, or it is only late."""
    by_hand = opinions.by_hand(case.body, token)
    learnt = reviewing.deem(token, case, room) if by_hand or token in case.doc["tokens"] else None
    if learnt is None:
        room.timers.drop(case.case_no, reviewing.TIMER + token)
        room.cases.save(case)
        return
    if reviewing.close(case, token, "", room):
        room.cases.save(case)
        return
    move(case, Command("complete", token, {"action": opinions.AGREE, "deemed": True, **learnt}), token, room)
