"""Bodies and parameters before an application: search, guide, prefill."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.schemas.shared import Paged, region
from gdbos_runtime.wire import Wire, strings, text


class ItemQuery(Paged):
    q = fields.String(load_default="", validate=validate.Length(max=100))
    region = region()
    audience = fields.String(load_default="", validate=validate.Length(max=8))
    type = fields.String(load_default="", validate=validate.Length(max=8))


class PlaceQuery(Wire):
    region = region()
    on = fields.Date(load_default=None)


class GuideBody(Wire):
    region = region(required=True)
    choices = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)


class PrefillBody(Wire):
    region = region(required=True)
    situation = fields.String(load_default="", validate=validate.Length(max=500))
    consents = strings()


class VerifyQuery(Wire):
    code = text()


class RevokeBody(Wire):
    reason = fields.String(required=True, validate=validate.Length(1, 2000))


class VerifyDocumentQuery(Wire):
    number = fields.String(load_default="", validate=validate.Length(max=200))
    code = fields.String(load_default="", validate=validate.Length(max=32))
    sha256 = fields.String(load_default="", validate=validate.Regexp("^([0-9a-f]{64})?$"))
