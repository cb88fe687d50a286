"""Trials 試算 of processes and studies: asked for, worked off in the background, looked at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from gdbos_contracts.errors import BadInput, NotFound
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.comparison import trials
from services.workflow.domain.comparison.picture import picture
from services.workflow.domain.faults import text
from services.workflow.handlers import reengineering
from services.workflow.ports import Logs, Processes, Trials, Work

Json = Mapping[str, Any]
Enter = Callable[[], AbstractContextManager[tuple[Trials, Calendar, Work]]]
LEASE = timedelta(minutes=2)
"""After which a replication whose worker died is done by another."""
MOST_SHOWN = 10


def ask_process(command: Json, id: str, held: Processes, runs: Trials, work: Work) -> dict[str, Any]:
    """A trial of one version, or of two under the same scenario: {id}. BadInput, NotFound."""
    versions = {"after": command["version"]}
    if command["against"] is not None:
        versions = {"before": command["against"], **versions}
    models = {side: _model(command, version, held) for side, version in versions.items()}
    name = reengineering.graph(command["id"], None, held).name
    stated = {"kind": "processes", "scenario": command["scenario"], "models": models, "versions": versions}
    return _ask(stated, command["id"], text(name, name, name), id, runs, work)


def ask_study(study: str, id: str, runs: Trials, work: Work) -> dict[str, Any]:
    """A trial of a study: {id}; NotFound."""
    body = runs.study(study)
    if body is None:
        raise NotFound
    return _ask({"kind": "study", "study": body}, study, body["name"], id, runs, work)


def advance(enter: Enter, simulate: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """One replication of the trial that waits longest, computed outside of any transaction: {ran: 0 | 1}."""
    with enter() as (runs, calendar, work):
        trial = runs.lease(work.now, work.now + LEASE)
        work.commit()
    if trial is None:
        return {"ran": 0}
    try:
        found = simulate(trials.run, trial["stated"], trial["done"], calendar)
        values = _progress(trial, found)
    except BadInput as error:
        faults = [{"pointer": each.pointer, "message": dict(each.message)} for each in error.faults]
        values = {"state": "failed", "faults": faults}
    with enter() as (runs, _, work):
        runs.save(trial["id"], trial["done"], values)
        work.commit()
    return {"ran": 1}


def trial(id: str, language: str, runs: Trials) -> dict[str, Any]:
    """{id, subject, kind, versions, title, state, done, total, report, faults, asked_at, picture}: NotFound.

    picture: SVG of a study's report in that language, else "".
    """
    found = runs.get(id)
    if found is None:
        raise NotFound
    kept = ("id", "subject", "title", "state", "done", "total", "report", "faults", "asked_at")
    stated = found["stated"]
    drawn = stated["kind"] == "study" and found["state"] == "done"
    return {name: found[name] for name in kept} | {
        "kind": stated["kind"],
        "versions": stated.get("versions", {}),
        "scenario": stated.get("scenario", {}),
        "picture": picture(found["report"], language) if drawn else "",
    }


def studies(runs: Trials) -> dict[str, Any]:
    """{studies: [{id, name, synthetic}]}"""
    found = [
        {"id": s["id"], "name": s["name"], "synthetic": s.get("synthetic", False)} for s in runs.studies()
    ]
    return {"studies": found}


def study(id: str, language: str, runs: Trials) -> dict[str, Any]:
    """{study: {id, name, synthetic, scenario, before, after}, trials, newest}; newest: the last that was done."""
    body = runs.study(id)
    if body is None:
        raise NotFound
    tried = list(runs.of(id, MOST_SHOWN))
    done = next((each["id"] for each in tried if each["state"] == "done"), None)
    told = {name: value for name, value in body.items() if name not in ("models", "items")}
    return {"study": told, "trials": tried, "newest": trial(done, language, runs) if done else None}


def publish_study(body: Json, dry_run: bool, runs: Trials, work: Work) -> dict[str, Any]:
    """A study of a pack; BadInput when it could not be run. Equal ones are left alone."""
    trials.sides({"kind": "study", "study": body})
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True)
    changed = runs.put_study(body["id"], hashlib.sha256(canonical.encode()).hexdigest(), body)
    if changed and not dry_run:
        work.audit("study.publish", body["id"])
        work.commit()
    return {"id": body["id"], "changed": changed}


def arrivals(query: Json, held: Processes, logs: Logs, calendar: Calendar, work: Work) -> dict[str, Any]:
    """Numbers of the year before today; see reengineering.arrivals. NotFound."""
    reengineering.graph(query["id"], None, held)
    return reengineering.arrivals(query, logs, calendar, work.now.date())


def _model(command: Json, version: int | None, held: Processes) -> str:
    """The text of that version; the one that the command brings for version None."""
    if version is None and command["bpmn"]:
        return str(command["bpmn"])
    number = version or (held.digest(command["id"]) or (0, ""))[0]
    found = held.bpmn(command["id"], number)
    if found is None:
        raise NotFound
    return found


def _ask(stated: Json, subject: str, title: Any, id: str, runs: Trials, work: Work) -> dict[str, Any]:
    row = {
        "id": id,
        "subject": subject,
        "title": dict(title),
        "stated": dict(stated),
        "total": len(trials.places(trials.sides(stated))),
        "done": 0,
        "found": [],
        "state": "running",
        "faults": [],
        "report": {},
        "leased_until": 0.0,
        "asked_at": work.at,
    }
    runs.add(row)
    work.audit("trial.ask", subject, trial=id)
    work.commit()
    return {"id": id, "total": row["total"]}


def _progress(trial: Json, found: Json) -> dict[str, Any]:
    every = [*trial["found"], found]
    values = {"done": len(every), "found": every, "leased_until": 0.0}
    if len(every) < trial["total"]:
        return values
    return {**values, "state": "done", "found": [], "report": trials.report(trial["stated"], every)}
