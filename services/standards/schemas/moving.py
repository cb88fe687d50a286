"""A whole registry in and out."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_contracts.modes import MODES
from gdbos_runtime.wire import Wire, json_object, text
from services.standards.schemas.shared import Migration, schema_id


class MovedSubject(Wire):
    id = schema_id()
    mode = fields.String(required=True, validate=validate.OneOf(MODES))
    lenient = fields.Boolean(required=True)
    steward = fields.String(load_default="", validate=validate.Length(max=64))
    versions = fields.List(fields.Raw(allow_none=True), required=True, validate=validate.Length(1, 10_000))


class RegistryDocument(Wire):
    """A registry as `export_registry` writes it; each part is read by what publishes it."""

    format = text()
    code_lists = fields.List(json_object(required=True), load_default=list)
    elements = fields.List(json_object(required=True), load_default=list)
    crosswalks = fields.List(json_object(required=True), load_default=list)
    migrations = fields.List(fields.Nested(Migration), load_default=list)
    schemas = fields.List(fields.Nested(MovedSubject), load_default=list)
    templates = fields.List(json_object(required=True), load_default=list)


class ImportRegistry(Wire):
    registry = fields.Nested(RegistryDocument, required=True)
    dry_run = fields.Boolean(load_default=False)
