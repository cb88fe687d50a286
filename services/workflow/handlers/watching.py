"""What time alone does: lights change, silence becomes acceptance, unanswered orders go up."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from gdbos_contracts.errors import Conflict
from services.workflow.domain import clock, order, records
from services.workflow.handlers.advancing import accept, settle
from services.workflow.ports import Room

Enter = Callable[[], AbstractContextManager[Room]]


def sweep(limit: int, enter: Enter) -> dict[str, Any]:
    """{lit, deemed, moved, escalated}: how many clocks changed their light, cases were deemed accepted,
    due days moved with the calendar, and orders went up a level."""
    return {
        "deemed": _each("notice", _unanswered(limit, enter), _deem, enter),
        "moved": _recount(limit, enter),
        "lit": _shine(limit, enter),
        "escalated": _each("order", _late(limit, enter), _escalate, enter),
    }


def _shine(limit: int, enter: Enter) -> int:
    """One statement for all of them, and the records of it, in one commit."""
    with enter() as room:
        changed = room.clocks.shine(room.work.now.date(), limit)
        if changed:
            room.records.add([records.lit(row, room.work.now.isoformat()) for row in changed])
            room.work.commit()
    return len(changed)


def _unanswered(limit: int, enter: Enter) -> list[Any]:
    with enter() as room:
        return list(room.clocks.unanswered(room.work.now.date(), limit))


def _late(limit: int, enter: Enter) -> list[Any]:
    with enter() as room:
        found = room.orders.late(order.UNANSWERED, len(order.LEVELS) - 1, room.work.now.date(), limit)
    return [row["id"] for row in found]


def _each(what: str, keys: list[Any], act: Callable[[Any, Room], int], enter: Enter) -> int:
    """Each in its own commit. Whatever is wrong with one, of whichever agency, is logged and stops no other;
    the next sweep tries it again."""
    done = 0
    for key in keys:
        try:
            done += _patiently(key, act, enter)
        except Exception:
            logging.getLogger(__name__).exception("%s %s", what, key)
    return done


def _patiently(key: Any, act: Callable[[Any, Room], int], enter: Enter) -> int:
    """Whoever was faster goes first, twice; then it is our turn or a fault."""
    for _ in range(2):
        try:
            with enter() as room:
                return act(key, room)
        except Conflict:
            continue
    with enter() as room:
        return act(key, room)


def _recount(limit: int, enter: Enter) -> int:
    """Count up to `limit` open cases of the oldest unfinished change of a calendar anew.

    The mark of how far it came is written after the batch: an interrupted one is done again, to the same days.
    """
    with enter() as room:
        change = room.calendars.pending()
        if change is None:
            return 0
        batch = list(room.clocks.after(change["cursor"], change["agency"], limit))
    moved = _each("recount", batch, _count, enter)
    with enter() as room:
        done = None if len(batch) == limit else room.work.now.isoformat()
        room.calendars.progress(change["id"], batch[-1] if batch else change["cursor"], moved, done)
        room.work.commit()
    return moved


def _count(case_no: str, room: Room) -> int:
    """1 when the case's due day moved; a closed case keeps its own."""
    case, before = room.cases.get(case_no), room.clocks.get(case_no)
    if case is None or before is None or not case.open:
        return 0
    row = clock.row_of(case.body, room.calendars.of(case.agency))
    if not row or all(before[name] == row[name] for name in row):
        return 0
    settle(case, room)
    room.cases.save(case)
    room.work.audit("clock.recount", case_no, was=before["due"], due=row["due"])
    room.work.commit()
    return 1


def _deem(case_no: str, room: Room) -> int:
    case = room.cases.get(case_no)
    if case is None or not case.open:
        room.clocks.close(case_no)
        room.work.commit()
        return 0
    accept(case, room)
    room.cases.save(case)
    room.work.audit("case.deemed_accepted", case_no, accepted_on=case.body["accepted_on"])
    room.work.commit()
    return 1


def _escalate(id: int, room: Room) -> int:
    found = room.orders.get(id)
    if found is None:
        return 0
    at = room.work.now
    raised = order.escalated(found, at.date(), room.calendars.of(found["agency"]))
    room.orders.save(raised)
    room.records.add([records.ordered(raised, "escalation", at.isoformat())])
    room.work.audit("order.escalate", str(id), level=order.LEVELS[raised["level"]])
    room.work.commit()
    return 1
