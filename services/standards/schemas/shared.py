"""Requests that name one thing, or nothing; ids and rules that several nouns have."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, text

MOST = 2**31 - 1
"""The highest version that a column holds."""
SCHEMA_ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}"


class Nothing(Wire):
    pass


class Key(Wire):
    id = text()
    version = fields.Integer(load_default=None, validate=validate.Range(1, MOST))


class VersionKey(Wire):
    id = text()
    version = fields.Integer(required=True, validate=validate.Range(1, MOST))


class Limit(Wire):
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class ListSearch(Wire):
    q = fields.String(load_default="", validate=validate.Length(max=200))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))
    cursor = fields.String(load_default="", validate=validate.Length(max=200))


def schema_id() -> fields.Field[Any]:
    """The id of a schema subject; it stands in a path."""
    return fields.String(required=True, validate=validate.Regexp(SCHEMA_ID + r"\Z"))


class Migration(Wire):
    """`up` and `down` are FEEL over `value`."""

    id = text()
    old = fields.Integer(required=True, data_key="from", validate=validate.Range(1, MOST))
    new = fields.Integer(required=True, data_key="to", validate=validate.Range(1, MOST))
    up = fields.String(required=True, validate=validate.Length(1, 4000))
    down = fields.String(load_default="", validate=validate.Length(max=4000))
