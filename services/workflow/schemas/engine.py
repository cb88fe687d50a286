"""Requests of machines, and about what waits for them."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, json_object, strings, text
from services.workflow.schemas.shared import CaseKey, Limit


class Incidents(Limit):
    cursor = fields.String(load_default="", validate=validate.Length(max=500))


class Migrations(Limit):
    process = fields.String(load_default="", validate=validate.Length(max=128))
    cursor = fields.String(load_default="", validate=validate.Length(max=500))


class Lease(Limit):
    kinds = strings()
    seconds = fields.Integer(load_default=60, validate=validate.Range(1, 86_400))


class _Job(CaseKey):
    token = text()
    lease = text()


class Extend(_Job):
    seconds = fields.Integer(load_default=60, validate=validate.Range(1, 86_400))


class JobDone(_Job):
    variables = json_object()
    error = fields.String(load_default="", validate=validate.Length(max=100))


class JobFailed(_Job):
    reason = text()


class Correlate(Wire):
    id = fields.String(required=True, validate=validate.Length(1, 100))
    name = text()
    key = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    variables = json_object()


class Wait(CaseKey):
    token = text()


class Resolve(Wait):
    action = fields.String(required=True, validate=validate.OneOf(("complete", "error", "dismiss")))
    reason = fields.String(required=True, validate=validate.Length(1, 2000))
    variables = json_object()
    error = fields.String(load_default="", validate=validate.Length(max=100))
    version = fields.String(load_default="", validate=validate.Length(max=40))
    dry_run = fields.Boolean(load_default=True)


class Migrate(Wire):
    process = text()
    from_version = fields.Integer(required=True, validate=validate.Range(1, 10**6))
    to_version = fields.Integer(required=True, validate=validate.Range(1, 10**6))
    moves = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)
    cases = strings()
    dry_run = fields.Boolean(load_default=True)
