"""Look at processes: their list, one in full, how it would do, how it did, and how two versions differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gdbos_contracts.errors import BadInput, NotFound
from services.workflow.domain import bpmn, comparison, mining, simulation
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.engine.graph import Graph
from services.workflow.domain.engine.lint import lint
from services.workflow.domain.simulation.faults import fault
from services.workflow.ports import Logs, Processes, Room

Json = Mapping[str, Any]
MOST_CASES = 20_000
MOST_ARRIVALS, MOST_RUNS = 2_000, 5
"""Of a simulation that people wait for; larger ones run from the command line."""


def processes(logs: Logs) -> dict[str, Any]:
    """Every process in its newest version."""
    return {"processes": list(logs.processes())}


def process(id: str, version: int | None, held: Processes) -> dict[str, Any]:
    """{id, version, newest, name, bpmn, profile, parallel, findings, scenario}: NotFound."""
    graph, number = _graph(id, version, held)
    text = held.bpmn(id, number) or ""
    profile = comparison.Profile(graph)
    return {
        "id": id,
        "version": number,
        "newest": _graph(id, None, held)[1],
        "name": graph.name,
        "bpmn": text,
        "profile": profile.to_data(),
        "parallel": comparison.suggestions(profile),
        "findings": [each.to_data() for each in lint(bpmn.parse(text.encode()))],
        "scenario": simulation.suggested(graph),
    }


def simulate(graph: Graph, scenario: Json, calendar: Calendar) -> dict[str, Any]:
    """The summary of a small simulation; BadInput when it is too large to wait for."""
    stated = simulation.read(scenario)
    arrivals = stated.arrivals.per_day * (stated.days + stated.warm_up) + len(stated.arrivals.times)
    if arrivals > MOST_ARRIVALS or stated.replications > MOST_RUNS or stated.drain:
        raise BadInput(faults=[fault("", "too_large", MOST_ARRIVALS, MOST_RUNS)])
    return simulation.simulate({member.id: graph for member in stated.members}, stated, calendar)


def compare(id: str, old: int, new: int, held: Processes) -> dict[str, Any]:
    """Two versions of one process side by side."""
    return comparison.compare(_graph(id, old, held)[0], _graph(id, new, held)[0])


def variants(id: str, room: Room, logs: Logs) -> dict[str, Any]:
    """What the newest cases of a process went through, and where their working time went."""
    _graph(id, None, room.processes)
    return {"process": id, **mining.variants(logs.traces(id, MOST_CASES), room.calendar)}


def event_log(format: str, process: str, logs: Logs) -> dict[str, Any]:
    """{format, content}: the log as XES or OCEL 2.0 text."""
    write = {"xes": mining.xes, "ocel": mining.ocel}[format]
    return {"format": format, "content": write(logs.traces(process, MOST_CASES)).decode()}


def graph(id: str, version: int | None, held: Processes) -> Graph:
    """That version, or the newest; NotFound."""
    return _graph(id, version, held)[0]


def _graph(id: str, version: int | None, held: Processes) -> tuple[Graph, int]:
    found = held.graph(id, version)
    if found is None:
        raise NotFound
    return found
