"""好差評: public figures, and what agencies do about bad ratings."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask

blueprint = Blueprint("ratings", __name__, description="Ratings 好差評")


@blueprint.route("/ratings")
@blueprint.response(200, schemas.AnyObject)
@permit("public")
def figures() -> Response:
    """Figures by agency; null where so few rated that they could be told apart."""
    return as_json(ask("workflow", "rating_figures"))


@blueprint.route("/ratings/bad")
@blueprint.response(200, schemas.AnyObject)
@permit("ratings")
def bad() -> Response:
    """Bad ratings to be looked into, without who gave them: the agency's; to a supervisor those appealed, and those
    not put right in time. `light` and `escalated_to` tell how the days of putting right stand."""
    return as_json(ask("workflow", "bad_ratings"))


@blueprint.route(
    "/ratings/<id>/<any(confirm, appeal, uphold, remove, rectify, call_back):action>", methods=["POST"]
)
@blueprint.arguments(schemas.applications.RatingMoveBody())
@blueprint.response(200, schemas.AnyObject)
@permit("ratings")
def handle(body: dict[str, Any], id: str, action: str) -> Response:
    """The next move, in words that the one who rated and the public may read."""
    return as_json(ask("workflow", "handle_rating", {"id": id, "action": action, **body}))
