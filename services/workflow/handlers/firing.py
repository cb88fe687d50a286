"""Timers whose time has come, and what other services report."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from gdbos_contracts.errors import Conflict, StaleTask
from services.workflow.domain import engine
from services.workflow.handlers.advancing import follow, graph_of, note
from services.workflow.handlers.bundling import after_end
from services.workflow.ports import Room

Enter = Callable[[], AbstractContextManager[Room]]


def fire_due(limit: int, enter: Enter) -> dict[str, Any]:
    """Fire up to `limit` due timers, each in a commit of its own: one that fails stops no other."""
    with enter() as room:
        due = list(room.timers.due(room.work.now, limit))
    fired = 0
    for timer in due:
        try:
            with enter() as room:
                fired += _fire(timer["case_no"], timer["token"], room)
        except (Conflict, StaleTask):
            continue  # somebody else moved the case: the timer is gone, or the next round fires it
    return {"fired": fired}


def licence_registered(case_no: str, room: Room) -> None:
    """The hub knows the licence: the applicant may use it."""
    case = room.cases.get(case_no)
    if case is not None:
        note(case, "licence_registered", room)
    room.work.commit()


def _fire(case_no: str, token: str, room: Room) -> int:
    case = room.cases.get(case_no)
    room.timers.drop(case_no, token)
    if case is None or not case.open:
        room.work.commit()
        return 0
    case.doc, effects = engine.timer_fired(graph_of(case, room), case.doc, token, room.work.now)
    follow(case, effects, room)
    room.cases.save(case)
    room.work.audit("timer.fire", case_no, timer=token)
    if not case.open:
        after_end(case, room)
    room.work.commit()
    return 1
