"""Templates made of elements."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, json_object
from services.standards.domain.template import KINDS


class PublishTemplates(Wire):
    templates = fields.List(json_object(required=True), required=True, validate=validate.Length(max=500))
    dry_run = fields.Boolean(load_default=False)


class TemplateSearch(Wire):
    kind = fields.String(load_default="", validate=validate.OneOf(["", *sorted(KINDS)]))
