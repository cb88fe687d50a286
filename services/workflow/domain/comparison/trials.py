"""A trial 試算: one or two sides simulated replication by replication, so that it can be stopped, shown and resumed.

What it needs is in its statement, so that a trial says for ever what it tried: {kind: "processes", scenario,
models: {side: BPMN}} or {kind: "study", study}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import BadInput
from services.workflow.domain import bpmn
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.comparison import journeys
from services.workflow.domain.comparison.journeys import SIDES, Side
from services.workflow.domain.engine import compile
from services.workflow.domain.simulation import read, ready, replication, summary
from services.workflow.domain.simulation.faults import fault

Json = Mapping[str, Any]
MOST_ARRIVALS, MOST_RUNS = 10_000, 50
"""Of one replication, and of replications of one side; larger ones run from the command line."""


def sides(stated: Json) -> dict[str, Side]:
    """By name, in the order in which they run. BadInput with every fault of scenario and models."""
    if stated["kind"] == "study":
        found = {name: journeys.side(stated["study"], name) for name in SIDES}
    else:
        found = {name: _side(name, text, stated["scenario"]) for name, text in stated["models"].items()}
    for each in found.values():
        ready(each.graphs, each.scenario)
        _bounded(each)
    return found


def places(found: Mapping[str, Side]) -> list[tuple[str, int]]:
    """Every (side, number of the replication), in order."""
    return [(name, number) for name, side in found.items() for number in range(side.scenario.replications)]


def run(stated: Json, place: int, calendar: Calendar) -> dict[str, Any]:
    """{side, measures} of the replication at that place."""
    found = sides(stated)
    name, number = places(found)[place]
    side = found[name]
    measures = replication(ready(side.graphs, side.scenario), side.scenario, calendar, number)
    return {"side": name, "measures": measures}


def report(stated: Json, found: Sequence[Json]) -> dict[str, Any]:
    """A study's is that of `journeys`; else {sides: {name: summary}}."""
    by_side: dict[str, list[Any]] = {}
    for each in found:
        by_side.setdefault(each["side"], []).append(each["measures"])
    if stated["kind"] == "study":
        return journeys.report(stated["study"], by_side)
    ran = sides(stated)
    return {"sides": {name: summary(by_side[name], ran[name].scenario) for name in ran}}


def _side(name: str, text: str, scenario: Json) -> Side:
    own = read(scenario)
    graph = compile(bpmn.parse(text.encode()))
    return Side(name, own, {member.id: graph for member in own.members}, (), False)


def _bounded(side: Side) -> None:
    own = side.scenario
    arrivals = own.arrivals.per_day * (own.days + own.warm_up) + len(own.arrivals.times)
    if arrivals * len(own.members) > MOST_ARRIVALS or own.replications > MOST_RUNS:
        raise BadInput(faults=[fault("", "too_large", MOST_ARRIVALS, MOST_RUNS)])
