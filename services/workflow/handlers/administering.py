"""Whose running processes an administrator may touch: their agency's, and those of the agencies it took over."""

from __future__ import annotations

from gdbos_contracts.errors import Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.workflow.domain.case import Case
from services.workflow.handlers.succeeding import succession
from services.workflow.ports import Room


def administered(principal: Principal, room: Room) -> tuple[str, ...]:
    """The agencies; () is all of them. Forbidden to whoever administers no agency that is still at work."""
    if principal.kind in ("admin", "system"):
        return ()
    line = succession(room).line(principal.agency) if principal.agency else ()
    if principal.kind != "agency_admin" or not line:
        raise Forbidden
    return line


def administered_case(case_no: str, principal: Principal, room: Room) -> Case:
    """NotFound for somebody else's case as for one that is not there."""
    agencies = administered(principal, room)
    case = room.cases.get(case_no)
    if case is None or agencies and case.agency not in agencies:
        raise NotFound
    return case
