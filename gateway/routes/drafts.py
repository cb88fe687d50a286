"""Save and resume on another device."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask

blueprint = Blueprint("drafts", __name__, description="Drafts 暫存")


@blueprint.route("/drafts")
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def drafts() -> Response:
    """The caller's drafts, newest first."""
    return as_json(ask("workflow", "drafts"))


@blueprint.route("/drafts/<id>", methods=["PUT"])
@blueprint.arguments(schemas.applications.DraftBody())
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def save(body: dict[str, Any], id: str) -> Response:
    """Save; the client makes the id, so that saving twice is saving once."""
    return as_json(ask("workflow", "save_draft", {"id": id, "body": body}))


@blueprint.route("/drafts/<id>", methods=["GET"])
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def draft(id: str) -> Response:
    """Resume."""
    return as_json(ask("workflow", "draft", {"id": id}))


@blueprint.route("/drafts/<id>", methods=["DELETE"])
@blueprint.response(204)
@permit("applicant")
def delete(id: str) -> Response:
    """Throw a draft away."""
    ask("workflow", "delete_draft", {"id": id})
    return Response(status=204)
