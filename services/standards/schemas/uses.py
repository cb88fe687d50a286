"""Who uses which standard."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, json_object, strings, text
from services.standards.domain.use import KINDS as USERS
from services.standards.schemas.shared import MOST, SCHEMA_ID


class User(Wire):
    kind = fields.String(required=True, validate=validate.OneOf(USERS))
    id = text()
    version = fields.String(required=True, validate=validate.Length(1, 32))


class UserElements(User):
    """`field_count` counts those that are no elements too, of which `unmapped` names columns; what names an agency
    counts in its coverage. `schemas` are published schemas as id@version; the version holds from `valid_from` until the
    day before `valid_to`."""

    elements = strings(validate=validate.Length(max=5000))
    schemas = fields.List(
        fields.String(validate=validate.Regexp(SCHEMA_ID + r"@[1-9]\d{0,8}\Z")),
        load_default=list,
        validate=validate.Length(max=500),
    )
    valid_from = fields.Date(load_default=None, allow_none=True)
    valid_to = fields.Date(load_default=None, allow_none=True)
    agency = fields.String(load_default="", validate=validate.Length(max=32))
    names = json_object()
    field_count = fields.Integer(load_default=0, validate=validate.Range(0, 100_000))
    unmapped = strings(validate=validate.Length(max=2000))


class RunningVersion(Wire):
    id = text()
    version = fields.String(required=True, validate=validate.Length(1, 32))
    cases = fields.Integer(required=True, validate=validate.Range(0, MOST))


class Running(Wire):
    """`cases.running`: of `ids`, or of every user of the kind, these versions have cases and no others do."""

    kind = fields.String(required=True, validate=validate.OneOf(USERS))
    ids = fields.List(text(), load_default=None, allow_none=True)
    versions = fields.List(fields.Nested(RunningVersion), required=True)


class NoteUses(Wire):
    uses = fields.List(fields.Nested(UserElements), required=True, validate=validate.Length(max=5000))


class Names(Wire):
    """`names.published`: the elements that have a new version."""

    ids = strings()
