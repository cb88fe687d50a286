"""Look at processes: their list, one in full, how it would do, how it did, and how two versions differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gdbos_contracts.errors import NotFound
from services.workflow.domain import bpmn, comparison, mining, simulation
from services.workflow.domain.bpmn.drawing import draw
from services.workflow.domain.bpmn.outline import outline
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.engine.graph import Graph
from services.workflow.domain.engine.lint import lint
from services.workflow.handlers.publishing import compiled
from services.workflow.ports import Logs, Processes, Room

Json = Mapping[str, Any]
MOST_CASES = 20_000


def processes(logs: Logs) -> dict[str, Any]:
    """Every process in its newest version."""
    return {"processes": list(logs.processes())}


def process(id: str, version: int | None, held: Processes) -> dict[str, Any]:
    """{id, version, newest, name, bpmn, profile, parallel, scenario, findings, drawing, outline}: NotFound."""
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
        "scenario": simulation.suggested(graph),
        **looked_at(text),
    }


def looked_at(text: str) -> dict[str, Any]:
    """{findings, drawing, outline} of a text: BadInput when it is not BPMN at all.

    drawing: SVG with each finding's number at its element; "" of a file without a diagram.
    """
    model = bpmn.parse(text.encode())
    findings = [each.to_data() for each in lint(model)]
    return {
        "findings": findings,
        "drawing": draw(model, marks=_severities(findings), notes=_numbers(findings)).decode(),
        "outline": outline(model),
    }


def difference(id: str, text: str, held: Processes) -> dict[str, Any]:
    """The newest version against a text: as `compare`, and `drawings` of both with what changed."""
    old, number = _graph(id, None, held)
    new = compiled(text)
    found = comparison.compare(old, new) | {"scenario": simulation.suggested(old, new)}
    return {**found, "version": number, "drawings": _drawings(found, held.bpmn(id, number) or "", text)}


def arrivals(query: Json, logs: Logs, calendar: Calendar, today: date) -> dict[str, Any]:
    """Numbers of the year before `today`, of the process {id} or of one `item` or `bundle` of it, see
    domain/mining/arrivals.py; and {items, bundles} to choose among."""
    since = today - mining.YEAR
    counts = logs.arrivals(query["id"], since, query["item"], query["bundle"])
    return {**mining.profile(counts, calendar, today), **logs.ways(query["id"], since)}


def compare(id: str, old: int, new: int, held: Processes) -> dict[str, Any]:
    """Two versions of one process side by side."""
    before, after = _graph(id, old, held)[0], _graph(id, new, held)[0]
    found = comparison.compare(before, after) | {"scenario": simulation.suggested(before, after)}
    return {**found, "drawings": _drawings(found, held.bpmn(id, old) or "", held.bpmn(id, new) or "")}


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


def _drawings(found: Json, old: str, new: str) -> dict[str, str]:
    """{old, new}: SVG with the steps that were removed, changed or added."""
    changes = {step["id"]: step["change"] for step in found["steps"] if step["change"] != "kept"}
    sides = {"old": (old, ("removed", "changed")), "new": (new, ("added", "changed"))}
    return {
        side: draw(
            bpmn.parse(text.encode()), marks={id: each for id, each in changes.items() if each in shown}
        ).decode()
        for side, (text, shown) in sides.items()
    }


def _severities(findings: Sequence[Json]) -> dict[str, str]:
    """Element → error where it has one, else warning."""
    found: dict[str, str] = {}
    for each in findings:
        if found.get(each["element"]) != "error":
            found[each["element"]] = each["severity"]
    return found


def _numbers(findings: Sequence[Json]) -> dict[str, str]:
    """Element → the numbers of its findings, from 1."""
    found: dict[str, list[str]] = {}
    for number, each in enumerate(findings, 1):
        found.setdefault(each["element"], []).append(str(number))
    return {element: " ".join(numbers) for element, numbers in found.items()}
