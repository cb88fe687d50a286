"""Bodies and parameters of running processes: incidents, migrations, jobs, messages."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Flag, Wire, json_object, strings, text


class IncidentQuery(Wire):
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))
    cursor = fields.String(load_default="", validate=validate.Length(max=500))


class ResolutionBody(Wire):
    """A preview unless `dry_run` is false; `version` is that of the incident when it was looked at."""

    action = fields.String(required=True, validate=validate.OneOf(("complete", "error", "dismiss")))
    reason = fields.String(required=True, validate=validate.Length(1, 2000))
    variables = json_object()
    error = fields.String(load_default="", validate=validate.Length(max=100))
    version = fields.String(load_default="", validate=validate.Length(max=40))
    dry_run = Flag(load_default=True)


class MigrationQuery(IncidentQuery):
    process = fields.String(load_default="", validate=validate.Length(max=128))


class MigrationBody(Wire):
    """A preview unless `dry_run` is false; without `cases` every running case of the version."""

    from_version = fields.Integer(required=True, validate=validate.Range(1, 10**6))
    to_version = fields.Integer(required=True, validate=validate.Range(1, 10**6))
    moves = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)
    cases = strings(validate=validate.Length(max=10_000))
    dry_run = Flag(load_default=True)


class LeaseBody(Wire):
    kinds = fields.List(text(), required=True, validate=validate.Length(1, 100))
    seconds = fields.Integer(load_default=60, validate=validate.Range(1, 86_400))
    limit = fields.Integer(load_default=10, validate=validate.Range(1, 1000))


class ExtensionBody(Wire):
    lease = text()
    seconds = fields.Integer(load_default=60, validate=validate.Range(1, 86_400))


class JobDoneBody(Wire):
    """With `error` the job ends by that BPMN error code."""

    lease = text()
    variables = json_object()
    error = fields.String(load_default="", validate=validate.Length(max=100))


class JobFailedBody(Wire):
    lease = text()
    reason = text()


class CorrelationBody(Wire):
    """`id` is the sender's own: the same again is answered with the case that it reached and not delivered twice."""

    id = fields.String(required=True, validate=validate.Length(1, 100))
    name = text()
    key = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    variables = json_object()
