"""Requests about a case, of its applicant."""

from __future__ import annotations

from marshmallow import ValidationError, fields, validate, validates_schema

from gdbos_runtime.wire import Wire, json_object, text
from services.workflow.domain import rating
from services.workflow.schemas.applying import MaterialGiven, materials
from services.workflow.schemas.shared import CaseKey, Key


class Applications(Wire):
    status = fields.String(load_default="")
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = fields.String(load_default="")


class Correct(CaseKey):
    answers = json_object()
    materials = materials()


class Supplement(CaseKey):
    materials = fields.List(fields.Nested(MaterialGiven), required=True, validate=validate.Length(1, 400))


class Reason(CaseKey):
    reason = fields.String(load_default="", validate=validate.Length(max=1000))


class AnswerHearing(CaseKey):
    wants = fields.Boolean(required=True)


class RatingKey(CaseKey):
    step = fields.String(load_default=rating.WHOLE, validate=validate.OneOf(rating.STEPS))


class Rate(RatingKey):
    """`score` is the level, 1 very satisfied to 5 very dissatisfied; `stars` count the other way: one of them."""

    score = fields.Integer(load_default=None, validate=validate.Range(rating.BEST, rating.WORST))
    stars = fields.Integer(load_default=None, validate=validate.Range(rating.BEST, rating.WORST))
    reasons = fields.List(
        fields.String(validate=validate.OneOf(rating.REASONS)),
        load_default=list,
        validate=validate.Length(max=7),
    )
    comment = fields.String(load_default="", validate=validate.Length(max=1000))
    channel = fields.String(load_default="pc", validate=validate.OneOf(rating.CHANNELS))

    @validates_schema
    def one_scale(self, data: dict[str, object], **_: object) -> None:
        if (data["score"] is None) == (data["stars"] is None):
            raise ValidationError("score or stars, one of them", "score")


class HandleRating(Key):
    action = fields.String(required=True, validate=validate.OneOf(sorted({a for _, a in rating.MOVES})))
    text = fields.String(required=True, validate=validate.Length(1, 2000))


class Message(CaseKey):
    text = fields.String(required=True, validate=validate.Length(1, 2000))


class Timeline(CaseKey):
    after = fields.Integer(load_default=0)


class Document(CaseKey):
    id = text()


class VerifyDocument(Wire):
    """By number and code, by the digest of a file (SHA-256, lower case), or by both."""

    number = fields.String(load_default="", validate=validate.Length(max=200))
    code = fields.String(load_default="", validate=validate.Length(max=32))
    sha256 = fields.String(load_default="", validate=validate.Regexp("^([0-9a-f]{64})?$"))
