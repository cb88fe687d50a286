"""What a bundle asks: the members' forms and materials merged, their clocks combined, the saving counted.

The same element is asked once, required as soon as one member requires it. The same material is handed in
once, with the most copies; one that another member produces is not handed in at all. Members that wait
for each other add up, members side by side do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.catalog.domain.bundle import Chosen, edges, stages
from services.catalog.domain.narrowing import NECESSITY

Json = Mapping[str, Any]


def merge(chosen: Sequence[Chosen]) -> dict[str, Any]:
    """The merged form, materials, order and clocks of the included members.

    {elements, sections, materials, produced, stages, waits_for, clocks, saved, faults}; each element and
    material carries `for`, the members that need it; a material carries `answered_by`: {licence: type} or
    {resource: [element…]} when a system of record can answer it, else None.
    """
    waits_for = edges(chosen)
    order, faults = stages(waits_for)
    elements = merged_elements(chosen)
    materials, produced = merged_materials(chosen)
    clocks = {kind: combined_clock(chosen, waits_for, order, kind) for kind in ("statutory", "promised")}
    return {
        "elements": elements,
        "sections": _sections(chosen),
        "materials": materials,
        "produced": produced,
        "stages": order,
        "waits_for": {member: sorted(others) for member, others in waits_for.items()},
        "clocks": clocks,
        "saved": _saved(chosen, elements, materials, produced, clocks["promised"]),
        "faults": faults,
    }


def merged_elements(chosen: Iterable[Chosen]) -> list[dict[str, Any]]:
    """Every element once, in the order first asked; the newest version, required if any requires it."""
    merged: dict[str, dict[str, Any]] = {}
    for each in chosen:
        for entry in each.guide.elements:
            held = merged.get(entry["element"])
            if held is None:
                merged[entry["element"]] = {**entry, "for": [each.member.id]}
            else:
                held["version"] = max(held["version"], entry["version"])
                held["required"] = held["required"] or entry["required"]
                held["when"] = _either(held.get("when"), entry.get("when"))
                held["for"].append(each.member.id)
    return list(merged.values())


def _either(one: str | None, other: str | None) -> str | None:
    """Asked as soon as one member asks; no condition means always."""
    if one is None or other is None:
        return None
    return one if one == other else f"({one}) or ({other})"


def merged_materials(chosen: Iterable[Chosen]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(what to hand in, what the bundle itself produces). Two materials are the same when they have the
    same licence type, or else the same id."""
    chosen = list(chosen)
    makers = {
        each.version["result"]["licence_type"]: each.member.id
        for each in chosen
        if each.version["result"]["kind"] == "licence"
    }
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    produced = []
    for each in chosen:
        for material in each.guide.materials:
            licence = material["licence_type"]
            if licence and makers.get(licence, each.member.id) != each.member.id:
                produced.append({"material": material["id"], "for": each.member.id, "by": makers[licence]})
                continue
            key = ("licence", licence) if licence else ("id", material["id"])
            merged[key] = _together(merged.get(key), material, each.member.id)
    return list(merged.values()), produced


def _together(held: dict[str, Any] | None, material: Json, member: str) -> dict[str, Any]:
    if held is None:
        return {**material, "for": [member], "answered_by": _answer(material)}
    strictest = max(held["necessity"], material["necessity"], key=lambda name: NECESSITY[name])
    return {
        **held,
        "necessity": strictest,
        "max_files": max(held["max_files"], material["max_files"]),
        "for": [*held["for"], member],
        "answered_by": held["answered_by"] or _answer(material),
    }


def _answer(material: Json) -> dict[str, Any] | None:
    if material["licence_type"]:
        return {"licence": material["licence_type"]}
    if material["resource_elements"]:
        return {"resource": list(material["resource_elements"])}
    return None


def combined_clock(
    chosen: Iterable[Chosen], waits_for: Mapping[str, set[str]], order: list[list[str]], kind: str
) -> dict[str, Any]:
    """{days, unit}: the longest way through the members, the sum along it.

    With mixed units calendar days count as working days: n calendar days never take longer than n working
    days, so the bundle never promises less than it needs.
    """
    clocks = {each.member.id: each.guide.clocks[kind] for each in chosen}
    units = {clock["unit"] for clock in clocks.values()}
    done: dict[str, int] = {}
    for member in (member for stage in order for member in stage):
        start = max((done[other] for other in waits_for[member]), default=0)
        done[member] = start + clocks[member]["days"]
    unit = units.pop() if len(units) == 1 else "working_day"
    return {"days": max(done.values(), default=0), "unit": unit}


def _sections(chosen: Iterable[Chosen]) -> list[Json]:
    return list({section["id"]: section for each in chosen for section in each.version["sections"]}.values())


def _saved(
    chosen: Sequence[Chosen],
    elements: Sequence[Json],
    materials: Sequence[Json],
    produced: Sequence[Json],
    promised: Json,
) -> dict[str, Any]:
    """Each count is asked one by one → asked together."""
    apart_materials = sum(len(each.guide.materials) for each in chosen)
    answered = sum(1 for material in materials if material["answered_by"])
    return {
        "applications": {"apart": len(chosen), "together": 1},
        "elements": {
            "apart": sum(len(each.guide.elements) for each in chosen),
            "together": len(elements),
        },
        "materials": {"apart": apart_materials, "together": len(materials) - answered},
        "shared": apart_materials - len(produced) - len(materials),
        "produced": len(produced),
        "answered": answered,
        "days": {
            "apart": sum(each.guide.clocks["promised"]["days"] for each in chosen),
            "together": promised["days"],
        },
    }
