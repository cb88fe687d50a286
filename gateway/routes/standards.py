"""The standards registry, read by anybody."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask, immutable

blueprint = Blueprint("standards", __name__, description="Data elements, code lists, schemas")


@blueprint.route("/standards/elements")
@blueprint.arguments(schemas.standards.ElementQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def elements(query: dict[str, Any]) -> Response:
    """{elements, next}: newest versions whose id, names or synonyms hold every word of `q`, best first."""
    return as_json(ask("standards", "elements", query))


@blueprint.route("/standards/elements", methods=["POST"])
@blueprint.arguments(schemas.standards.ElementsBody())
@blueprint.response(201, schemas.AnyObject)
@blueprint.alt_response(200, schema=schemas.AnyObject)
@permit("agency")
def submit(body: dict[str, Any]) -> Response:
    """{elements, unchanged, advice}: new versions, as drafts; `dry_run` (answered with 200) keeps nothing."""
    return as_json(ask("standards", "submit", body), 200 if body["dry_run"] else 201)


@blueprint.route("/standards/elements/<id>")
@blueprint.arguments(schemas.standards.VersionQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def element(query: dict[str, Any], id: str) -> Response:
    """One version of a data element, the newest unless `version` says: concept, value domain, history."""
    return as_json(ask("standards", "element", {"id": id, **query}))


@blueprint.route("/standards/elements/<id>/status", methods=["POST"])
@blueprint.arguments(schemas.standards.StatusBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def set_status(body: dict[str, Any], id: str) -> Response:
    """{status} after one step 草案 → 征求意见 → 试用 → 标准 → 修订 | 废止; 403 for another role's step."""
    return as_json(ask("standards", "set_status", {"id": id, **body}))


@blueprint.route("/standards/elements/<id>/where-used")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def where_used(id: str) -> Response:
    """{uses: [{kind, id, version, element, element_version}]}: items, processes, sources, licence types, forms and
    schemas that refer to an element, whichever version."""
    return as_json(ask("standards", "where_used", {"id": id}))


@blueprint.route("/standards/schemas/<id>/versions/<int:version>")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def schema(id: str, version: int) -> Response:
    """One version of a published schema, or the schema of one element version: immutable."""
    return immutable(ask("standards", "schema_version", {"id": id, "version": version})["schema"])


@blueprint.route("/standards/schemas")
@blueprint.arguments(schemas.standards.ListQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def subjects(query: dict[str, Any]) -> Response:
    """{subjects: [{id, mode, lenient, steward, last}], next} of published schemas whose id holds `q`."""
    return as_json(ask("standards", "subjects", query))


@blueprint.route("/standards/schemas/<id>")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def subject(id: str) -> Response:
    """{id, mode, lenient, steward, versions} of a published schema."""
    return as_json(ask("standards", "subject", {"id": id}))


@blueprint.route("/standards/schemas/<id>", methods=["PUT"])
@blueprint.arguments(schemas.standards.SubjectModeBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def set_mode(body: dict[str, Any], id: str) -> Response:
    """Change with what later versions must be compatible, or hand the schema to another steward; its steward may."""
    return as_json(ask("standards", "set_mode", {"id": id, **body}))


@blueprint.route("/standards/schemas/<id>/versions", methods=["POST"])
@blueprint.arguments(schemas.standards.SchemaVersionBody())
@blueprint.response(201, schemas.AnyObject)
@blueprint.alt_response(200, schema=schemas.AnyObject)
@permit("agency")
def publish_schema(body: dict[str, Any], id: str) -> Response:
    """Publish the next version; the first makes an agency its steward, and no other agency may publish more. Refused
    with 409 `incompatible`, the `changes` and a `witness` when it breaks what the mode of the schema promises; equal
    content is left alone and answers 200."""
    found = ask("standards", "publish_schema", {"id": id, **body})
    return as_json(found, 201 if found["changed"] and not body["dry_run"] else 200)


@blueprint.route("/standards/impact", methods=["POST"])
@blueprint.arguments(schemas.standards.ImpactBody(), required=False)
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def impact(body: dict[str, Any]) -> Response:
    """{impact: [{id, from, to, users:[{kind, id, version}], changes, witness}]}: whom these versions would break if
    they came into force. Nothing is written."""
    report = ask("standards", "publish", {**body, "dry_run": True})
    return as_json({name: report[name] for name in ("impact", "elements", "code_lists", "unchanged")})


@blueprint.route("/standards/validate", methods=["POST"])
@blueprint.arguments(schemas.standards.ValidateBody())
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def validate(body: dict[str, Any]) -> Response:
    """{valid, violations:[{pointer, code, message, element, rule}]}."""
    return as_json(
        ask("standards", "validate", {k: v for k, v in body.items() if v is not None or k == "data"})
    )


@blueprint.route("/standards/compatibility", methods=["POST"])
@blueprint.arguments(schemas.standards.CompatibilityBody())
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def compatibility(body: dict[str, Any]) -> Response:
    """{compatible: true, false or null, changes:[{kind, path, message}], witness}. A `_transitive` mode also
    compares with `history`, the versions before `old`, oldest first; a refusal then names its `version`. As `declared`
    a witness says by what it is `confirmed` (validity, or declaration: only when what is declared is asserted), and
    `unwitnessed` why there is none, with `parts`: [{narrow, wide, value}], valid under exactly one of the two."""
    return as_json(ask("standards", "compatibility", body))
