"""What time alone does: lights change, silence becomes acceptance, unanswered orders go up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from services.workflow.domain import order, records
from services.workflow.handlers import archiving, recounting, rectifying
from services.workflow.handlers.advancing import accept
from services.workflow.handlers.failing import resolved
from services.workflow.handlers.persisting import Due, each
from services.workflow.ports import Room

Enter = Callable[[], AbstractContextManager[Room]]
RECOUNT, NOTICE = "recount", "notice"


def sweep(limit: int, enter: Enter) -> dict[str, Any]:
    """{lit, deemed, moved, escalated, archived}: how many clocks changed their light, cases were deemed accepted,
    due days moved with the calendar, orders and bad ratings went up a level, and closed cases were archived."""
    return {
        "deemed": each(_unanswered(limit, enter), _deem, enter),
        "moved": _recount(limit, enter),
        "lit": _shine(limit, enter) + rectifying.dim(limit, enter),
        "escalated": each(_late(limit, enter), _escalate, enter) + rectifying.escalate(limit, enter),
        "archived": archiving.store_due(limit, enter),
    }


def _shine(limit: int, enter: Enter) -> int:
    """One statement for all of them, and the records of it, in one commit."""
    with enter() as room:
        changed = room.clocks.shine(room.work.now.date(), limit)
        if changed:
            room.records.add([records.lit(row, room.work.at) for row in changed])
            room.work.commit()
    return len(changed)


def _unanswered(limit: int, enter: Enter) -> list[Due]:
    """Those that failed before and are answered or over by now have nothing left to be tried again."""
    with enter() as room:
        again = room.incidents.held(NOTICE, room.work.now, limit)
        found = room.clocks.unanswered(room.work.now, limit)
        moot = set(again) - set(found) if len(found) < limit else ()
        for case_no in moot:
            resolved(case_no, NOTICE, room)
        if moot:
            room.work.commit()
    return [Due(case_no, NOTICE, case_no) for case_no in found]


def _late(limit: int, enter: Enter) -> list[Due]:
    with enter() as room:
        found = room.orders.late(order.UNANSWERED, len(order.LEVELS) - 1, room.work.now, limit)
    return [Due(row["case_no"], order.waiting(row["id"]), row["id"]) for row in found]


def _recount(limit: int, enter: Enter) -> int:
    """Count up to `limit` open cases of the oldest unfinished change of a calendar anew, with the last of them the bad
    ratings that are being put right, and those that failed before and are due again.

    The mark of how far it came is written after the batch: an interrupted one is done again, to the same days.
    """
    with enter() as room:
        again = room.incidents.held(RECOUNT, room.work.now, limit)
        change = room.calendars.pending()
        batch = list(room.clocks.after(change["cursor"], change["agency"], limit)) if change else []
    late = each([Due(case_no, RECOUNT, case_no) for case_no in again], recounting.count, enter)
    late += rectifying.recount(rectifying.failed(limit, enter), enter)
    if change is None:
        return late
    moved, last = (
        each([Due(case_no, RECOUNT, case_no) for case_no in batch], recounting.count, enter),
        len(batch) < limit,
    )
    if last:
        late += rectifying.recount(rectifying.running(change["agency"], enter), enter)
    with enter() as room:
        done = room.work.at if last else None
        room.calendars.progress(change["id"], batch[-1] if batch else change["cursor"], moved, done)
        room.work.commit()
    return late + moved


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
