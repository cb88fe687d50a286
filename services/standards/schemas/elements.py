"""Elements: published, submitted, found, moved; composed and compared."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_contracts.modes import BY_MEANING, MODES, READINGS
from gdbos_runtime.wire import Wire, json_object, text
from services.standards.domain.lifecycle import STATUSES
from services.standards.schemas.shared import MOST, Migration


class Publish(Wire):
    migrations = fields.List(fields.Nested(Migration), load_default=list, validate=validate.Length(max=1000))
    elements = fields.List(json_object(required=True), load_default=list)
    code_lists = fields.List(json_object(required=True), load_default=list)
    dry_run = fields.Boolean(load_default=False)


class Submit(Wire):
    elements = fields.List(json_object(required=True), required=True, validate=validate.Length(1, 1000))
    dry_run = fields.Boolean(load_default=False)


class Search(Wire):
    q = fields.String(load_default="")
    status = fields.String(load_default="", validate=validate.OneOf(["", *STATUSES]))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = fields.String(load_default="")


class SetStatus(Wire):
    id = text()
    version = fields.Integer(required=True, validate=validate.Range(1, MOST))
    status = fields.String(required=True, validate=validate.OneOf(list(STATUSES)))
    note = fields.String(load_default="", validate=validate.Length(max=2000))


class Reference(Wire):
    element = text()
    version = fields.Integer(required=True, validate=validate.Range(1, MOST))
    required = fields.Boolean(load_default=True)


class Compose(Wire):
    elements = fields.List(fields.Nested(Reference), required=True, validate=validate.Length(1, 500))
    on = fields.Date(load_default=None)


class Validate(Wire):
    schema = fields.Raw(load_default=None)
    elements = fields.List(fields.Nested(Reference), load_default=None)
    data = fields.Raw(required=True, allow_none=True)


class Compare(Wire):
    old = fields.Raw(required=True)
    new = fields.Raw(required=True)
    history = fields.List(fields.Raw(), load_default=list, validate=validate.Length(max=1000))
    mode = fields.String(load_default="backward", validate=validate.OneOf(MODES))
    reading = fields.String(load_default=BY_MEANING, validate=validate.OneOf(READINGS))
    lenient = fields.Boolean(load_default=False)
