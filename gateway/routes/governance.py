"""Governance of the standards: columns to elements, likeness, names, coverage; templates made of elements."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask, immutable

blueprint = Blueprint("governance", __name__, description="Governance of the standards, templates")


@blueprint.route("/standards/propose", methods=["POST"])
@blueprint.arguments(schemas.standards.ProposeBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def propose(body: dict[str, Any]) -> Response:
    """{columns: [{name, proposals: [{element, version, score, reasons}]}]}: which element a column holds."""
    return as_json(ask("standards", "propose", body))


@blueprint.route("/standards/likeness")
@blueprint.arguments(schemas.standards.LikenessQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def likeness(query: dict[str, Any]) -> Response:
    """{twins: [{one, other, score, reasons, names, mine, verdict?}], total, next}: elements that probably say the same
    twice, the most alike first; `verdict` leaves those judged so, or the `open` ones."""
    return as_json(ask("standards", "likeness", query))


@blueprint.route("/standards/likeness/<one>/<other>", methods=["PUT"])
@blueprint.arguments(schemas.standards.TwinVerdictBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def judge_twins(body: dict[str, Any], one: str, other: str) -> Response:
    """What the steward of either says of two that look alike: merge them or keep both; a new version asks again."""
    return as_json(ask("standards", "judge_twins", {"one": one, "other": other, **body}))


@blueprint.route("/standards/naming")
@blueprint.arguments(schemas.standards.LimitQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def naming(query: dict[str, Any]) -> Response:
    """{elements: [{id, version, names, advice}], total}: what breaks the naming rules (GB/T 19488.1)."""
    return as_json(ask("standards", "naming", query))


@blueprint.route("/standards/coverage")
@blueprint.arguments(schemas.standards.CoverageQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def coverage(query: dict[str, Any]) -> Response:
    """{agencies: [{agency, fields, elements, standard, proposed, unmapped, share, holders}]}, the least covered first:
    of the fields, some are elements; of columns that nobody mapped the names of some spell one."""
    return as_json(ask("standards", "coverage", query))


@blueprint.route("/standards/templates")
@blueprint.arguments(schemas.standards.TemplateQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def templates(query: dict[str, Any]) -> Response:
    """{templates: [{id, version, kind, names, steward, fields}]} of forms, documents and licences."""
    return as_json(ask("standards", "templates", query))


@blueprint.route("/standards/templates", methods=["POST"])
@blueprint.arguments(schemas.standards.TemplatesBody())
@blueprint.response(201, schemas.AnyObject)
@blueprint.alt_response(200, schema=schemas.AnyObject)
@permit("agency")
def publish(body: dict[str, Any]) -> Response:
    """{templates, unchanged}: new versions; `dry_run` (answered with 200) keeps nothing."""
    return as_json(ask("standards", "publish_templates", body), 200 if body["dry_run"] else 201)


@blueprint.route("/standards/templates/<id>")
@blueprint.arguments(schemas.standards.VersionQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def template(query: dict[str, Any], id: str) -> Response:
    """One version of a template, the newest unless `version` says."""
    return as_json(ask("standards", "template", {"id": id, **query}))


@blueprint.route("/standards/templates/<id>/versions/<int:version>/schema")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def template_schema(id: str, version: int) -> Response:
    """The JSON Schema that its elements make, with `x-ui` for a form: immutable."""
    return immutable(ask("standards", "template_schema", {"id": id, "version": version})["schema"])
