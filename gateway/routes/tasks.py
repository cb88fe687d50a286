"""The clerk's inbox."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import colleague, permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask

blueprint = Blueprint("tasks", __name__, description="Tasks of clerks")


@blueprint.route("/tasks")
@blueprint.arguments(schemas.desk.TaskQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def tasks(query: dict[str, Any]) -> Response:
    """{tasks, next, counts, items}: the tasks of the caller's agency and roles, by due time."""
    return as_json(ask("workflow", "tasks", query))


@blueprint.route("/tasks/bulk", methods=["POST"])
@blueprint.arguments(schemas.desk.BulkBody())
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def bulk(body: dict[str, Any]) -> Response:
    """{applied, will, refused}: a preview, or all of it; with one refusal nothing is written."""
    return as_json(ask("workflow", "bulk", bulk_of(body)))


@blueprint.route("/tasks/applicants", methods=["POST"])
@blueprint.arguments(schemas.desk.ApplicantBody())
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def applicant(body: dict[str, Any]) -> Response:
    """{code}: stands for an identity number in `text`, so that no number is in an address or a log."""
    return as_json(ask("workflow", "applicant_code", body))


@blueprint.route("/tasks/filters")
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def filters() -> Response:
    """{filters: [{name, query}]} that the caller keeps."""
    return as_json(ask("workflow", "filters"))


@blueprint.route("/tasks/filters/<name>", methods=["PUT"])
@blueprint.arguments(schemas.desk.TaskFilter(), required=False)
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def keep_filter(query: dict[str, Any], name: str) -> Response:
    """Keep a filter under a name; at most 20."""
    return as_json(ask("workflow", "keep_filter", {"name": name, "query": query}))


@blueprint.route("/tasks/filters/<name>", methods=["DELETE"])
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def forget_filter(name: str) -> Response:
    """Forget a filter."""
    return as_json(ask("workflow", "forget_filter", {"name": name}))


@blueprint.route("/tasks/<id>")
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def task(id: str) -> Response:
    """Form and evidence, the actions allowed now, and the JSON Schema of `data` for each."""
    return as_json(ask("workflow", "task", {"id": id}))


@blueprint.route("/tasks/<id>/claim", methods=["POST"])
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def claim(id: str) -> Response:
    """Take a task; a colleague's is refused with 409 and `holder`."""
    return as_json(ask("workflow", "claim", {"id": id}))


@blueprint.route("/tasks/<id>/release", methods=["POST"])
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def release(id: str) -> Response:
    """Put a claimed task back."""
    return as_json(ask("workflow", "release", {"id": id}))


@blueprint.route("/tasks/<id>/assign", methods=["POST"])
@blueprint.arguments(schemas.desk.ColleagueBody())
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def assign(body: dict[str, Any], id: str) -> Response:
    """The lead of a team gives the task to a colleague who holds its role."""
    return as_json(ask("workflow", "assign", {"id": id, "to": colleague(body["to"]).to_data()}))


@blueprint.route("/tasks/<id>/undo", methods=["POST"])
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def undo(id: str) -> Response:
    """Take back the caller's own last claim, release or assignment, while it is the last."""
    return as_json(ask("workflow", "undo", {"id": id}))


@blueprint.route("/tasks/<id>/complete", methods=["POST"])
@blueprint.arguments(schemas.desk.CompletionBody())
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def complete(body: dict[str, Any], id: str) -> Response:
    """Act on a task: {action, data, comment}."""
    return as_json(ask("workflow", "complete", {"id": id, **body}))


@blueprint.route("/delegations")
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def delegations() -> Response:
    """{delegations} given and received, in force or to come."""
    return as_json(ask("workflow", "delegations"))


@blueprint.route("/delegations", methods=["POST"])
@blueprint.arguments(schemas.desk.DelegationBody())
@blueprint.response(201, schemas.AnyObject)
@permit("clerk")
def delegate(body: dict[str, Any]) -> Response:
    """Let a colleague who holds the role act on what the caller has claimed, from one day to another."""
    days = {name: body[name].isoformat() for name in ("first_day", "last_day")}
    return as_json(ask("workflow", "delegate", {**body, **days, "to": colleague(body["to"]).to_data()}), 201)


@blueprint.route("/delegations/<id>", methods=["DELETE"])
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def end_delegation(id: str) -> Response:
    """End a delegation that the caller gave."""
    return as_json(ask("workflow", "end_delegation", {"id": id}))


def bulk_of(body: dict[str, Any]) -> dict[str, Any]:
    """The command of the workflow, with the colleague in full."""
    to = colleague(body["to"]).to_data() if body.get("to") else None
    return {**body, "to": to}
