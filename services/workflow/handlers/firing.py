"""Timers whose time has come, and what other services report."""

from __future__ import annotations

from functools import partial
from typing import Any

from services.workflow.domain import opinions
from services.workflow.domain.case import Case
from services.workflow.domain.engine.replay import Command
from services.workflow.handlers import deferring, reviewing
from services.workflow.handlers.advancing import follow, note
from services.workflow.handlers.bundling import after_end
from services.workflow.handlers.failing import Enter, attempt, resolved
from services.workflow.handlers.stepping import step
from services.workflow.ports import Room


def fire_due(limit: int, enter: Enter) -> dict[str, Any]:
    """Fire up to `limit` due timers, each in a commit of its own: one that fails stops no other."""
    with enter() as room:
        due = list(room.timers.due(room.work.now, limit))
    fired = 0
    for timer in due:
        case_no, token = timer["case_no"], timer["token"]
        fired += attempt(case_no, token, partial(_fire, case_no, token), enter)
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


def _fire(case_no: str, token: str, room: Room) -> int:
    case = room.cases.get(case_no)
    if case is None or not case.open:
        room.timers.drop(case_no, token)
        room.work.commit()
        return 0
    if token == deferring.TIMER:
        deferring.lapse(case, room)
    elif token.startswith(reviewing.TIMER):
        _silence(case, token.removeprefix(reviewing.TIMER), room)
    else:
        move(case, Command("timer", token), token, room)
    resolved(case_no, token, room)
    room.work.audit("timer.fire", case_no, timer=token)
    room.work.commit()
    return 1


def _silence(case: Case, token: str, room: Room) -> None:
    """An agency let its days go by: by the rule of the item it agrees, or it is only late."""
    learnt = reviewing.deem(token, case, room) if token in case.doc["tokens"] else None
    if learnt is None:
        room.timers.drop(case.case_no, reviewing.TIMER + token)
        room.cases.save(case)
        return
    move(case, Command("complete", token, {"action": opinions.AGREE, "deemed": True, **learnt}), token, room)
