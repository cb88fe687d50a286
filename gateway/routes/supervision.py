"""Supervision 監察: lights, records, orders, calendars, successions of agencies."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask

blueprint = Blueprint("supervision", __name__, description="Lights, records and orders of supervision")
CREATED = 201


@blueprint.route("/supervision/lights")
@blueprint.response(200, schemas.AnyObject)
@permit("supervise")
def lights() -> Response:
    """{totals, rows}: open cases by agency, item and light; an agency's heir counts for it."""
    return as_json(ask("workflow", "lights"))


@blueprint.route("/supervision/histogram")
@blueprint.response(200, schemas.AnyObject)
@permit("supervise")
def histogram() -> Response:
    """{bins:[{from, to, cases}], total}: open cases by the working days they are overdue."""
    return as_json(ask("workflow", "histogram"))


@blueprint.route("/supervision/records")
@blueprint.arguments(schemas.supervision.RecordQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("orders")
def records(query: dict[str, Any]) -> Response:
    """{records, next}: newest first; `next` is the `before` of the page after. A clerk sees their agency's."""
    return as_json(ask("workflow", "records", query))


@blueprint.route("/supervision/orders")
@blueprint.arguments(schemas.supervision.OrderQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("orders")
def orders(query: dict[str, Any]) -> Response:
    """{orders, next}, each with the acts that the caller may do. A clerk sees their agency's."""
    return as_json(ask("workflow", "orders", query))


@blueprint.route("/supervision/orders", methods=["POST"])
@blueprint.arguments(schemas.supervision.OrderBody())
@blueprint.response(201, schemas.AnyObject)
@permit("supervise")
def issue(body: dict[str, Any]) -> Response:
    """Send an order to the agency of an open case, with the day by which it must answer."""
    return as_json(ask("workflow", "issue_order", {**body, "due": body["due"].isoformat()}), CREATED)


@blueprint.route("/supervision/orders/<int:id>/sign", methods=["POST"])
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def sign(id: int) -> Response:
    """The agency has the order."""
    return as_json(ask("workflow", "act_on_order", {"id": id, "act": "sign"}))


@blueprint.route("/supervision/orders/<int:id>/reply", methods=["POST"])
@blueprint.arguments(schemas.supervision.ReplyBody())
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def reply(body: dict[str, Any], id: int) -> Response:
    """What the agency did about it."""
    return as_json(ask("workflow", "act_on_order", {"id": id, "act": "reply", **body}))


@blueprint.route("/supervision/orders/<int:id>/close", methods=["POST"])
@blueprint.response(200, schemas.AnyObject)
@permit("supervise")
def close(id: int) -> Response:
    """The reply satisfies: the order is done with."""
    return as_json(ask("workflow", "act_on_order", {"id": id, "act": "close"}))


@blueprint.route("/supervision/calendars")
@blueprint.response(200, schemas.AnyObject)
@permit("supervise")
def calendars() -> Response:
    """{changes}: what was published, by whom, why, and how many due days moved."""
    return as_json(ask("workflow", "calendar_changes"))


@blueprint.route("/supervision/calendars/days")
@blueprint.arguments(schemas.supervision.CalendarQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("supervise")
def calendar(query: dict[str, Any]) -> Response:
    """{agency, year, days:[{day, works, national}], working_days, known_until}: what was published of a year."""
    return as_json(ask("workflow", "calendar", query))


@blueprint.route("/supervision/calendars", methods=["POST"])
@blueprint.arguments(schemas.supervision.CalendarBody())
@blueprint.response(201, schemas.AnyObject)
@blueprint.alt_response(200, schema=schemas.AnyObject)
@permit("admin")
def publish_calendar(body: dict[str, Any]) -> Response:
    """Publish holidays and make-up days; open cases are counted anew, closed ones never. With `dry_run` nothing is
    written, and the answer (200) says which due days would move."""
    known, preview = body["known_until"], body.pop("dry_run")
    days = [{**each, "day": each["day"].isoformat()} for each in body["days"]]
    command = {**body, "days": days, "known_until": known.isoformat() if known else None}
    if preview:
        return as_json(ask("workflow", "preview_calendar", command))
    return as_json(ask("workflow", "publish_calendar", command), CREATED)


@blueprint.route("/supervision/successions")
@blueprint.response(200, schemas.AnyObject)
@permit("supervise")
def successions() -> Response:
    """{successions:[{old, new, from_day, at, in_force}]}, the newest first."""
    return as_json(ask("workflow", "successions"))


@blueprint.route("/supervision/successions", methods=["POST"])
@blueprint.arguments(schemas.supervision.SuccessionBody())
@blueprint.response(201, schemas.AnyObject)
@blueprint.alt_response(200, schema=schemas.AnyObject)
@permit("admin")
def publish_succession(body: dict[str, Any]) -> Response:
    """From a day on one agency answers for another; what exists keeps its code. With `dry_run` nothing is written,
    and the answer (200) says how many open cases would go over."""
    preview = body.pop("dry_run")
    command = {**body, "from_day": body["from_day"].isoformat()}
    if preview:
        return as_json(ask("workflow", "preview_succession", command))
    return as_json(ask("workflow", "publish_succession", command), CREATED)


@blueprint.route("/supervision/processes/<id>/variants")
@blueprint.response(200, schemas.AnyObject)
@permit("supervise")
def variants(id: str) -> Response:
    """Variants of a process and its bottlenecks, in working days with fractions."""
    return as_json(ask("workflow", "process_variants", {"id": id}))
