"""One agency takes over from another: old codes stay on what exists, the work goes to the heir."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput
from services.workflow.domain.faults import fault
from services.workflow.domain.succession import Succession, circular
from services.workflow.ports import Room

Json = Mapping[str, Any]


def succeed(command: Json, room: Room) -> dict[str, Any]:
    """Publish that `new` takes over from `old` from a day on. Nothing that exists is rewritten."""
    _allow(command, room)
    row = {**command, "from_day": command["from_day"].isoformat()}
    room.successions.add({**row, "at": room.work.at})
    room.work.audit("agency.succeed", command["old"], heir=command["new"], from_day=row["from_day"])
    room.work.commit()
    return row


def preview(command: Json, room: Room) -> dict[str, Any]:
    """{old, new, from_day, cases}: how many open cases the new agency would answer for. Nothing is written."""
    _allow(command, room)
    line = succession(room).line(command["old"])
    row = {**command, "from_day": command["from_day"].isoformat()}
    return {**row, "cases": sum(room.clocks.of_agency(agency) for agency in line)}


def successions(room: Room) -> dict[str, Any]:
    """{successions: [{old, new, from_day, at, in_force}]}, the newest first."""
    today = room.work.now.date().isoformat()
    rows = sorted(room.successions.all(), key=lambda row: (row["from_day"], row["old"]), reverse=True)
    return {"successions": [{**row, "in_force": row["from_day"] <= today} for row in rows]}


def succession(room: Room) -> Succession:
    """The successions in force today."""
    return Succession.on(room.work.now.date(), room.successions.all())


def answers_for(agency: str | None, owner: str, room: Room) -> bool:
    """Whether `agency` does the work of `owner` today: its own, while it has no heir, and what it took over."""
    return agency is not None and owner in succession(room).line(agency)


def _allow(command: Json, room: Room) -> None:
    """BadInput when an agency would be its own heir, or has one."""
    known = room.successions.all()
    if circular(command["old"], command["new"], known):
        raise BadInput(faults=[fault("/new", "circular")])
    if any(row["old"] == command["old"] for row in known):
        raise BadInput(faults=[fault("/old", "succeeded")])
