"""Schemas published under an id."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_contracts.modes import MODES
from gdbos_runtime.wire import Wire
from services.standards.schemas.shared import MOST, schema_id


class SubjectKey(Wire):
    id = schema_id()


class Passage(Wire):
    """From an earlier version of a schema to the one that is published: FEEL over `value`, the document."""

    old = fields.Integer(required=True, data_key="from", validate=validate.Range(1, MOST))
    up = fields.String(required=True, validate=validate.Length(1, 4000))
    down = fields.String(load_default="", validate=validate.Length(max=4000))


class SchemaDraft(Wire):
    id = schema_id()
    version = fields.Integer(load_default=None, validate=validate.Range(1, MOST))
    schema = fields.Raw(required=True)
    mode = fields.String(load_default=None, validate=validate.OneOf(MODES))
    lenient = fields.Boolean(load_default=None)
    migrations = fields.List(fields.Nested(Passage), load_default=list, validate=validate.Length(max=1000))


class PublishSchema(SchemaDraft):
    dry_run = fields.Boolean(load_default=False)


class PublishSchemas(Wire):
    schemas = fields.List(fields.Nested(SchemaDraft), required=True, validate=validate.Length(1, 1000))
    dry_run = fields.Boolean(load_default=False)


class SetMode(Wire):
    """Without a `steward` the subject stays with whom it is."""

    id = schema_id()
    mode = fields.String(required=True, validate=validate.OneOf(MODES))
    lenient = fields.Boolean(load_default=True)
    steward = fields.String(load_default=None, validate=validate.Length(max=64))
