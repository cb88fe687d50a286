"""Requests of the desk."""

from __future__ import annotations

import re

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, json_object, text
from services.workflow.schemas.shared import Key

BULK = ("claim", "release", "assign", "complete")
"""What may be done to many tasks at once."""


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
