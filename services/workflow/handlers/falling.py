"""What rests on a result falls with it: the members of a bundle that waited for one that was revoked."""

from __future__ import annotations

from services.workflow.domain import resting
from services.workflow.domain.case import Case
from services.workflow.domain.engine.replay import Command
from services.workflow.handlers.advancing import end, follow, note
from services.workflow.handlers.bundling import after_end
from services.workflow.handlers.checking import revoke
from services.workflow.handlers.papers import print_paper
from services.workflow.handlers.stepping import step
from services.workflow.ports import Room


def fall(case_no: str, room: Room) -> None:
    """A member's result was revoked: who declared to rest on it is stopped, or revoked in its turn. Each that is
    revoked tells it on, so the fall goes as far as the declared dependences do. Done twice, nothing changes."""
    case = room.cases.get(case_no)
    if case is not None and case.parent is not None and "revoked" in case.body:
        for each in room.cases.children(case.parent):
            if resting.rests_on(each, case):
                _fall(each, case, room)
    room.work.commit()


def _fall(case: Case, gone: Case, room: Room) -> None:
    ground = resting.ground(gone)
    if resting.stands(case):
        revoke(case, ground["reason"], gone.case_no, room)
        note(case, "revoked", room)
    elif case.open:
        case.body["stopped"] = ground
        print_paper(case, "termination", room, ground)
        if case.doc:
            follow(case, step(case, Command("cancel", "terminated"), room), room)
        if case.open:
            end(case, "terminated", room)
        room.work.audit("case.stop", case.case_no, because=gone.case_no)
    else:
        return
    room.cases.save(case)
    after_end(case, room)
