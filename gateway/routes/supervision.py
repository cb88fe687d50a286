"""What supervisors see of processes."""

from __future__ import annotations

from flask import Response
from flask_smorest import Blueprint

from gateway import schemas
from gateway.auth import permit
from gateway.parts import as_json, ask

blueprint = Blueprint("supervision", __name__, description="Supervision 監督")


@blueprint.route("/supervision/processes/<id>/variants")
@blueprint.response(200, schemas.AnyObject)
@permit("supervise")
def variants(id: str) -> Response:
    """Variants of a process and its bottlenecks, in working days with fractions."""
    return as_json(ask("workflow", "process_variants", {"id": id}))
