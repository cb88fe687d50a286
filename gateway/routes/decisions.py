"""決策: decision models read, checked, tried, drafted and published."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask

blueprint = Blueprint("decisions", __name__, description="Decision models")
CREATED = 201


@blueprint.route("/decisions")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def decisions() -> Response:
    """{decisions: [{id, version, name}], begun}, each in its newest version; begun: ids of drafts that are not published yet."""
    return as_json(ask("workflow", "decisions"))


@blueprint.route("/decisions", methods=["POST"])
@blueprint.arguments(schemas.reengineering.BeginBody())
@blueprint.response(201, schemas.AnyObject)
@blueprint.alt_response(200, schema=schemas.AnyObject)
@permit("agency")
def begin(body: dict[str, Any]) -> Response:
    """{id, content, looked_at}: the draft that a new decision begins with, and what the linter says of it."""
    found = ask("workflow", "begin_model", {"kind": "decision", **body})
    return as_json(found, 200 if body["dry_run"] else CREATED)


@blueprint.route("/decisions/<id>/draft")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def drafted(id: str) -> Response:
    """{kind, id, newest, text, draft}: what an editor opens; newest 0 and text "" while there is a draft alone."""
    return as_json(ask("workflow", "model", {"kind": "decision", "id": id}))


@blueprint.route("/decisions/lint", methods=["POST"])
@blueprint.arguments(schemas.reengineering.DmnBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def lint(body: dict[str, Any]) -> Response:
    """{tables, faults, findings: gaps, overlaps} of a DMN text, of which nothing is kept."""
    return as_json(ask("workflow", "lint_decision", body))


@blueprint.route("/decisions/<id>")
@blueprint.arguments(schemas.reengineering.VersionQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def decision(query: dict[str, Any], id: str) -> Response:
    """{id, version, newest, dmn, decisions, inputs, tables, expressions, faults, findings, draft}."""
    return as_json(ask("workflow", "decision", {"id": id, **query}))


@blueprint.route("/decisions/<id>/trial", methods=["POST"])
@blueprint.arguments(schemas.reengineering.DecisionTrialBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def try_values(body: dict[str, Any], id: str) -> Response:
    """{value, errors, trace}: what is decided, and by which rows on which ground."""
    return as_json(ask("workflow", "try_decision", {"id": id, **body}))


@blueprint.route("/decisions/<id>/draft", methods=["PUT"])
@blueprint.arguments(schemas.reengineering.ModelDraftBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def draft(body: dict[str, Any], id: str) -> Response:
    """{revision}; 409 when somebody saved in between."""
    return as_json(ask("workflow", "save_model_draft", {"id": id, "kind": "decision", **body}))


@blueprint.route("/decisions/<id>/versions", methods=["POST"])
@blueprint.arguments(schemas.reengineering.DecisionBody())
@blueprint.response(201, schemas.AnyObject)
@blueprint.alt_response(200, schema=schemas.AnyObject)
@permit("admin")
def publish(body: dict[str, Any], id: str) -> Response:
    """{id, version, changed}: the next version; equal text is left alone and answers 200."""
    found = ask("workflow", "publish_decision", {"id": id, **body})
    return as_json(found, CREATED if found["changed"] and not body["dry_run"] else 200)
