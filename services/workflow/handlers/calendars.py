"""Publish a calendar; the record of every change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput
from gdbos_contracts.principal import Principal
from services.workflow.domain.faults import fault
from services.workflow.ports import Room

Json = Mapping[str, Any]


def publish(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """The days of one agency, or of everybody (""): {id, days}. Open cases follow in the sweeps to come.

    A day given twice is BadInput; what is published is a record, never taken back but by another change.
    """
    days: dict[str, bool] = {}
    for at, entry in enumerate(command["days"]):
        if entry["day"].isoformat() in days:
            raise BadInput(faults=[fault(f"/days/{at}/day", "duplicate_day", entry["day"])])
        days[entry["day"].isoformat()] = entry["works"]
    known = command["known_until"]
    row = {
        "agency": command["agency"],
        "at": room.work.now.isoformat(),
        "by": principal.id,
        "reason": command["reason"],
        "days": days,
        "known_until": known.isoformat() if known else "",
    }
    change = room.calendars.publish(row)
    room.work.audit("calendar.publish", row["agency"] or "national", change=change, days=sorted(days))
    room.work.commit()
    return {"id": change, "agency": row["agency"], "days": len(days)}


def changes(limit: int, room: Room) -> dict[str, Any]:
    """The record of every change, newest first, and how far the cases have followed."""
    shown = [
        {name: value for name, value in row.items() if name != "cursor"}
        for row in room.calendars.changes(limit)
    ]
    return {"changes": shown}
