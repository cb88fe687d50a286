"""Code lists as a whole, and crosswalks between them."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, json_object, text
from services.standards.domain.codelist_formats import FORMATS
from services.standards.schemas.shared import Key


class ImportCodeList(Wire):
    format = fields.String(required=True, validate=validate.Length(1, 32))
    content = fields.String(required=True)
    dry_run = fields.Boolean(load_default=False)


class CodeListText(Key):
    on = fields.Date(load_default=None)
    format = fields.String(load_default="json", validate=validate.OneOf(sorted(FORMATS)))


class PublishCrosswalks(Wire):
    crosswalks = fields.List(json_object(required=True), required=True, validate=validate.Length(max=500))
    dry_run = fields.Boolean(load_default=False)


class CrosswalkSearch(Wire):
    code_list = fields.String(load_default="", validate=validate.Length(max=128))


class Translate(Key):
    value = text()
    on = fields.Date(load_default=None)
    back = fields.Boolean(load_default=False)
