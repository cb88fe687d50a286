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
    """{scheduled: [{id, on, status, publishes, stewards, migrations, by, at, reason, steps}]} by day; `reason` is the
    problem that keeps one back whose day has come, `steps` what the caller may do: `cancel`, `undo`, `plan`."""
    return as_json(ask("standards", "scheduled", query))


@blueprint.route("/standards/scheduled", methods=["POST"])
@blueprint.arguments(schemas.standards.ScheduleBody())
@blueprint.response(201, schemas.AnyObject)
@permit("agency")
def schedule(body: dict[str, Any]) -> Response:
    """Publish on the day `on`, with the migration rules that carry over what it would break. Refused now as it would be
    today, with everybody whom it breaks; on its day they are asked again."""
    return as_json(ask("standards", "schedule", {**body, "on": body["on"].isoformat()}), 201)


@blueprint.route("/standards/scheduled/<id>")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def one_scheduled(id: str) -> Response:
    """One, with `changes`: [{kind, id, version, before, members, codes}], what each version says otherwise than the one
    before it; and `refused`, the problem with which it would be refused if its day were today."""
    return as_json(ask("standards", "one_scheduled", {"id": id}))


@blueprint.route("/standards/scheduled/<id>/cancel", methods=["POST"])
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def cancel(id: str) -> Response:
    """It never comes into force; for whoever decided it and whoever answers for all that it brings. 409 for one that is
    over."""
    return as_json(ask("standards", "cancel_scheduled", {"id": id}))


@blueprint.route("/standards/scheduled/<id>/plan", methods=["POST"])
@blueprint.arguments(schemas.standards.PlanBody(), required=False)
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def plan(body: dict[str, Any], id: str) -> Response:
    """A cancelled one waits again, or one that is not published yet for another day `on`; asked again as when it was
    scheduled. Another day is for whoever decides what is binding."""
    on = body["on"].isoformat() if body["on"] else None
    return as_json(ask("standards", "plan_scheduled", {"id": id, "on": on}))
