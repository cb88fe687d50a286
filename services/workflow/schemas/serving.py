"""Requests about the service of decisions and the archive."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire
from services.workflow.domain import archive, delivery
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


class Archives(Wire):
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    before = fields.String(load_default="", validate=validate.Length(max=128))


class ArchiveDays(Wire):
    """Calendar days from the end of a case."""

    days = fields.Integer(required=True, strict=True, validate=validate.Range(0, archive.MOST_DAYS))
