"""Bodies and parameters of the desk."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.schemas.shared import Paged, region
from gdbos_runtime.wire import Flag, Wire, json_object, text


class TaskFilter(Wire):
    """`text` is part of a case number or an applicant's code, never personal data."""

    queue = fields.String(load_default="", validate=validate.Length(max=40))
    item = fields.String(load_default="", validate=validate.Length(max=120))
    region = region()
    light = fields.String(load_default="", validate=validate.OneOf(["", "green", "yellow", "red", "blue"]))
    text = fields.String(load_default="", validate=validate.Regexp(r"^[A-Za-z0-9_.:-]{0,160}$"))


class TaskQuery(TaskFilter, Paged):
    pass


class ApplicantBody(Wire):
    number = text()


class ColleagueBody(Wire):
    to = text()


class DelegationBody(Wire):
    to = text()
    role = text()
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)


class BulkBody(Wire):
    """A preview unless `dry_run` is false."""

    operation = fields.String(
        required=True, validate=validate.OneOf(["claim", "release", "assign", "complete"])
    )
    ids = fields.List(text(), required=True, validate=validate.Length(1, 200))
    to = fields.String(load_default="", validate=validate.Length(max=200))
    action = fields.String(load_default="done", validate=validate.Length(1, 64))
    data = json_object()
    comment = fields.String(load_default="", validate=validate.Length(max=2000))
    dry_run = Flag(load_default=True)


class CompletionBody(Wire):
    action = text()
    data = json_object()
    comment = fields.String(load_default="", validate=validate.Length(max=2000))
