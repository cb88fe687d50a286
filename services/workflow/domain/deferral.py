"""容缺受理: accepted while secondary materials are still to come, under a signed pledge with a last day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.workflow.domain.calendar import Calendar

Json = Mapping[str, Any]
DAYS = 5
"""Working days to supply what was deferred, where the item says nothing."""


def pledged(asked: Sequence[Json], given: Sequence[Json]) -> list[dict[str, Any]]:
    """[{material, name}] of the deferrable materials that were pledged; those under 告知承諾 never follow."""
    names = {m["id"]: m["name"] for m in asked if not m.get("pledge")}
    return [
        {"material": entry["material"], "name": names[entry["material"]]}
        for entry in given
        if entry.get("pledged") and entry["material"] in names
    ]


def due(accepted: date, days: int, promised: date, calendar: Calendar) -> date:
    """The last day to supply, never after the day on which the agency promised to have decided; a promise that
    was over at acceptance, because the agency was late, shortens nothing."""
    last = calendar.add(accepted, days)
    return min(last, promised) if promised > accepted else last


def pending(body: Json) -> bool:
    """Whether something deferred is still to come."""
    held = body.get("deferral")
    return held is not None and held["supplied_at"] is None


def late(held: Json, today: date) -> bool:
    """One day after the last day is late."""
    return today.isoformat() > str(held["due"])
