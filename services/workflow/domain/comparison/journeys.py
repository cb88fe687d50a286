"""A bundle 一件事 before and after its re-engineering: the way of an applicant through all its members, simulated.

Both sides meet the same arrivals and the same luck; what differs is the order of the members, their processes,
and whether the applicant fills in one form or one for each. Fields and materials are counted from the items.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gdbos_contracts.errors import BadInput
from services.workflow.domain import bpmn
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.comparison.profile import Profile
from services.workflow.domain.engine import compile
from services.workflow.domain.engine.graph import Graph
from services.workflow.domain.simulation import Scenario, read, replications, summary
from services.workflow.domain.simulation.faults import fault

Json = Mapping[str, Any]
SIDES = ("before", "after")
_OWN = ("visits", "item")


@dataclass(frozen=True, slots=True)
class Side:
    """One side ready to run. graphs: member → its process. members: as the study states them."""

    name: str
    scenario: Scenario
    graphs: Mapping[str, Graph]
    members: tuple[Json, ...]
    shared_form: bool


def side(study: Json, name: str) -> Side:
    """study: {id, name, scenario, before, after, models: {file: BPMN}, items: {code: {fields, authentic, materials,
    licences}}}; a side: {members, shared_form, scenario (what differs)}. BadInput."""
    own = study.get(name)
    if not isinstance(own, Mapping) or not isinstance(own.get("members"), list):
        raise BadInput(faults=[fault(f"/{name}", "missing", "members")])
    members = tuple(own["members"])
    stated = [{key: value for key, value in each.items() if key not in _OWN} for each in members]
    data = {**study["scenario"], **own.get("scenario", {}), "members": stated}
    scenario = read(data)
    models: dict[str, Graph] = {}
    for member in scenario.members:
        if member.process not in study["models"]:
            raise BadInput(faults=[fault(f"/{name}/members", "missing", member.process)])
        if member.process not in models:
            models[member.process] = compile(bpmn.parse(study["models"][member.process].encode()))
    graphs = {member.id: models[member.process] for member in scenario.members}
    return Side(name, scenario, graphs, members, own.get("shared_form") is True)


def runs(study: Json, calendar: Calendar) -> Iterator[tuple[str, Any]]:
    """(side, one replication), as they come."""
    for name in SIDES:
        ready = side(study, name)
        for found in replications(ready.graphs, ready.scenario, calendar):
            yield name, found


def report(study: Json, found: Mapping[str, list[Any]]) -> dict[str, Any]:
    """{id, name, before, after, saved}; each side its simulation and its counts."""
    sides = {name: side(study, name) for name in SIDES}
    told = {
        name: {
            "simulation": summary(found[name], sides[name].scenario),
            "counts": counts(sides[name], study["items"]),
        }
        for name in SIDES
    }
    return {
        "id": study["id"],
        "name": study["name"],
        "synthetic": study.get("synthetic", False),
        **told,
        "saved": _saved(told["before"], told["after"]),
    }


def counts(side: Side, items: Json) -> dict[str, int]:
    """Forms, fields and materials asked of the applicant; visits; steps (forms and tasks); hand-overs."""
    profiles = [Profile(side.graphs[member["id"]]) for member in side.members]
    asked = [items[member["item"]] for member in side.members]
    forms = 1 if side.shared_form else len(side.members)
    return {
        "forms": forms,
        "fields": _asked(asked, "fields", "authentic", side.shared_form),
        "materials": _asked(asked, "materials", "licences", side.shared_form),
        "visits": sum(int(member.get("visits", 0)) for member in side.members),
        "steps": forms + sum(len(profile.steps) for profile in profiles),
        "handovers": sum(len(profile.handovers) for profile in profiles),
    }


def _asked(items: list[Json], name: str, known: str, shared: bool) -> int:
    """Each once and none that an agency holds, when the form is shared; else all of every item."""
    if not shared:
        return sum(len(item[name]) for item in items)
    wanted = {each for item in items for each in item[name]}
    return len(wanted - {each for item in items for each in item[known]})


def _saved(before: Json, after: Json) -> dict[str, float]:
    """By count, and mean working days; each before - after."""
    found = {name: before["counts"][name] - after["counts"][name] for name in before["counts"]}
    days = [each["simulation"]["duration"]["mean"]["mean"] or 0.0 for each in (before, after)]
    return {**found, "days": days[0] - days[1]}
