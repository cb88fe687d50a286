"""Bodies and parameters of /supervision."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Flag, Wire, text


class RecordQuery(Wire):
    agency = fields.String(load_default="", validate=validate.Length(max=64))
    before = fields.Integer(load_default=0, validate=validate.Range(0, 2**63 - 1))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))


class OrderQuery(RecordQuery):
    state = fields.String(
        load_default="", validate=validate.OneOf(["", "issued", "signed", "replied", "closed"])
    )


class OrderBody(Wire):
    case_no = text()
    content = fields.String(required=True, validate=validate.Length(1, 2000))
    due = fields.Date(required=True)


class ReplyBody(Wire):
    text = fields.String(required=True, validate=validate.Length(1, 2000))


class CalendarDay(Wire):
    day = fields.Date(required=True)
    works = Flag(required=True)


class CalendarBody(Wire):
    """Without `agency` the national calendar; `known_until` ends the years that are published."""

    agency = fields.String(load_default="", validate=validate.Length(max=64))
    days = fields.List(fields.Nested(CalendarDay), required=True, validate=validate.Length(1, 1000))
    known_until = fields.Date(load_default=None)
    reason = fields.String(required=True, validate=validate.Length(1, 1000))
    dry_run = Flag(load_default=False)


class CalendarQuery(Wire):
    """Without `agency` the national calendar."""

    agency = fields.String(load_default="", validate=validate.Length(max=64))
    year = fields.Integer(required=True, validate=validate.Range(2000, 2200))


class SuccessionBody(Wire):
    old = fields.String(required=True, validate=validate.Length(1, 64))
    new = fields.String(required=True, validate=validate.Length(1, 64))
    from_day = fields.Date(required=True)
    dry_run = Flag(load_default=False)
