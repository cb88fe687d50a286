"""一件事: one submission, a case for each member, each started when the results it waits for are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import BadInput
from gdbos_contracts.principal import Principal
from services.workflow.domain import clock, resting
from services.workflow.domain.case import GOOD, Case
from services.workflow.domain.intake import proxy_faults
from services.workflow.handlers.advancing import begin, end, note
from services.workflow.handlers.papers import paper_for
from services.workflow.handlers.submitting import judged, new_case, number_of, open_case, store
from services.workflow.ports import Flights, Keys, Others, Room

Json = Mapping[str, Any]


def submit_bundle(
    command: Json, principal: Principal, others: Others, flights: Flights, keys: Keys, room: Room
) -> dict[str, Any]:
    """All members in one commit under one 聯辦編號; those that wait for nothing start at once."""
    with flights.hold(principal.id, command["idempotency_key"]):
        found = others.catalog.bundle_situation(command["bundle"], command["region"], command["situation"])
        everyone = {"audience": [], "code": command["bundle"], "handling": {}}
        faults, _ = judged(found, command["answers"], command["materials"], principal, others, everyone)
        faults += proxy_faults(command["proxy"], principal.subject)
        if faults:
            raise BadInput(faults=faults)
        parent = _parent(found, command, principal, room)
        note(parent, "submitted", room)
        paper_for("submitted", parent, room, {})
        for member in found["members"]:
            _add_member(parent, member, found, command, principal, room)
        room.cases.add(parent)
        return store(command, principal, parent, keys, room)


def after_end(case: Case, room: Room) -> None:
    """A member ended: start those that waited for it, end those that waited in vain, perhaps the bundle."""
    if case.parent is None:
        return
    siblings = {each.member: each for each in room.cases.children(case.parent)}
    siblings[case.member] = case
    moved = True
    while moved:  # what ends at once may let the next begin, or take it along
        waiting = [each for each in siblings.values() if each.state == "waiting"]
        moved = sum(_continue(each, siblings, room) for each in waiting) > 0
    if all(not each.open for each in siblings.values()):
        _end_parent(case.parent, list(siblings.values()), room)


def _parent(found: Json, command: Json, principal: Principal, room: Room) -> Case:
    bundle = found["bundle"]
    lead = found["members"][0]
    agency = lead["agency"].get("code", "")
    facts = {"item": bundle["code"], "agency": agency, "region": command["region"]}
    return Case(
        case_no=number_of(facts, None, room),
        kind="bundle",
        item=bundle["code"],
        item_version=bundle["version"],
        name=bundle["name"],
        region=command["region"],
        agency=agency,
        applicant=principal.id,
        subject=dict(principal.subject),
        state="accepted",
        submitted_at=room.work.at,
        body={
            "item": {"result": _NO_RESULT, "agency_name": lead["agency"].get("name", {}), "documents": []},
            "applicant_name": principal.name,
            "situation": command["situation"],
            "answers": dict(command["answers"]),
            "materials": list(command["materials"]),
            "consents": list(command["consents"]),
            "limits": {name: dict(limit) for name, limit in found["clocks"].items()},
            "accepted_on": room.work.now.date().isoformat(),
        },
    )


_NO_RESULT: Mapping[str, Any] = {
    "kind": "none",
    "name": {},
    "licence_type": None,
    "valid_months": None,
    "face": [],
}


def _add_member(
    parent: Case, member: Json, found: Json, command: Json, principal: Principal, room: Room
) -> None:
    """The member's case with its own share of the answers and materials."""
    guide = member["guide"]
    wanted = {element["element"] for element in guide["elements"]}
    own = {
        "region": command["region"],
        "answers": {name: value for name, value in command["answers"].items() if name in wanted},
        "materials": _share(member["id"], found["materials"], command["materials"]),
        "consents": command["consents"],
        "proxy": command["proxy"],
    }
    case = new_case(
        {**guide, "version": member["version"]},
        own,
        principal,
        room,
        parent=parent.case_no,
        member=member["id"],
    )
    case.body["waits_for"] = list(member["waits_for"])
    if case.body["waits_for"]:
        case.state = "waiting"
        note(case, "waiting", room)
        room.work.audit("case.submit", case.case_no, item=case.item, version=case.item_version)
    else:
        open_case(case, room)
    room.cases.add(case)


def _share(member: str, merged: Sequence[Json], given: Sequence[Json]) -> list[dict[str, Any]]:
    """What was given once, under the name that this member has for it."""
    names = {
        material["id"]: use["material"]
        for material in merged
        for use in material["members"]
        if use["member"] == member
    }
    return [{**entry, "material": names[entry["material"]]} for entry in given if entry["material"] in names]


def _continue(case: Case, siblings: Mapping[str | None, Case], room: Room) -> bool:
    """True when the waiting member began or ended."""
    waited = [siblings[name] for name in case.body["waits_for"] if name in siblings]
    if any(resting.in_vain(each) for each in waited):
        end(case, "terminated", room)
    elif any(each.open for each in waited):
        return False
    else:
        _take_licences(case, waited)
        _take_values(case, waited)
        case.state = "submitted"
        note(case, "submitted", room)
        paper_for("submitted", case, room, {})
        begin(case, room)
    room.cases.save(case)
    return True


def _take_licences(case: Case, made_by: Sequence[Case]) -> None:
    """A material that a sibling's licence answers is answered by it."""
    made = {
        each.body["item"]["result"]["licence_type"]: each.body["result"]["licence"]
        for each in made_by
        if each.body.get("result", {}).get("licence")
    }
    for material in case.body["asked"]:
        if material["licence_type"] in made:
            case.body["materials"].append(
                {"material": material["id"], "licence": made[material["licence_type"]]}
            )


def _take_values(case: Case, made_by: Sequence[Case]) -> None:
    """What the siblings' results say of this member's questions is its answer, and may be trusted."""
    found = resting.values_of(made_by, case)
    case.body["answers"] |= {element: held["value"] for element, held in found.items()}
    sources = {element: {"source": held["source"], "as_of": held["as_of"]} for element, held in found.items()}
    case.body["trusted"] = {**case.body.get("trusted", {}), **sources}


def _end_parent(case_no: str, members: Sequence[Case], room: Room) -> None:
    """全部辦結, 部分辦結 or 終止."""
    parent = room.cases.get(case_no)
    if parent is None or not parent.open:
        return
    good = [each.outcome in GOOD for each in members]
    outcome = "done" if all(good) else "partly_done" if any(good) else "terminated"
    clock.keep(parent.body, room.calendars.of(parent.agency), room.work.now.date())
    parent.close(outcome, room.work.at)
    note(parent, "closed", room)
    room.cases.save(parent)
    room.work.emit("case.closed", parent.case_no, {"outcome": outcome, "item": parent.item})
