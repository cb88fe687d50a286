"""Filters of the inbox that a clerk keeps by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, NotFound
from gdbos_contracts.principal import Principal
from services.workflow.domain.faults import fault
from services.workflow.ports import Room

Json = Mapping[str, Any]
MOST = 20


def filters(principal: Principal, room: Room) -> dict[str, Any]:
    """{filters: [{name, query}]} of the caller."""
    return {"filters": list(room.filters.all(principal.id))}


def keep(name: str, query: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """Keep a filter under a name; the same name again replaces it."""
    held = {each["name"]: each["query"] for each in room.filters.all(principal.id)}
    if name not in held and len(held) >= MOST:
        raise BadInput(faults=[fault("/name", "too_many_filters", MOST)])
    if held.get(name) != dict(query):
        room.filters.put(principal.id, name, query)
        room.work.commit()
    return {"name": name, "query": dict(query)}


def forget(name: str, principal: Principal, room: Room) -> dict[str, Any]:
    """NotFound for a name the caller does not have."""
    if not room.filters.delete(principal.id, name):
        raise NotFound
    room.work.commit()
    return {"name": name}
