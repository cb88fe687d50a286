"""Whose running processes an administrator may touch: their agency's, and those of the agencies it took over. A machine
of an agency works in the same ones, at what it is given."""

from __future__ import annotations

from collections.abc import Sequence

from gdbos_contracts.errors import Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.workflow.domain.case import Case
from services.workflow.handlers.succeeding import succession
from services.workflow.ports import Room

ADMINISTRATOR, MACHINE = "agency_admin", "machine"


def administered(principal: Principal, room: Room) -> tuple[str, ...]:
    """The agencies; () is all of them. Forbidden to whoever administers no agency that is still at work."""
    return _agencies((ADMINISTRATOR,), principal, room)


def administered_case(case_no: str, principal: Principal, room: Room) -> Case:
    """NotFound for somebody else's case as for one that is not there."""
    return _case(case_no, administered(principal, room), room)


def administered_subject(id: str, principal: Principal, room: Room) -> bool:
    """Whether the case of that number is open, or a rating of that id is there; NotFound for somebody else's."""
    agencies = administered(principal, room)
    rating = room.ratings.get(id)
    if rating is None:
        return _case(id, agencies, room).open
    if agencies and rating["agency"] not in agencies:
        raise NotFound
    return True


def served(principal: Principal, room: Room) -> tuple[str, ...]:
    """The agencies for whose processes the principal may work as a machine; () is all of them."""
    return _agencies((ADMINISTRATOR, MACHINE), principal, room)


def served_case(case_no: str, principal: Principal, room: Room) -> Case:
    """NotFound for somebody else's case as for one that is not there."""
    return _case(case_no, served(principal, room), room)


def _agencies(kinds: Sequence[str], principal: Principal, room: Room) -> tuple[str, ...]:
    if principal.kind in ("admin", "system"):
        return ()
    line = succession(room).line(principal.agency) if principal.agency else ()
    if principal.kind not in kinds or not line:
        raise Forbidden
    return line


def _case(case_no: str, agencies: Sequence[str], room: Room) -> Case:
    case = room.cases.get(case_no)
    if case is None or agencies and case.agency not in agencies:
        raise NotFound
    return case
