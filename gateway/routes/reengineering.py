"""業務再造: processes and decisions read, checked, tried, compared, drafted and published."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask

blueprint = Blueprint(
    "reengineering", __name__, description="Processes and decisions, simulated and compared"
)
CREATED = 201


@blueprint.route("/processes")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def processes() -> Response:
    """{processes: [{id, version, name}], begun}, each in its newest version; begun: ids of drafts that are not published yet."""
    return as_json(ask("workflow", "processes"))


@blueprint.route("/processes", methods=["POST"])
@blueprint.arguments(schemas.reengineering.BeginBody())
@blueprint.response(201, schemas.AnyObject)
@blueprint.alt_response(200, schema=schemas.AnyObject)
@permit("agency")
def begin(body: dict[str, Any]) -> Response:
    """{id, content, looked_at}: the draft that a new process begins with, and what the linter says of it."""
    found = ask("workflow", "begin_model", {"kind": "process", **body})
    return as_json(found, 200 if body["dry_run"] else CREATED)


@blueprint.route("/processes/<id>/draft")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def drafted(id: str) -> Response:
    """{kind, id, newest, text, draft}: what an editor opens; newest 0 and text "" while there is a draft alone."""
    return as_json(ask("workflow", "model", {"kind": "process", "id": id}))


@blueprint.route("/processes/lint", methods=["POST"])
@blueprint.arguments(schemas.reengineering.BpmnBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def lint(body: dict[str, Any]) -> Response:
    """{findings, drawing, outline} of a BPMN text, of which nothing is kept."""
    return as_json(ask("workflow", "lint_process", body))


@blueprint.route("/processes/<id>")
@blueprint.arguments(schemas.reengineering.VersionQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def process(query: dict[str, Any], id: str) -> Response:
    """{id, version, newest, name, bpmn, profile, parallel, scenario, findings, drawing, outline, draft}."""
    return as_json(ask("workflow", "process", {"id": id, **query}))


@blueprint.route("/processes/<id>/versions", methods=["POST"])
@blueprint.arguments(schemas.reengineering.ProcessBody())
@blueprint.response(201, schemas.AnyObject)
@blueprint.alt_response(200, schema=schemas.AnyObject)
@permit("admin")
def publish(body: dict[str, Any], id: str) -> Response:
    """{id, version, changed}: the next version, for new cases only; equal text is left alone and answers 200."""
    found = ask("workflow", "publish_process", {"id": id, **body})
    return as_json(found, CREATED if found["changed"] and not body["dry_run"] else 200)


@blueprint.route("/processes/<id>/draft", methods=["PUT"])
@blueprint.arguments(schemas.reengineering.ModelDraftBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def draft(body: dict[str, Any], id: str) -> Response:
    """{revision}; 409 when somebody saved in between."""
    return as_json(ask("workflow", "save_model_draft", {"id": id, **body}))


@blueprint.route("/processes/<id>/comparison")
@blueprint.arguments(schemas.reengineering.PairQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def compare(query: dict[str, Any], id: str) -> Response:
    """{old, new, saved, steps, parallel, parallel_old, scenario, drawings} of two versions."""
    return as_json(ask("workflow", "compare_processes", {"id": id, **query}))


@blueprint.route("/processes/<id>/difference", methods=["POST"])
@blueprint.arguments(schemas.reengineering.BpmnBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def difference(body: dict[str, Any], id: str) -> Response:
    """The same of the newest version and a text of which nothing is kept."""
    return as_json(ask("workflow", "process_difference", {"id": id, **body}))


@blueprint.route("/processes/<id>/arrivals")
@blueprint.arguments(schemas.reengineering.ArrivalsQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def arrivals(query: dict[str, Any], id: str) -> Response:
    """{since, until, cases, working_days, per_day, by_hour, items, bundles} of the last year: numbers only, of all or
    of one of the items and bundles that are told."""
    return as_json(ask("workflow", "arrivals", {"id": id, **query}))


@blueprint.route("/processes/<id>/trials", methods=["POST"])
@blueprint.arguments(schemas.reengineering.TrialBody())
@blueprint.response(201, schemas.AnyObject)
@permit("agency")
def ask_trial(body: dict[str, Any], id: str) -> Response:
    """{id, total}: a simulation in the background, of one version or of two under the same scenario."""
    return as_json(ask("workflow", "ask_trial", {"id": id, **body}), CREATED)


@blueprint.route("/trials/<id>")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def trial(id: str) -> Response:
    """{state: running | done | failed, done, total, report, faults, picture}."""
    return as_json(ask("workflow", "trial", {"id": id}))


@blueprint.route("/studies")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def studies() -> Response:
    """{studies: [{id, name, synthetic}]}: bundles before and after their re-engineering."""
    return as_json(ask("workflow", "studies"))


@blueprint.route("/studies/<id>")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def study(id: str) -> Response:
    """{study, trials, newest}: what differs between its sides, and the newest result."""
    return as_json(ask("workflow", "study", {"id": id}))


@blueprint.route("/studies/<id>/trials", methods=["POST"])
@blueprint.response(201, schemas.AnyObject)
@permit("agency")
def ask_study(id: str) -> Response:
    """{id, total}: both sides simulated in the background."""
    return as_json(ask("workflow", "ask_study_trial", {"id": id}), CREATED)
