"""Requests of calendars and supervision."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, text


class CalendarDay(Wire):
    day = fields.Date(required=True)
    works = fields.Boolean(required=True)


class CalendarChange(Wire):
    """`agency` "" publishes the national calendar; `known_until` ends the years that are published."""

    agency = fields.String(load_default="", validate=validate.Length(max=64))
    days = fields.List(fields.Nested(CalendarDay), required=True, validate=validate.Length(1, 1000))
    known_until = fields.Date(load_default=None, allow_none=True)
    reason = fields.String(required=True, validate=validate.Length(1, 1000))


class CalendarYear(Wire):
    agency = fields.String(load_default="", validate=validate.Length(max=64))
    year = fields.Integer(required=True, validate=validate.Range(2000, 2200))


class Page(Wire):
    agency = fields.String(load_default="", validate=validate.Length(max=64))
    before = fields.Integer(load_default=0, validate=validate.Range(0, 2**63 - 1))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))


class Orders(Page):
    state = fields.String(
        load_default="", validate=validate.OneOf(["", "issued", "signed", "replied", "closed"])
    )


class Issue(Wire):
    case_no = text()
    content = fields.String(required=True, validate=validate.Length(1, 2000))
    due = fields.Date(required=True)


class Act(Wire):
    """`text` is the agency's reply; the other acts say nothing."""

    id = fields.Integer(required=True, validate=validate.Range(1, 2**63 - 1))
    act = fields.String(required=True, validate=validate.OneOf(["sign", "reply", "close"]))
    text = fields.String(load_default="", validate=validate.Length(max=2000))


class Succession(Wire):
    old = fields.String(required=True, validate=validate.Length(1, 64))
    new = fields.String(required=True, validate=validate.Length(1, 64))
    from_day = fields.Date(required=True)
