"""A calendar: its days, what a change of it would do, the change, and the record of every change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gdbos_contracts.errors import BadInput
from gdbos_contracts.principal import Principal
from services.workflow.domain import clock
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.faults import fault
from services.workflow.ports import Room

Json = Mapping[str, Any]
LOOKED_AT = 500
"""Cases that a preview counts anew; it says how many there are."""


def shown(agency: str, year: int, room: Room) -> dict[str, Any]:
    """{agency, year, days: [{day, works, national}], working_days, known_until}: what was published of the year,
    and the working days that come of it. An agency's own day goes before the national one."""
    calendar, own = room.calendars.of(agency), room.calendars.published(agency)
    national = room.calendars.published("")
    found = sorted(day for day in {**national, **own} if day.year == year)
    return {
        "agency": agency,
        "year": year,
        "days": [
            {"day": day.isoformat(), "works": calendar.works(day), "national": not agency or day not in own}
            for day in found
        ],
        "working_days": calendar.between(date(year - 1, 12, 31), date(year, 12, 31)),
        "known_until": calendar.known_until.isoformat() if calendar.known_until > date.min else "",
    }


def preview(command: Json, room: Room) -> dict[str, Any]:
    """{cases, looked_at, moves: [{case_no, item_name, agency, was, due}]}: which open due days would move.

    Nothing is written. `cases` could move at all; the first LOOKED_AT by their due day are counted anew.
    """
    changed = {date.fromisoformat(day): works for day, works in _days(command).items()}
    cases, rows = room.clocks.due_from(min(changed), command["agency"], LOOKED_AT)
    agencies = {row["agency"] for row in rows}
    calendars = {agency: _changed(agency, changed, not command["agency"], room) for agency in agencies}
    moves = []
    for row in rows:
        case = room.cases.get(row["case_no"])
        due = clock.row_of(case.body, calendars[row["agency"]]).get("due") if case else None
        if due and due != row["due"]:
            kept = {name: row[name] for name in ("case_no", "item_name", "agency")}
            moves.append({**kept, "was": row["due"], "due": due})
    return {"cases": cases, "looked_at": len(rows), "moves": moves}


def publish(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """The days of one agency, or of everybody (""): {id, days}. Open cases follow in the sweeps to come.

    A day given twice is BadInput; what is published is a record, never taken back but by another change.
    """
    days = _days(command)
    known = command["known_until"]
    row = {
        "agency": command["agency"],
        "at": room.work.at,
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
    found = [
        {name: value for name, value in row.items() if name != "cursor"}
        for row in room.calendars.changes(limit)
    ]
    return {"changes": found}


def _changed(agency: str, days: Mapping[date, bool], national: bool, room: Room) -> Calendar:
    """The agency's calendar after the change; a national day leaves the agency's own as it is."""
    own = room.calendars.published(agency) if national else {}
    return room.calendars.of(agency).changed({day: works for day, works in days.items() if day not in own})


def _days(command: Json) -> dict[str, bool]:
    """Day → whether it is a working day; BadInput for a day given twice."""
    days: dict[str, bool] = {}
    for at, entry in enumerate(command["days"]):
        if entry["day"].isoformat() in days:
            raise BadInput(faults=[fault(f"/days/{at}/day", "duplicate_day", entry["day"])])
        days[entry["day"].isoformat()] = entry["works"]
    return days
