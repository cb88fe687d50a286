"""Running processes, for those who administer an agency's: incidents, migrations, jobs, messages."""

from __future__ import annotations

from typing import Any

from flask import Response

from gateway import schemas
from gateway.auth import permit
from gateway.bodies import Blueprint
from gateway.parts import as_json, ask

blueprint = Blueprint("engine", __name__, description="Running processes of an agency")


@blueprint.route("/incidents")
@blueprint.arguments(schemas.engine.IncidentQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def incidents(query: dict[str, Any]) -> Response:
    """{incidents, next}: what could not go on, with its cause and when it is tried again; the oldest first."""
    return as_json(ask("workflow", "incidents", query))


@blueprint.route("/incidents/<case_no>/<token>/retry", methods=["POST"])
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def retry_incident(case_no: str, token: str) -> Response:
    """Try again at once, whatever the schedule said."""
    return as_json(ask("workflow", "retry_incident", {"case_no": case_no, "token": token}))


@blueprint.route("/incidents/<case_no>/<token>")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def incident(case_no: str, token: str) -> Response:
    """One incident with {actions, version, places, resolutions}: how it may be resolved by hand, where the case stands,
    and what was resolved by hand before."""
    return as_json(ask("workflow", "incident", {"case_no": case_no, "token": token}))


@blueprint.route("/incidents/<case_no>/<token>/resolution", methods=["POST"])
@blueprint.arguments(schemas.engine.ResolutionBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def resolve_incident(body: dict[str, Any], case_no: str, token: str) -> Response:
    """{case_no, token, action, version, applied, status, outcome, before, after}. `complete` finishes the failed step
    with `variables`, `error` ends it with that BPMN error, `dismiss` lays aside what no step waits for; 409 when the
    case or the incident is no longer what was looked at, or when the step fails still."""
    return as_json(ask("workflow", "resolve_incident", {**body, "case_no": case_no, "token": token}))


@blueprint.route("/processes/<id>/migrations", methods=["POST"])
@blueprint.arguments(schemas.engine.MigrationBody())
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def migrate(body: dict[str, Any], id: str) -> Response:
    """{id, cases, blocked, applied}: running cases of the caller's agency carried to another version, all or none."""
    return as_json(ask("workflow", "migrate_cases", {**body, "process": id}))


@blueprint.route("/migrations")
@blueprint.arguments(schemas.engine.MigrationQuery(), location="query")
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def migrations(query: dict[str, Any]) -> Response:
    """{migrations: [{id, process, from_version, to_version, moves, at, by, cases, stayed, moved_on, status, undone_at,
    undone_by}], next}: the newest first; status is undoable, moved_on, shared or undone."""
    return as_json(ask("workflow", "migrations", query))


@blueprint.route("/migrations/<id>/undo", methods=["POST"])
@blueprint.response(200, schemas.AnyObject)
@permit("agency")
def undo_migration(id: str) -> Response:
    """{id, cases}: each case as it was; 409 when one of them has moved on since, and none goes back."""
    return as_json(ask("workflow", "undo_migration", {"id": id}))


@blueprint.route("/jobs/lease", methods=["POST"])
@blueprint.arguments(schemas.engine.LeaseBody())
@blueprint.response(200, schemas.AnyObject)
@permit("jobs")
def lease_jobs(body: dict[str, Any]) -> Response:
    """{jobs: [{case_no, token, lease, kind, element, attributes}]}: work for a machine of the agency, for `seconds`; what
    the process hands it is `attributes.inputs`. A job whose lease ran out goes to the next who asks."""
    return as_json(ask("workflow", "lease_jobs", body))


@blueprint.route("/jobs/<case_no>/<token>/extension", methods=["POST"])
@blueprint.arguments(schemas.engine.ExtensionBody())
@blueprint.response(200, schemas.AnyObject)
@permit("jobs")
def extend_job(body: dict[str, Any], case_no: str, token: str) -> Response:
    """{until}: the lease holds for `seconds` from now; 409 when it was lost."""
    return as_json(ask("workflow", "extend_job", {**body, "case_no": case_no, "token": token}))


@blueprint.route("/jobs/<case_no>/<token>/completion", methods=["POST"])
@blueprint.arguments(schemas.engine.JobDoneBody())
@blueprint.response(200, schemas.AnyObject)
@permit("jobs")
def complete_job(body: dict[str, Any], case_no: str, token: str) -> Response:
    """The job is done; 409 when the lease was lost. The same lease again is answered and not done twice."""
    return as_json(ask("workflow", "complete_job", {**body, "case_no": case_no, "token": token}))


@blueprint.route("/jobs/<case_no>/<token>/failure", methods=["POST"])
@blueprint.arguments(schemas.engine.JobFailedBody())
@blueprint.response(200, schemas.AnyObject)
@permit("jobs")
def fail_job(body: dict[str, Any], case_no: str, token: str) -> Response:
    """It could not be done: tried again by the schedule of its element, then an incident for people."""
    return as_json(ask("workflow", "fail_job", {**body, "case_no": case_no, "token": token}))


@blueprint.route("/correlations", methods=["POST"])
@blueprint.arguments(schemas.engine.CorrelationBody())
@blueprint.response(200, schemas.AnyObject)
@permit("jobs")
def correlate(body: dict[str, Any]) -> Response:
    """{case_no}: which case of the agency the message reached, the one that waited longest; "" for none."""
    return as_json(ask("workflow", "correlate", body))
