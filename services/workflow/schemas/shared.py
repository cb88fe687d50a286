"""Requests that name one thing, or nothing."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, text


class Key(Wire):
    id = text()


class CaseKey(Wire):
    case_no = text()


class Limit(Wire):
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class Nothing(Wire):
    pass
