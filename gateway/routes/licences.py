"""Electronic licences: mine, and whether one stands."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.papers import standing
from gateway.parts import as_json, ask

blueprint = Blueprint("licences", __name__, description="Electronic licences 電子證照")


@blueprint.route("/licences")
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def licences() -> Response:
    """The caller's licences, newest first."""
    return as_json(ask("datahub", "licences"))


@blueprint.route("/licences/verify")
@blueprint.arguments(schemas.items.VerifyQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def verify(query: dict[str, Any]) -> Response:
    """{valid, reason, licence}; the holder is never shown."""
    return as_json(standing(query["code"]))


@blueprint.route("/licences/<id>/revocation", methods=["POST"])
@blueprint.arguments(schemas.items.RevokeBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def revoke(body: dict[str, Any], id: str) -> Response:
    """{licence, status}: 撤銷 by the agency that issued it; its case, and what rests on that, are revoked in turn."""
    return as_json(ask("datahub", "revoke_licence", {**body, "licence": id}))


@blueprint.route("/licences/<id>")
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def licence(id: str) -> Response:
    """One of the caller's licences with its face."""
    return as_json(ask("datahub", "licence", {"licence": id}))
