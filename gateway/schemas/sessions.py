"""Bodies and answers of accounts and sessions."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, json_object, text


class Credentials(Wire):
    username = text()
    password = text()


class Account(Wire):
    username = text()
    password = text()
    principal = json_object(required=True)


class PublishAccounts(Wire):
    accounts = fields.List(fields.Nested(Account), required=True, validate=validate.Length(max=500))


class PrincipalView(Wire):
    id = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String())
    agency = fields.String(allow_none=True)
    region = fields.String(allow_none=True)
    person = fields.String(allow_none=True)


class SessionView(Wire):
    token = fields.String(required=True)
    expires_at = fields.DateTime(required=True)
    principal = fields.Nested(PrincipalView, required=True)
