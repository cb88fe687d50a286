"""The clerk's inbox."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from gateway import schemas
from gateway.auth import permit
from gateway.parts import as_json, ask

blueprint = Blueprint("tasks", __name__, description="Tasks of clerks")


@blueprint.route("/tasks")
@blueprint.arguments(schemas.TaskQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def tasks(query: dict[str, Any]) -> Response:
    """The tasks of the caller's agency and roles, by due time."""
    return as_json(ask("workflow", "tasks", query))


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
    """Take a task; a colleague's is refused with 409."""
    return as_json(ask("workflow", "claim", {"id": id}))


@blueprint.route("/tasks/<id>/release", methods=["POST"])
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def release(id: str) -> Response:
    """Put a claimed task back."""
    return as_json(ask("workflow", "release", {"id": id}))


@blueprint.route("/tasks/<id>/complete", methods=["POST"])
@blueprint.arguments(schemas.CompletionBody())
@blueprint.response(200, schemas.AnyObject)
@permit("clerk")
def complete(body: dict[str, Any], id: str) -> Response:
    """Act on a task: {action, data, comment}."""
    return as_json(ask("workflow", "complete", {"id": id, **body}))
