"""Publications for a later day."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, json_object
from services.standards.domain.scheduled import CANCELLED, PUBLISHED, WAITING
from services.standards.schemas.shared import Migration


class Schedule(Wire):
    """`on` is the first day on which it is in force, in China."""

    migrations = fields.List(fields.Nested(Migration), load_default=list, validate=validate.Length(max=1000))
    elements = fields.List(json_object(required=True), load_default=list, validate=validate.Length(max=1000))
    code_lists = fields.List(json_object(required=True), load_default=list, validate=validate.Length(max=100))
    on = fields.Date(required=True)


class ScheduledSearch(Wire):
    status = fields.String(load_default="", validate=validate.OneOf(["", WAITING, PUBLISHED, CANCELLED]))


class ScheduledKey(Wire):
    id = fields.Integer(required=True, validate=validate.Range(1, 2**53))


class PlanAgain(ScheduledKey):
    """Without `on`, for the day for which it was."""

    on = fields.Date(load_default=None, allow_none=True)
