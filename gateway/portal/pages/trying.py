"""試算: simulate a process on a stated mix or on last year's arrivals, a version beside another; studies of bundles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.auth import permit
from gateway.parts import ask
from gateway.portal import charts, view
from gateway.portal.blueprint import portal
from gateway.portal.words import say
from gdbos_contracts.errors import BadInput, Fault
from gdbos_contracts.text import LANGUAGES

Json = Mapping[str, Any]
NUMBERS = ("corrections", "returns", "days", "replications", "seed")


@portal.get("/agency/processes/<id>/simulate")
@permit("agency")
def simulation(id: str) -> Response:
    """What to simulate: who arrives, how many people there are, how often it is repeated, under which seed."""
    return _form(id)


@portal.post("/agency/processes/<id>/simulate")
@permit("agency")
def simulate_process(id: str) -> AnyResponse:
    """Ask for the trial and go where its progress is shown; the form again with what is wrong."""
    try:
        command = {
            "id": id,
            "version": view.number("version"),
            "against": view.number("against"),
            "scenario": _scenario(id),
        }
        return view.to(f"/agency/trials/{ask('workflow', 'ask_trial', command)['id']}")
    except json.JSONDecodeError as error:
        return _form(id, [Fault("/scenario", "not_json", dict.fromkeys(LANGUAGES, str(error)))])
    except BadInput as error:
        return _form(id, error.faults)


@portal.get("/agency/trials/<id>")
@permit("agency")
def trial(id: str) -> Response:
    """How far it is, and then what it found: pictures with their tables."""
    found = ask("workflow", "trial", {"id": id})
    return view.render("trial.html", trial=found, charts=_charts(found))


@portal.get("/agency/studies/<id>")
@permit("agency")
def study(id: str) -> Response:
    """A bundle before and after its re-engineering: what differs, and the newest result."""
    found = ask("workflow", "study", {"id": id})
    running = next((each for each in found["trials"] if each["state"] == "running"), None)
    return view.render("study.html", study=found["study"], newest=found["newest"], running=running)


@portal.post("/agency/studies/<id>/run")
@permit("agency")
def run_study(id: str) -> AnyResponse:
    """Simulate both sides anew."""
    return view.to(f"/agency/trials/{ask('workflow', 'ask_study_trial', {'id': id})['id']}")


def _form(id: str, faults: Any = ()) -> Response:
    process = ask("workflow", "process", {"id": id, "version": view.number("version")})
    scenario = process["scenario"]
    given = {
        "mix": request.values.get("mix", "stated"),
        "per_day": request.values.get("per_day", scenario["arrivals"]["per_day"]),
        "against": request.values.get("against", ""),
        "way": request.values.get("way", ""),
        "people": {
            role: request.values.get(f"people.{role}", own["people"])
            for role, own in scenario["roles"].items()
        },
        "own": request.form.get("scenario", "").strip() != "",
        "scenario": request.form.get("scenario", ""),
        **{name: request.values.get(name, scenario[name]) for name in NUMBERS},
    }
    year = ask("workflow", "arrivals", {"id": id})
    return view.render("process-simulate.html", process=process, given=given, year=year, faults=faults)


def _scenario(id: str) -> dict[str, Any]:
    """The scenario that was written by hand, or the suggested one with what the form says."""
    own = request.form.get("scenario", "").strip()
    if own:
        return dict(json.loads(own[:100_000])) if own.startswith("{") else json.loads(own[:100_000])
    scenario = _suggested(id)
    for name in NUMBERS:
        scenario[name] = _amount(name, scenario[name])
    for role, people in scenario["roles"].items():
        people["people"] = _amount(f"people.{role}", people["people"])
    scenario["arrivals"] = _arrivals(id)
    return scenario


def _suggested(id: str) -> dict[str, Any]:
    """One that fits both versions when two are compared."""
    new, old = view.number("version"), view.number("against")
    if old is None:
        return dict(ask("workflow", "process", {"id": id, "version": new})["scenario"])
    newest = new or ask("workflow", "process", {"id": id})["newest"]
    return dict(ask("workflow", "compare_processes", {"id": id, "old": old, "new": newest})["scenario"])


def _arrivals(id: str) -> dict[str, Any]:
    if request.form.get("mix") != "year":
        return {"per_day": _amount("per_day", 0)}
    year = ask("workflow", "arrivals", {"id": id, **_way()})
    weights = {"by_hour": year["by_hour"]} if year["by_hour"] else {}
    return {"per_day": year["per_day"], **weights}


def _way() -> dict[str, str]:
    """{item} or {bundle} whose arrivals were chosen; {} for all of them."""
    kind, _, code = request.values.get("way", "").partition(":")
    return {kind: code[:128]} if kind in ("item", "bundle") else {}


def _amount(name: str, otherwise: Any) -> Any:
    """A number of the form, whole where it is; what is none is left for the scenario's own check to refuse."""
    text = request.form.get(name, "").strip()[:30]
    if not text:
        return otherwise
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


def _charts(found: Json) -> list[tuple[str, Any]]:
    sides = found["report"].get("sides", {})
    if not sides:
        return []
    return [
        (say("chart.durations"), charts.durations(sides)),
        (say("chart.workload"), charts.workload(sides)),
        (say("chart.queues"), charts.queues(sides)),
    ]
