"""Requests about the service of decisions."""

from __future__ import annotations

from marshmallow import fields, validate

from services.workflow.domain import delivery
from services.workflow.schemas.shared import CaseKey


class Attempt(CaseKey):
    way = fields.String(required=True, validate=validate.OneOf(delivery.WAYS))
    on = fields.String(required=True, validate=validate.Length(10, 10))
    reason = fields.String(required=True, validate=validate.Length(1, 2000))


class Serve(CaseKey):
    way = fields.String(required=True, validate=validate.OneOf(delivery.WAYS))
    on = fields.String(required=True, validate=validate.Length(10, 10))
    collector = fields.String(load_default="", validate=validate.Length(max=30))
    evidence = fields.String(load_default="", validate=validate.Length(max=500))
    reason = fields.String(load_default="", validate=validate.Length(max=2000))
