"""What rests on a result falls with it: the case whose licence the hub revoked, and the members of a bundle that waited
for one that was revoked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.workflow.domain import resting
from services.workflow.domain.case import Case
from services.workflow.domain.engine.replay import Command
from services.workflow.handlers.advancing import end, follow, note
from services.workflow.handlers.bundling import after_end
from services.workflow.handlers.checking import revoke
from services.workflow.handlers.papers import print_paper
from services.workflow.handlers.stepping import step
from services.workflow.ports import Room

Json = Mapping[str, Any]


def fall(case_no: str, room: Room) -> None:
    """A member's result was revoked: who declared to rest on it is stopped, or revoked in its turn. Each that is
    revoked tells it on, so the fall goes as far as the declared dependences do. Done twice, nothing changes."""
    case = room.cases.get(case_no)
    if case is not None and case.parent is not None and "revoked" in case.body:
        for each in room.cases.children(case.parent):
            if resting.rests_on(each, case):
                _fall(each, case, room)
    room.work.commit()


def licence_revoked(case_no: str, sent: Json, room: Room) -> None:
    """The hub revoked the licence `sent` of this case: its result is revoked, and what rests on it is told by the event
    of that. Told twice, or of a licence that the case revoked itself or never made, nothing changes."""
    case = room.cases.get(case_no)
    if case is not None and "revoked" not in case.body and _made(case, sent["licence"]):
        revoke(case, sent["reason"], sent["licence"], room)
        note(case, "revoked", room)
        if case.open:
            _terminate(case, room)
        room.cases.save(case)
        after_end(case, room)
    room.work.commit()


def _made(case: Case, licence: str) -> bool:
    return bool((case.body.get("result") or {}).get("licence") == licence)


def _terminate(case: Case, room: Room) -> None:
    """There is nothing left to be done or delivered."""
    if case.doc:
        follow(case, step(case, Command("cancel", "terminated"), room), room)
    if case.open:
        end(case, "terminated", room)


def _fall(case: Case, gone: Case, room: Room) -> None:
    ground = resting.ground(gone)
    if resting.stands(case):
        revoke(case, ground["reason"], gone.case_no, room)
        note(case, "revoked", room)
    elif case.open:
        case.body["stopped"] = ground
        print_paper(case, "termination", room, ground)
        _terminate(case, room)
        room.work.audit("case.stop", case.case_no, because=gone.case_no)
    else:
        return
    room.cases.save(case)
    after_end(case, room)
