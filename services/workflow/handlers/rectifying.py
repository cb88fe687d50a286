"""What time does to bad ratings that are being put right: lights, the next level when nobody did, and other last days
when the calendar changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from services.workflow.domain import order, records, rectifying
from services.workflow.domain.rating import RECTIFYING
from services.workflow.handlers.persisting import Due, each
from services.workflow.ports import Room

Enter = Callable[[], AbstractContextManager[Room]]
RATING, RECOUNT = "rating", "recount-rating"


def dim(limit: int, enter: Enter) -> int:
    """How many changed their light."""
    with enter() as room:
        found = [Due(id, RATING, id) for id in room.ratings.dim(room.work.now, limit)]
    return each(found, _relight, enter)


def escalate(limit: int, enter: Enter) -> int:
    """How many went up a level."""
    with enter() as room:
        found = [Due(id, RATING, id) for id in room.ratings.late(rectifying.TOP, room.work.now, limit)]
    return each(found, _escalate, enter)


def running(agency: str, enter: Enter) -> list[Due]:
    """Those on the calendar of the agency; "" is everybody's."""
    with enter() as room:
        return [Due(id, RECOUNT, id) for id in room.ratings.running(agency)]


def failed(limit: int, enter: Enter) -> list[Due]:
    """Those that could not be counted anew before, and are due again."""
    with enter() as room:
        return [Due(id, RECOUNT, id) for id in room.incidents.held(RECOUNT, room.work.now, limit)]


def recount(due: Sequence[Due], enter: Enter) -> int:
    """How many last days moved with a changed calendar; done twice, they are the same days."""
    return each(due, _recount, enter)


def _recount(id: str, room: Room) -> int:
    row = room.ratings.get(id)
    if row is None or row["stage"] != RECTIFYING:
        return 0
    moved = rectifying.recounted(row, room.calendars.of(row["agency"]))
    if not moved:
        return 0
    was = {"stage": row["stage"], "rectify_by": row["rectify_by"], "escalation": row["escalation"]}
    room.ratings.change(id, was, moved)
    room.records.add([records.rating_moved(row, moved["rectify_by"], room.work.at)])
    room.work.audit("rating.recount", id, was=row["rectify_by"], due=moved["rectify_by"])
    room.work.commit()
    return 1


def _relight(id: str, room: Room) -> int:
    row, now = room.ratings.get(id), room.work.now
    if row is None or row["stage"] != RECTIFYING:
        return 0
    light = rectifying.light(row, now.date())
    room.ratings.change(id, {"stage": row["stage"], "light": row["light"]}, {"light": light})
    room.records.add([records.rating_lit(row, light, now.isoformat())])
    room.work.commit()
    return 1


def _escalate(id: str, room: Room) -> int:
    row, now = room.ratings.get(id), room.work.now
    if row is None:
        return 0
    raised = rectifying.escalated(row, now.date(), room.calendars.of(row["agency"]))
    was = {"stage": row["stage"], "escalation": row["escalation"]}
    room.ratings.change(id, was, raised)
    room.records.add([records.rating_late(row, now.isoformat())])
    room.work.audit("rating.escalate", id, level=order.LEVELS[raised["escalation"]])
    room.work.commit()
    return 1
