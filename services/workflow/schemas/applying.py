"""Requests of who applies: before the case and with it."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, json_object, strings, text


class File(Wire):
    """A file of the caller's, as the gateway described it."""

    id = text()
    sha256 = text()
    media_type = text()
    size = fields.Integer(required=True)
    name = text()


class MaterialGiven(Wire):
    material = text()
    files = fields.List(fields.Nested(File), validate=validate.Length(1, 50))
    licence = text(required=False)
    pledged = fields.Boolean()


def materials() -> fields.Field[list[object]]:
    return fields.List(fields.Nested(MaterialGiven), load_default=list, validate=validate.Length(max=400))


class Proxy(Wire):
    """代辦: who files for the applicant, with the letter of authority among the files."""

    name = text()
    citizen_id = text()
    mobile = text()
    authority = fields.Nested(File, required=True)


class _Filed(Wire):
    proxy = fields.Nested(Proxy, load_default=None, allow_none=True)
    region = text()
    situation = fields.String(load_default="", validate=validate.Length(max=2000))
    answers = json_object(required=True)
    materials = materials()
    consents = strings()
    idempotency_key = fields.String(required=True, validate=validate.Length(1, 255))
    body_hash = text()


class Submit(_Filed):
    item = text()


class SubmitBundle(_Filed):
    bundle = text()
    members = strings()


class Prefill(Wire):
    code = text()
    region = text()
    situation = fields.String(load_default="", validate=validate.Length(max=2000))
    consents = strings()
    bundle = fields.Boolean(load_default=False)


class Draft(Wire):
    id = text()
    body = json_object(required=True)
