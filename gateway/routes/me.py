"""What the house knows about me, and who looked."""

from __future__ import annotations

from flask import Response, g

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask

blueprint = Blueprint("me", __name__, description="The signed-in principal")


@blueprint.route("/me")
@blueprint.response(200, schemas.sessions.PrincipalView)
@permit("signed_in")
def me() -> Response:
    """Who I am signed in as."""
    data = g.principal.to_data()
    data.pop("subject")
    return as_json(data)


@blueprint.route("/me/accesses")
@blueprint.response(200, schemas.AnyObject)
@permit("applicant")
def accesses() -> Response:
    """Who read what about me, for which case, on which ground."""
    return as_json(ask("datahub", "accesses"))
