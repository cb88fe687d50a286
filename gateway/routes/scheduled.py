"""Publications of standards for a later day."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask

blueprint = Blueprint("scheduled", __name__, description="Publications of standards for a later day")


@blueprint.route("/standards/scheduled")
@blueprint.arguments(schemas.standards.ScheduledQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def scheduled(query: dict[str, Any]) -> Response:
    """{scheduled: [{id, on, status, publishes, migrations, by, at, reason}]} by day; `reason` is the problem that keeps
    one back whose day has come."""
    return as_json(ask("standards", "scheduled", query))


@blueprint.route("/standards/scheduled", methods=["POST"])
@blueprint.arguments(schemas.standards.ScheduleBody())
@blueprint.response(201, schemas.AnyObject)
@permit("agency")
def schedule(body: dict[str, Any]) -> Response:
    """Publish on the day `on`, with the migration rules that carry over what it would break. Refused now as it would be
    today, with everybody whom it breaks; on its day they are asked again."""
    return as_json(ask("standards", "schedule", {**body, "on": body["on"].isoformat()}), 201)


@blueprint.route("/standards/scheduled/<id>/cancel", methods=["POST"])
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def cancel(id: str) -> Response:
    """It never comes into force; 409 for one that is over."""
    return as_json(ask("standards", "cancel_scheduled", {"id": id}))
