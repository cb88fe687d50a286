"""What an applicant may do with a case: correct, withdraw, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict, Fault, Forbidden
from gdbos_contracts.principal import Principal
from services.workflow.domain import intake, opinions, visibility
from services.workflow.domain.case import UNDECIDED, Case
from services.workflow.domain.engine.replay import Command
from services.workflow.domain.faults import fault
from services.workflow.handlers import procedures
from services.workflow.handlers.advancing import end, follow, note, receive
from services.workflow.handlers.bundling import after_end
from services.workflow.handlers.following import own
from services.workflow.handlers.stepping import step
from services.workflow.handlers.vouching import Vouched, all_known
from services.workflow.ports import Others, Room

Json = Mapping[str, Any]
NOTICES: Mapping[str, str] = {"correction_requested": "correction", "sent_back": "sent_back"}
"""State → the notice that is to be answered, by its last day."""
CORRECTION = "correction"
"""Name of the BPMN message that a correction sends to the process."""


def claims(command: Json, principal: Principal, room: Room) -> Sequence[Json]:
    """The licences that a corrected application would stand on, for `vouching`."""
    case = own(command["case_no"], principal, room)
    return intake.licences_in(case.body["asked"], _materials(case, command))


def correct(
    command: Json, principal: Principal, known: Vouched, others: Others, room: Room
) -> dict[str, Any]:
    """補正: answer the one notice; the whole application must then be right. `known`: of its claims."""
    case = own(command["case_no"], principal, room)
    kept_at = NOTICES.get(case.state)
    if kept_at is None:
        raise Conflict
    notice = case.body[kept_at]
    if room.work.now.date().isoformat() > notice["due"]:
        raise BadInput(faults=[fault("/case_no", "late", notice["due"])])
    answers = {**case.body["answers"], **command["answers"]}
    materials = _materials(case, command)
    faults = _faults(case, answers, materials, principal, known, others)
    if faults:
        raise BadInput(faults=faults)
    case.body |= {"answers": answers, "materials": materials}
    notice["corrected_at"] = room.work.at
    procedures.go_on(case, room.work.now.date())
    if not case.body.get("accepted_on"):
        receive(case, room)
    note(case, "corrected", room)
    follow(case, step(case, back(case), room), room)
    room.cases.save(case)
    room.work.audit("case.correct", case.case_no)
    room.work.emit("case.advanced", case.case_no, {"state": case.state, "item": case.item})
    room.work.commit()
    return {"case_no": case.case_no, "status": case.state}


def back(case: Case) -> Command:
    """The application returns to who asked for the correction, with what it holds now."""
    case.state = "submitted"
    asked = {"reviewers": opinions.reviewers(case.body)} if opinions.rule_of(case.body) else {}
    return Command("message", CORRECTION, asked)


def withdraw(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """撤回 before the decision; of a bundle, every member that is not decided."""
    case = own(command["case_no"], principal, room)
    open_cases = [c for c in room.cases.children(case.case_no) if c.open] if case.kind == "bundle" else [case]
    if not case.open or not open_cases or any(c.state not in UNDECIDED for c in open_cases):
        raise Conflict
    for each in open_cases:
        if each.doc:
            follow(each, step(each, Command("cancel", "withdrawn"), room), room)
        if each.open:
            end(each, "withdrawn", room)
        each.body["withdrawn_because"] = command["reason"]
        room.cases.save(each)
        room.work.audit("case.withdraw", each.case_no)
    after_end(open_cases[-1], room)
    room.work.commit()
    return {"case_no": case.case_no, "status": "closed", "outcome": "withdrawn"}


def add_message(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """Write to the agency that has the case."""
    case = own(command["case_no"], principal, room)
    at = room.work.at
    room.papers.add_message(case.case_no, principal.name, principal.kind, command["text"], at)
    note(case, "message", room)
    room.work.audit("case.message", case.case_no)
    room.work.commit()
    return {"case_no": case.case_no, "at": at, "text": command["text"]}


def _materials(case: Case, command: Json) -> list[Any]:
    """Those given now, and of the others what there was."""
    given = {each["material"] for each in command["materials"]}
    return [
        *(each for each in case.body["materials"] if each["material"] not in given),
        *command["materials"],
    ]


def _faults(
    case: Case, answers: Json, materials: list[Any], principal: Principal, known: Vouched, others: Others
) -> list[Fault]:
    if not principal.is_applicant:
        raise Forbidden
    elements = visibility.settled(case.body["elements"], answers, case.body.get("choices", {}))
    checks = all_known(case.body["asked"], materials, known)
    faults = intake.answer_faults(elements, answers, lambda data: others.standards.explain(elements, data))
    return faults + intake.material_faults(case.body["asked"], materials, checks)
