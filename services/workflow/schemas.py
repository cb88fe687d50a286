"""Requests on the wire."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, json_object, strings, text


class File(Wire):
    """A file of the caller's, as the gateway described it."""

    id = text()
    sha256 = text()
    media_type = text()
    size = fields.Integer(required=True)
    name = text()


class MaterialGiven(Wire):
    material = text()
    files = fields.List(fields.Nested(File), validate=validate.Length(1, 50))
    licence = text(required=False)
    pledged = fields.Boolean()


def materials() -> fields.Field[list[object]]:
    return fields.List(fields.Nested(MaterialGiven), load_default=list, validate=validate.Length(max=400))


class _Filed(Wire):
    region = text()
    situation = fields.String(load_default="", validate=validate.Length(max=2000))
    answers = json_object(required=True)
    materials = materials()
    consents = strings()
    idempotency_key = fields.String(required=True, validate=validate.Length(1, 255))
    body_hash = text()


class Submit(_Filed):
    item = text()


class SubmitBundle(_Filed):
    bundle = text()
    members = strings()


class Prefill(Wire):
    code = text()
    region = text()
    situation = fields.String(load_default="", validate=validate.Length(max=2000))
    consents = strings()
    bundle = fields.Boolean(load_default=False)


class Draft(Wire):
    id = text()
    body = json_object(required=True)


class Key(Wire):
    id = text()


class CaseKey(Wire):
    case_no = text()


class Applications(Wire):
    status = fields.String(load_default="")
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = fields.String(load_default="")


class Correct(CaseKey):
    answers = json_object()
    materials = materials()


class Reason(CaseKey):
    reason = fields.String(load_default="", validate=validate.Length(max=1000))


class Rate(CaseKey):
    score = fields.Integer(required=True, validate=validate.Range(1, 5))
    reasons = strings()
    comment = fields.String(load_default="", validate=validate.Length(max=1000))


class Message(CaseKey):
    text = fields.String(required=True, validate=validate.Length(1, 2000))


class Timeline(CaseKey):
    after = fields.Integer(load_default=0)


class Document(CaseKey):
    id = text()


class Tasks(Wire):
    queue = fields.String(load_default="")
    item = fields.String(load_default="")
    light = fields.String(load_default="", validate=validate.OneOf(["", "green", "yellow", "red", "blue"]))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = fields.String(load_default="", validate=validate.Length(max=500))


class Complete(Key):
    action = text()
    data = json_object()
    comment = fields.String(load_default="", validate=validate.Length(max=2000))


class Process(Wire):
    id = text()
    bpmn = fields.String(required=True, validate=validate.Length(1, 10_000_000))
    dry_run = fields.Boolean(load_default=False)


class Template(Wire):
    id = text()
    title = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    html = fields.String(required=True, validate=validate.Length(1, 500_000))


class Templates(Wire):
    templates = fields.List(fields.Nested(Template), required=True)
    dry_run = fields.Boolean(load_default=False)


class Limit(Wire):
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class Lease(Limit):
    kinds = strings()
    seconds = fields.Integer(load_default=60, validate=validate.Range(1, 86_400))


class _Job(CaseKey):
    token = text()
    lease = text()


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


class Nothing(Wire):
    pass
