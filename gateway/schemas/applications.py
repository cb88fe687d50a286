"""Bodies and parameters of applications, and of what follows them."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.schemas.shared import Paged, region
from gdbos_runtime.wire import Flag, Wire, json_object, strings, text


class MaterialGiven(Wire):
    """Exactly one of file, files, licence, pledged answers a material."""

    material = text()
    file = fields.String(validate=validate.Length(1, 64))
    files = fields.List(fields.String(validate=validate.Length(1, 64)), validate=validate.Length(max=50))
    licence = fields.String(validate=validate.Length(1, 128))
    pledged = Flag()


class Proxy(Wire):
    """代辦: somebody else who files, with the file of the letter of authority."""

    name = text()
    citizen_id = text()
    mobile = text()
    authority = text()


class ApplicationBody(Wire):
    proxy = fields.Nested(Proxy)
    item = text()
    region = region(required=True)
    situation = fields.String(load_default="", validate=validate.Length(max=500))
    answers = json_object(required=True)
    materials = fields.List(
        fields.Nested(MaterialGiven), load_default=list, validate=validate.Length(max=200)
    )
    consents = strings()


class BundleApplicationBody(Wire):
    proxy = fields.Nested(Proxy)
    region = region(required=True)
    situation = fields.String(load_default="", validate=validate.Length(max=2000))
    members = strings()
    answers = json_object(required=True)
    materials = fields.List(
        fields.Nested(MaterialGiven), load_default=list, validate=validate.Length(max=400)
    )
    consents = strings()


class CorrectionBody(Wire):
    answers = json_object()
    materials = fields.List(
        fields.Nested(MaterialGiven), load_default=list, validate=validate.Length(max=200)
    )


class ReasonBody(Wire):
    reason = fields.String(load_default="", validate=validate.Length(max=1000))


class RatingStepBody(Wire):
    step = fields.String(load_default="whole", validate=validate.OneOf(["intake", "whole"]))


class RatingBody(RatingStepBody):
    """`score` or `stars`, one of them."""

    score = fields.Integer(validate=validate.Range(1, 5))
    stars = fields.Integer(validate=validate.Range(1, 5))
    reasons = strings()
    comment = fields.String(load_default="", validate=validate.Length(max=1000))
    channel = fields.String(load_default="pc", validate=validate.Length(max=16))


class RatingMoveBody(Wire):
    text = fields.String(required=True, validate=validate.Length(1, 2000))


class SupplementBody(Wire):
    materials = fields.List(fields.Nested(MaterialGiven), required=True, validate=validate.Length(1, 200))


class MessageBody(Wire):
    text = fields.String(required=True, validate=validate.Length(1, 2000))


class ApplicationQuery(Paged):
    status = fields.String(load_default="", validate=validate.Length(max=40))


class DraftBody(Wire):
    item = text()
    region = region(required=True)
    situation = fields.String(load_default="", validate=validate.Length(max=500))
    answers = json_object()
    materials = fields.List(
        fields.Nested(MaterialGiven), load_default=list, validate=validate.Length(max=200)
    )
