"""Sign in and out."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import digest, permit, sign_in, token_of_request
from gateway.bodies import Blueprint
from gateway.parts import parts

blueprint = Blueprint("sessions", __name__, description="Sessions of the built-in accounts")


@blueprint.route("/sessions", methods=["POST"])
@blueprint.arguments(schemas.sessions.Credentials())
@blueprint.response(201, schemas.sessions.SessionView)
@permit("public")
def open_session(credentials: dict[str, Any]) -> dict[str, Any]:
    """Sign in; the token goes into `Authorization: Bearer`."""
    token, expires, principal = sign_in(credentials["username"], credentials["password"])
    return {"token": token, "expires_at": expires, "principal": principal.to_data()}


@blueprint.route("/sessions", methods=["DELETE"])
@blueprint.response(204)
@permit("signed_in")
def close_session() -> Response:
    """Sign out: the token stops working everywhere within five seconds."""
    parts().accounts.close_session(digest(token_of_request()))
    return Response(status=204)
