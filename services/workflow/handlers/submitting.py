"""Submit: idempotent and atomic. Either a case exists with its number, or nothing does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_atom import numbering
from gdbos_contracts.errors import BadInput, Fault, Forbidden, IdempotencyMismatch
from gdbos_contracts.jsontext import short
from gdbos_contracts.principal import Principal
from services.workflow.domain import clock, intake, pledging, visibility
from services.workflow.domain.case import Case
from services.workflow.handlers.advancing import begin, note
from services.workflow.handlers.papers import paper_for, print_paper
from services.workflow.handlers.standing import credit_faults
from services.workflow.handlers.vouching import vouched
from services.workflow.ports import Flights, Keys, Others, Room

Json = Mapping[str, Any]
CREATED = 201


def answered(command: Json, principal: Principal, keys: Keys) -> dict[str, Any] | None:
    """The stored answer of a key that was used before; another body under it is IdempotencyMismatch."""
    held = keys.get(principal.id, command["idempotency_key"])
    if held is None:
        return None
    if held["body_hash"] != command["body_hash"]:
        raise IdempotencyMismatch
    return {"status": held["status"], "body": held["body"]}


def submit(
    command: Json, principal: Principal, others: Others, flights: Flights, keys: Keys, room: Room
) -> dict[str, Any]:
    """One item. Every look-up is done before the transaction begins."""
    with flights.hold(principal.id, command["idempotency_key"]):
        found = others.catalog.situation(command["item"], command["region"], command["situation"])
        faults, sources = judged(
            found, command["answers"], command["materials"], principal, others, found["version"]
        )
        faults += intake.proxy_faults(command["proxy"], principal.subject)
        if faults:
            raise BadInput(faults=faults)
        case = new_case(found, command, principal, room)
        case.body["trusted"] = trusted_of(found["version"], sources)
        open_case(case, room)
        room.cases.add(case)
        return store(command, principal, case, keys, room)


def judged(
    found: Json, answers: Json, materials: Sequence[Json], principal: Principal, others: Others, version: Json
) -> tuple[list[Fault], Json]:
    """Everything wrong with a submission, against one resolved situation, and {element: {source, as_of}} of the
    authentic answers that a source holds; the hub is asked once, and only when nothing else is wrong."""
    if not principal.is_applicant:
        raise Forbidden
    elements = visibility.settled(found["elements"], answers, choices_of(found))
    claims = intake.licences_in(found["materials"], materials)
    checks = vouched(claims, principal, others)
    faults = intake.audience_faults(version["audience"], principal.kind)
    faults += intake.answer_faults(elements, answers, lambda data: others.standards.explain(elements, data))
    faults += intake.material_faults(found["materials"], materials, checks)
    faults += credit_faults(found["materials"], materials, version, principal.subject, others.hub)
    authentic = {
        e["element"]: answers[e["element"]]
        for e in elements
        if e.get("authentic") and e["element"] in answers
    }
    if faults or not authentic:
        return faults, {}
    matched = others.hub.match(principal.subject, authentic, {"item": version["code"]})
    return intake.mismatch_faults(matched["mismatches"]), matched["sources"]


def choices_of(found: Json) -> dict[str, str]:
    """question → option of a resolved situation; of a bundle, of all its members."""
    guides = [found, *(member["guide"] for member in found.get("members", ()))]
    return {c["question"]: c["option"] for guide in guides for c in guide.get("choices", ())}


def trusted_of(version: Json, sources: Json) -> dict[str, Any]:
    """Of the `sources` of a submission without faults, those of the inputs of the item's automatic decision.
    Only authentic elements count: what the applicant alone says decides nothing."""
    wanted = set(version.get("handling", {}).get("automatic", {}).get("inputs", {}).values())
    return {element: source for element, source in sources.items() if element in wanted}


def new_case(found: Json, command: Json, principal: Principal, room: Room, **member: Any) -> Case:
    """The case row: what was asked, answered and promised at this moment, frozen into the case."""
    version = found["version"]
    process = found.get("process") or version["process"]
    name, number = (
        (process["id"], process.get("version")) if isinstance(process, Mapping) else (process, None)
    )
    graph = room.processes.graph(name, number)
    agency = version["agency"].get("code") or version["agency"].get("uscc", "")
    facts = {"item": version["code"], "agency": agency, "region": command["region"]}
    return Case(
        case_no=number_of(facts, numbering_of(version), room),
        kind="item",
        item=version["code"],
        item_version=version["version"],
        name=version["name"],
        region=command["region"],
        agency=agency,
        applicant=principal.id,
        subject=dict(principal.subject),
        state="submitted",
        submitted_at=room.work.at,
        process=name,
        process_version=graph[1] if graph else 0,
        body=_filed(found, command, principal, room),
        **member,
    )


def _filed(found: Json, command: Json, principal: Principal, room: Room) -> dict[str, Any]:
    """What no query asks for; see Case.body."""
    version = found["version"]
    return {
        "item": frozen(version),
        "applicant_name": principal.name,
        "filer": room.people.behind(principal),
        "proxy": command.get("proxy"),
        "situation": found["situation"],
        "choices": choices_of(found),
        "answers": dict(command["answers"]),
        "elements": [
            {k: e[k] for k in ("element", "version", "required", "section", "when") if k in e}
            for e in found["elements"]
        ],
        "asked": [{k: m[k] for k in ASKED if k in m} for m in found["materials"]],
        "materials": list(command["materials"]),
        "consents": list(command["consents"]),
        "pledge": pledging.signed(
            found["materials"],
            command["materials"],
            version.get("handling", {}),
            principal.name,
            room.work.at,
        ),
        "limits": {name: dict(found["clocks"][name]) for name in ("statutory", "promised")},
    }


def frozen(version: Json) -> dict[str, Any]:
    """What of the item version a case goes on needing, whatever is published later."""
    kept, own = ("result", "correction", "documents"), numbering_of(version)
    return {
        **{name: version[name] for name in kept},
        "agency_name": version["agency"].get("name", {}),
        "handling": {**version.get("handling", {}), **({"numbering": own} if own else {})},
    }


def numbering_of(version: Json) -> Json | None:
    """The scheme of the item's own, else its agency's, else None."""
    own: Json | None = version.get("handling", {}).get("numbering") or version["agency"].get("numbering")
    return own


ASKED = ("id", "name", "necessity", "licence_type", "max_files", "accept", "pledge")


def number_of(facts: Mapping[str, str], own: Json | None, room: Room) -> str:
    """辦件編號 by the scheme `own`, the national one where there is none; `facts` are {item, agency, region}."""
    scheme = numbering.Scheme.from_data(own) if own else numbering.DEFAULT
    today = room.work.now.date()
    return scheme.number(facts, today, room.cases.number(scheme.key(facts, today)))


def open_case(case: Case, room: Room) -> None:
    """Receipt, first tasks, events."""
    note(case, "submitted", room)
    paper_for("submitted", case, room, {})
    if case.body.get("pledge"):
        print_paper(case, "pledge", room, case.body["pledge"])
    begin(case, room)
    room.work.audit("case.submit", case.case_no, item=case.item, version=case.item_version)
    element, value = next(iter(case.subject.items()), ("", ""))
    used = (
        [{"subject_element": element, "subject_value": value, "elements": case.body["consents"]}]
        if case.body["consents"]
        else []
    )
    room.work.emit(
        "case.submitted",
        case.case_no,
        {"item": case.item, "actor": case.applicant, "actor_name": case.body["applicant_name"], "used": used},
    )


def store(command: Json, principal: Principal, case: Case, keys: Keys, room: Room) -> dict[str, Any]:
    """Keep the answer with the key, and commit. InFlight when another process was faster with this key:
    nothing is written, and whoever asks again has its answer."""
    shown = {
        "case_no": case.case_no,
        "status": case.state,
        "clocks": clock.told(case.body, room.calendars.of(case.agency), room.work.now.date()),
        "links": {
            "self": f"/api/v1/applications/{case.case_no}",
            "events": f"/api/v1/applications/{case.case_no}/events",
            "page": f"/cases/{case.case_no}",
        },
    }
    body = short(shown)
    keys.add(principal.id, command["idempotency_key"], command["body_hash"], CREATED, body)
    room.work.commit()
    return {"status": CREATED, "body": body}
