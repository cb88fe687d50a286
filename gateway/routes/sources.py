"""An agency's sources."""

from __future__ import annotations

from flask import Response
from flask_smorest import Blueprint

from gateway import schemas
from gateway.auth import permit
from gateway.parts import as_json, ask

blueprint = Blueprint("sources", __name__, description="Sources of agencies")


@blueprint.route("/sources")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def sources() -> Response:
    """The sources of the caller's agency; where they lie is not shown."""
    return as_json(ask("datahub", "sources"))


@blueprint.route("/sources/<id>/test", methods=["POST"])
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def test(id: str) -> Response:
    """Can it be read now, and are the mapped columns there?"""
    return as_json(ask("datahub", "test_source", {"source": id}))
