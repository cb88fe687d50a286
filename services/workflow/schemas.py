"""Requests on the wire."""

from __future__ import annotations

import re

from marshmallow import ValidationError, fields, validate, validates_schema

from gdbos_runtime.wire import Wire, json_object, strings, text
from services.workflow.domain import case_library, rating

BULK = ("claim", "release", "assign", "complete")
"""What may be done to many tasks at once."""


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


class Proxy(Wire):
    """代辦: who files for the applicant, with the letter of authority among the files."""

    name = text()
    citizen_id = text()
    mobile = text()
    authority = fields.Nested(File, required=True)


class _Filed(Wire):
    proxy = fields.Nested(Proxy, load_default=None, allow_none=True)
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


class Supplement(CaseKey):
    materials = fields.List(fields.Nested(MaterialGiven), required=True, validate=validate.Length(1, 400))


class Reason(CaseKey):
    reason = fields.String(load_default="", validate=validate.Length(max=1000))


class RatingKey(CaseKey):
    step = fields.String(load_default=rating.WHOLE, validate=validate.OneOf(rating.STEPS))


class Rate(RatingKey):
    """`score` is the level, 1 very satisfied to 5 very dissatisfied; `stars` count the other way: one of them."""

    score = fields.Integer(load_default=None, validate=validate.Range(rating.BEST, rating.WORST))
    stars = fields.Integer(load_default=None, validate=validate.Range(rating.BEST, rating.WORST))
    reasons = fields.List(
        fields.String(validate=validate.OneOf(rating.REASONS)),
        load_default=list,
        validate=validate.Length(max=7),
    )
    comment = fields.String(load_default="", validate=validate.Length(max=1000))
    channel = fields.String(load_default="pc", validate=validate.OneOf(rating.CHANNELS))

    @validates_schema
    def one_scale(self, data: dict[str, object], **_: object) -> None:
        if (data["score"] is None) == (data["stars"] is None):
            raise ValidationError("score or stars, one of them", "score")


class HandleRating(Key):
    action = fields.String(required=True, validate=validate.OneOf(sorted({a for _, a in rating.MOVES})))
    text = fields.String(required=True, validate=validate.Length(1, 2000))


class Message(CaseKey):
    text = fields.String(required=True, validate=validate.Length(1, 2000))


class Timeline(CaseKey):
    after = fields.Integer(load_default=0)


class Document(CaseKey):
    id = text()


class _Sifted(Wire):
    """Filters of the inbox. `text` is part of a case number, or an applicant's code from `applicant_code`."""

    queue = fields.String(load_default="", validate=validate.Length(max=64))
    item = fields.String(load_default="", validate=validate.Length(max=128))
    region = fields.String(load_default="", validate=validate.Regexp(r"^\d{0,12}$"))
    light = fields.String(load_default="", validate=validate.OneOf(["", "green", "yellow", "red", "blue"]))
    text = fields.String(load_default="", validate=validate.Regexp(r"^[\w.:-]{0,160}$", re.ASCII))


class SavedFilter(Wire):
    name = fields.String(required=True, validate=validate.Length(1, 40))
    query = fields.Nested(_Sifted, required=True)


class FilterName(Wire):
    name = fields.String(required=True, validate=validate.Length(1, 40))


class Applicant(Wire):
    number = text()


class Assign(Key):
    to = json_object(required=True)


class Delegate(Wire):
    to = json_object(required=True)
    role = text()
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)


class Bulk(Wire):
    operation = fields.String(required=True, validate=validate.OneOf(BULK))
    ids = fields.List(text(), required=True, validate=validate.Length(1, 200))
    to = fields.Dict(keys=fields.String(), load_default=None, allow_none=True)
    action = fields.String(load_default="done", validate=validate.Length(1, 64))
    data = json_object()
    comment = fields.String(load_default="", validate=validate.Length(max=2000))
    dry_run = fields.Boolean(load_default=True)


class Tasks(_Sifted):
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


class ExportCases(Wire):
    upstream = fields.String(load_default="national", validate=validate.OneOf(sorted(case_library.UPSTREAMS)))
    after = fields.String(load_default="", validate=validate.Length(max=160))
    limit = fields.Integer(load_default=200, validate=validate.Range(1, 1000))


class Decision(Wire):
    id = text()
    dmn = fields.String(required=True, validate=validate.Length(1, 2_000_000))
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


class Migrate(Wire):
    process = text()
    from_version = fields.Integer(required=True, validate=validate.Range(1))
    to_version = fields.Integer(required=True, validate=validate.Range(1))
    moves = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)
    cases = strings()
    dry_run = fields.Boolean(load_default=True)


class Nothing(Wire):
    pass
