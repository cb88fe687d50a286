"""Code lists in four formats, and crosswalks between them."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import IMMUTABLE, as_json, ask, tagged

blueprint = Blueprint("codelists", __name__, description="Code lists and crosswalks")

FORMATS = {
    "application/json": "json",
    "text/csv": "csv",
    "application/xml": "genericode",
    "application/rdf+xml": "skos",
}
"""What `Accept` may ask for when `format` does not say."""


@blueprint.route("/standards/codelists")
@blueprint.arguments(schemas.standards.ListQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def code_lists(query: dict[str, Any]) -> Response:
    """{code_lists: [{id, version, names, standard, steward, count}], next}, the best fit to `q` first."""
    return as_json(ask("standards", "code_lists", query))


@blueprint.route("/standards/codelists/import", methods=["POST"])
@blueprint.arguments(schemas.standards.CodeListBody())
@blueprint.response(201, schemas.AnyObject)
@blueprint.alt_response(200, schema=schemas.AnyObject)
@permit("agency")
def import_code_list(body: dict[str, Any]) -> Response:
    """{code_list, size, retired, unchanged} by its steward; `dry_run` (answered with 200) keeps nothing."""
    told = ask("standards", "import_code_list", body)
    return as_json(told, 200 if body["dry_run"] or told["unchanged"] else 201)


@blueprint.route("/standards/codelists/<id>")
@blueprint.arguments(schemas.standards.CodeListQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def code_list(query: dict[str, Any], id: str) -> Response:
    """One version of a code list, the newest (on a day: in force) unless `version` says; a version is immutable.

    `format` (json, csv, genericode, skos) wins over `Accept`. `on` leaves the codes that held on that day.
    """
    asked = request.accept_mimetypes.best_match(list(FORMATS), "application/json")
    chosen = query["format"] or FORMATS[asked]
    wanted = {"id": id, **_day(query), "version": query["version"], "format": chosen}
    found = ask("standards", "code_list_text", wanted)
    response = Response(found["text"], mimetype=found["media_type"])
    response.headers["Cache-Control"] = IMMUTABLE if query["version"] else "no-cache"
    response.headers["Content-Disposition"] = f'inline; filename="{id}-{found["version"]}.{chosen}"'
    response.headers["Vary"] = "Accept"
    return tagged(response)


@blueprint.route("/standards/codelists/<id>/versions")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def code_list_versions(id: str) -> Response:
    """{versions: [{version, standard, valid_from, valid_to, size, retired}]}, the oldest first."""
    return as_json(ask("standards", "code_list_versions", {"id": id}))


@blueprint.route("/standards/crosswalks")
@blueprint.arguments(schemas.standards.CrosswalksQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def crosswalks(query: dict[str, Any]) -> Response:
    """{crosswalks: [{id, version, names, source, target, size}]}, of one list, from or to it, or all."""
    return as_json(ask("standards", "crosswalks", query))


@blueprint.route("/standards/crosswalks", methods=["POST"])
@blueprint.arguments(schemas.standards.CrosswalksBody())
@blueprint.response(201, schemas.AnyObject)
@blueprint.alt_response(200, schema=schemas.AnyObject)
@permit("agency")
def publish_crosswalks(body: dict[str, Any]) -> Response:
    """{crosswalks, unchanged, advice} by the steward of one of their two lists; `dry_run` keeps nothing, and like what
    is published already it is answered with 200. `advice` names the codes that are left open."""
    told = ask("standards", "publish_crosswalks", body)
    return as_json(told, 201 if told["crosswalks"] and not body["dry_run"] else 200)


@blueprint.route("/standards/crosswalks/<id>")
@blueprint.arguments(schemas.standards.CrosswalkQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def crosswalk(query: dict[str, Any], id: str) -> Response:
    """One crosswalk; with `value`, {answer: one | several | none, targets, stated, notes, list} on a day."""
    key = {"id": id, "version": query["version"]}
    if query["value"] is None:
        return as_json(ask("standards", "crosswalk", key))
    asked = {**key, **_day(query), "value": query["value"], "back": query["back"]}
    return as_json(ask("standards", "translate", asked))


def _day(query: dict[str, Any]) -> dict[str, str]:
    return {"on": query["on"].isoformat()} if query["on"] else {}
