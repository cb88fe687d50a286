"""Service 送達: at a task of the process, or of a case that is over; consent to the electronic way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, Conflict
from gdbos_contracts.principal import Principal
from services.workflow.domain import delivery
from services.workflow.domain.case import Case
from services.workflow.domain.faults import fault
from services.workflow.handlers.advancing import note
from services.workflow.handlers.certifying import by_consent, certify, service_of
from services.workflow.handlers.following import own, visible
from services.workflow.ports import Room

Json = Mapping[str, Any]


def serve(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """By a clerk of the case's agency. Conflict when nothing waits to be served."""
    case = visible(command["case_no"], principal, room)
    record(command, case, room)
    return _saved(case, room)


def attempt(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """A way that failed: kept with its reason, so that another, at last a public notice, may follow."""
    case = visible(command["case_no"], principal, room)
    attempted(command, case, room)
    return _saved(case, room)


def consent(command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """The applicant agrees to electronic service; what waits is served at once. Again, nothing is done twice."""
    case = own(command["case_no"], principal, room)
    if delivery.consented(case.body):
        return _told(case)
    if not delivery.may_consent(case):
        raise Conflict
    service_of(case)["consent"] = {"at": room.work.at}
    room.work.audit("service.consent", case.case_no)
    by_consent(case, room)
    return _saved(case, room)


def record(data: Json, case: Case, room: Room) -> None:
    """The service as the clerk made it. BadInput for who may not be handed it, and for a way that is not open."""
    if not delivery.servable(case):
        raise Conflict
    faults = delivery.faults(data, case.body, delivery.decided_on(case), room.work.now.date())
    if faults:
        raise BadInput(faults=faults)
    certify(data, _recipient(data, case, room), case, room)


def attempted(data: Json, case: Case, room: Room) -> None:
    """An attempt at service that failed; `data`: {way, on, reason}."""
    if not delivery.servable(case):
        raise Conflict
    faults = delivery.day_faults(data["on"], delivery.decided_on(case), room.work.now.date())
    if faults:
        raise BadInput(faults=faults)
    kept = {name: data[name] for name in ("way", "on", "reason")}
    service_of(case).setdefault("attempts", []).append(kept)
    note(case, "attempt_failed", room)
    room.work.audit("service.attempt", case.case_no, way=data["way"], on=data["on"])


def _recipient(data: Json, case: Case, room: Room) -> str:
    """Only the applicant or the proxy is handed a result. The number is compared and forgotten."""
    if data["way"] != delivery.IN_PERSON:
        return delivery.APPLICANT
    person = room.people.of({"person.citizen_id": data["collector"]})
    filed = person is not None and person == case.body.get("filer") and not case.body.get("proxy")
    found = delivery.recipient(data["collector"], case.body, case.subject, filed)
    if found is None:
        raise BadInput(faults=[fault("/data/collector", "not_the_recipient")])
    return found


def _told(case: Case) -> dict[str, Any]:
    return {"case_no": case.case_no, "status": case.state, "service": case.body.get("service")}


def _saved(case: Case, room: Room) -> dict[str, Any]:
    room.cases.save(case)
    room.work.emit("case.advanced", case.case_no, {"state": case.state, "item": case.item})
    room.work.commit()
    return _told(case)
