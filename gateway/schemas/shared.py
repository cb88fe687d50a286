"""Shapes that many calls share."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire

REGION = r"^\d{6}(\d{3}|\d{6})?$"


class Problem(Wire):
    """RFC 9457 problem details; some errors say more, such as the changes that make a schema incompatible."""

    class Meta:
        unknown = "include"

    class Fault(Wire):
        pointer = fields.String(required=True)
        code = fields.String(required=True)
        message = fields.String(required=True)

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String()
    trace = fields.String()
    errors = fields.List(fields.Nested(Fault))


def region(required: bool = False) -> fields.String:
    if required:
        return fields.String(required=True, validate=validate.Regexp(REGION))
    return fields.String(load_default="", validate=validate.Regexp(f"{REGION}|^$"))


class Paged(Wire):
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = fields.String(load_default="", validate=validate.Length(max=500))


class AnyObject(Wire):
    """A JSON object whose members are described in the operation's text."""

    class Meta:
        unknown = "include"
