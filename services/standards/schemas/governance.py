"""What a steward is told and asked: look-alikes, names, coverage, legacy columns."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, strings, text
from services.standards.domain.merging import DECISIONS


class Likeness(Wire):
    element = fields.String(load_default="", validate=validate.Length(max=128))
    verdict = fields.String(load_default="", validate=validate.OneOf(["", "open", *DECISIONS]))
    cursor = fields.Integer(load_default=0, validate=validate.Range(0, 10**9))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class JudgeTwins(Wire):
    one = fields.String(required=True, validate=validate.Length(1, 128))
    other = fields.String(required=True, validate=validate.Length(1, 128))
    decision = fields.String(required=True, validate=validate.OneOf(DECISIONS))
    into = fields.String(load_default="", validate=validate.Length(max=128))
    note = fields.String(required=True, validate=validate.Length(1, 2000))


class Naming(Wire):
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class Coverage(Wire):
    agency = fields.String(load_default="", validate=validate.Length(max=32))


class LegacyColumn(Wire):
    name = text()
    comment = fields.String(load_default="")
    samples = strings(validate=validate.Length(max=200))


class Propose(Wire):
    columns = fields.List(fields.Nested(LegacyColumn), required=True, validate=validate.Length(1, 100))
    limit = fields.Integer(load_default=3, validate=validate.Range(1, 10))
