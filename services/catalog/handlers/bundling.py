"""一件事: the guide of a bundle, its merged form and materials, and who waits for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import BadInput, NotFound
from services.catalog.domain import bundle as domain
from services.catalog.domain import guide, regions
from services.catalog.domain.bundle import Chosen
from services.catalog.domain.faults import fault
from services.catalog.handlers.finding import resolved
from services.catalog.ports import Bundles, Items, Work

Json = Mapping[str, Any]


def offered(region: str, bundles: Bundles) -> dict[str, Any]:
    """Bundles of a region, or all of them."""
    return {"bundles": [b for b in bundles.all() if not region or regions.contains(b["region"], region)]}


def one(code: str, bundles: Bundles) -> dict[str, Any]:
    """One bundle; NotFound."""
    found = bundles.get(code)
    if found is None:
        raise NotFound
    return {"bundle": found}


def walk(query: Mapping[str, Any], bundles: Bundles, items: Items, work: Work) -> dict[str, Any]:
    """One guide for all members; once nothing is open, one form, one set of materials, one situation."""
    bundle = one(query["code"], bundles)["bundle"]
    included, own = domain.split_choices(bundle, query["choices"])
    members = {member.id: member for member in domain.members_of(bundle)}
    chosen = [_chosen(members[id], own[id], query["region"], items, work) for id in included]
    faults = [f for each in chosen for f in each.guide.faults]
    if faults:
        raise BadInput(faults=faults)
    questions = domain.open_questions(bundle, query["choices"], chosen)
    return _told(bundle, chosen, questions)


def situation(query: Mapping[str, Any], bundles: Bundles, items: Items, work: Work) -> dict[str, Any]:
    """What each member asks for in that situation, and the order; BadInput at /situation."""
    bundle = one(query["code"], bundles)["bundle"]
    members = {member.id: member for member in domain.members_of(bundle)}
    try:
        parts = domain.choices_of(query["situation"])
    except ValueError as error:
        raise BadInput(faults=[fault("/situation", "situation_invalid", query["situation"][:80])]) from error
    required = {member.id for member in members.values() if not member.optional}
    if not required <= set(parts) or not set(parts) <= set(members):
        raise BadInput(faults=[fault("/situation", "situation_invalid", query["situation"][:80])])
    chosen = [_chosen(members[id], own, query["region"], items, work) for id, own in parts.items()]
    if domain.name_of(chosen) != query["situation"]:
        raise BadInput(faults=[fault("/situation", "situation_open")])
    return _told(bundle, chosen, [])


def _chosen(member: Any, choices: Mapping[str, str], region: str, items: Items, work: Work) -> Chosen:
    version = resolved(member.item, region, None, items, work)
    return Chosen(member, version, guide.walk(version, choices))


def _told(bundle: Json, chosen: Sequence[Chosen], questions: Sequence[Json]) -> dict[str, Any]:
    waits = domain.edges(chosen)
    stages, _ = domain.stages(waits)
    refused = next((each.guide.refused_because for each in chosen if each.guide.refused_because), None)
    return {
        "bundle": {name: bundle[name] for name in ("code", "version", "name", "region")},
        "questions": list(questions),
        "situation": None if questions or refused else domain.name_of(chosen),
        "refused_because": refused,
        "members": [
            {
                "id": each.member.id,
                "item": each.version["code"],
                "name": each.version["name"],
                "agency": each.version["agency"],
                "version": each.version,
                "situation": each.guide.situation,
                "guide": each.guide.to_data(),
                "waits_for": sorted(waits[each.member.id]),
            }
            for each in chosen
        ],
        "stages": stages,
        "elements": _elements(chosen),
        "materials": _materials(chosen),
        "sections": _sections(chosen),
        "clocks": _clocks(chosen, stages),
    }


def _elements(chosen: Sequence[Chosen]) -> list[dict[str, Any]]:
    """Each element once; required when any member requires it."""
    merged: dict[str, dict[str, Any]] = {}
    for each in chosen:
        for element in each.guide.elements:
            held = merged.setdefault(element["element"], {**element, "members": []})
            held["required"] = held["required"] or element["required"]
            held["version"] = max(held["version"], element["version"])
            held["members"].append(each.member.id)
    return list(merged.values())


def _materials(chosen: Sequence[Chosen]) -> list[dict[str, Any]]:
    """Each material once: the same licence type or the same id is one; what a member makes is not asked."""
    made = {each.version["result"]["licence_type"] for each in chosen} - {None}
    merged: dict[str, dict[str, Any]] = {}
    for each in chosen:
        for material in each.guide.materials:
            if material["licence_type"] in made:
                continue
            key = material["licence_type"] or material["id"]
            held = merged.setdefault(key, {**material, "members": []})
            held["max_files"] = max(held["max_files"], material["max_files"])
            if material["necessity"] == "required":
                held["necessity"] = "required"
            held["members"].append({"member": each.member.id, "material": material["id"]})
    return list(merged.values())


def _sections(chosen: Sequence[Chosen]) -> list[Json]:
    sections = {s["id"]: s for each in reversed(chosen) for s in reversed(each.version["sections"])}
    return list(reversed(sections.values()))


def _clocks(chosen: Sequence[Chosen], stages: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Members side by side take the longest of them, stages one after another add up."""
    days = {each.member.id: each.guide.clocks["promised"]["days"] for each in chosen}
    total = sum(max(days[member] for member in stage) for stage in stages)
    return {"promised": {"days": total, "unit": "working_day"}}
