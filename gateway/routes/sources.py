"""An agency's sources."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
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


@blueprint.route("/contracts", methods=["POST"])
@blueprint.arguments(schemas.sources.ContractsBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def publish_contracts(body: dict[str, Any]) -> Response:
    """Publish data contracts of one's own agency: schema, tags, FEEL rules, `up` and `down` between versions."""
    return as_json(ask("datahub", "publish_contracts", body))


@blueprint.route("/contracts/<subject>")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def contract(subject: str) -> Response:
    """The newest version of a data contract, such as that of `licence:<type>`."""
    return as_json(ask("datahub", "contract", {"subject": subject}))
