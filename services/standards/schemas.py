"""Requests on the wire."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from gdbos_contracts.modes import MODES
from gdbos_runtime.wire import Wire, json_object, strings, text
from services.standards.domain.codelist_formats import FORMATS
from services.standards.domain.lifecycle import STATUSES
from services.standards.domain.merging import DECISIONS
from services.standards.domain.scheduled import CANCELLED, PUBLISHED, WAITING
from services.standards.domain.template import KINDS
from services.standards.domain.use import KINDS as USERS

MOST = 2**31 - 1
"""The highest version that a column holds."""
SCHEMA_ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}"


class Migration(Wire):
    """`up` and `down` are FEEL over `value`."""

    id = text()
    old = fields.Integer(required=True, data_key="from", validate=validate.Range(1, MOST))
    new = fields.Integer(required=True, data_key="to", validate=validate.Range(1, MOST))
    up = fields.String(required=True, validate=validate.Length(1, 4000))
    down = fields.String(load_default="", validate=validate.Length(max=4000))


class Publish(Wire):
    migrations = fields.List(fields.Nested(Migration), load_default=list, validate=validate.Length(max=1000))
    elements = fields.List(json_object(required=True), load_default=list)
    code_lists = fields.List(json_object(required=True), load_default=list)
    dry_run = fields.Boolean(load_default=False)


class Schedule(Wire):
    """`on` is the first day on which it is in force, in China."""

    migrations = fields.List(fields.Nested(Migration), load_default=list, validate=validate.Length(max=1000))
    elements = fields.List(json_object(required=True), load_default=list, validate=validate.Length(max=1000))
    code_lists = fields.List(json_object(required=True), load_default=list, validate=validate.Length(max=100))
    on = fields.Date(required=True)


class ScheduledSearch(Wire):
    status = fields.String(load_default="", validate=validate.OneOf(["", WAITING, PUBLISHED, CANCELLED]))


class ScheduledKey(Wire):
    id = fields.Integer(required=True, validate=validate.Range(1, 2**53))


class Limit(Wire):
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class Submit(Wire):
    elements = fields.List(json_object(required=True), required=True, validate=validate.Length(1, 1000))
    dry_run = fields.Boolean(load_default=False)


class Key(Wire):
    id = text()
    version = fields.Integer(load_default=None, validate=validate.Range(1, MOST))


class Search(Wire):
    q = fields.String(load_default="")
    status = fields.String(load_default="", validate=validate.OneOf(["", *STATUSES]))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = fields.String(load_default="")


class ListSearch(Wire):
    q = fields.String(load_default="", validate=validate.Length(max=200))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))
    cursor = fields.String(load_default="", validate=validate.Length(max=200))


class Reference(Wire):
    element = text()
    version = fields.Integer(required=True, validate=validate.Range(1, MOST))
    required = fields.Boolean(load_default=True)


class Compose(Wire):
    elements = fields.List(fields.Nested(Reference), required=True, validate=validate.Length(1, 500))
    on = fields.Date(load_default=None)


class Validate(Wire):
    schema = fields.Raw(load_default=None)
    elements = fields.List(fields.Nested(Reference), load_default=None)
    data = fields.Raw(required=True, allow_none=True)


class Compare(Wire):
    old = fields.Raw(required=True)
    new = fields.Raw(required=True)
    history = fields.List(fields.Raw(), load_default=list, validate=validate.Length(max=1000))
    mode = fields.String(load_default="backward", validate=validate.OneOf(MODES))
    lenient = fields.Boolean(load_default=False)


def schema_id() -> fields.Field[Any]:
    """The id of a schema subject; it stands in a path."""
    return fields.String(required=True, validate=validate.Regexp(SCHEMA_ID + r"\Z"))


class SubjectKey(Wire):
    id = schema_id()


class VersionKey(Wire):
    id = text()
    version = fields.Integer(required=True, validate=validate.Range(1, MOST))


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


class SetStatus(Wire):
    id = text()
    version = fields.Integer(required=True, validate=validate.Range(1, MOST))
    status = fields.String(required=True, validate=validate.OneOf(list(STATUSES)))
    note = fields.String(load_default="", validate=validate.Length(max=2000))


class User(Wire):
    kind = fields.String(required=True, validate=validate.OneOf(USERS))
    id = text()
    version = fields.String(required=True, validate=validate.Length(1, 32))


class UserElements(User):
    """`field_count` counts those that are no elements too, of which `unmapped` names columns; what names an agency counts in its coverage. `schemas` are
    published schemas as id@version; the version holds from `valid_from` until the day before `valid_to`."""

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


class PublishTemplates(Wire):
    templates = fields.List(json_object(required=True), required=True, validate=validate.Length(max=500))
    dry_run = fields.Boolean(load_default=False)


class TemplateSearch(Wire):
    kind = fields.String(load_default="", validate=validate.OneOf(["", *sorted(KINDS)]))


class Likeness(Wire):
    element = fields.String(load_default="", validate=validate.Length(max=128))
    verdict = fields.String(load_default="", validate=validate.OneOf(["", "open", *DECISIONS]))
    cursor = fields.Integer(load_default=0, validate=validate.Range(0, 10**9))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class JudgeTwins(Wire):
    one = fields.String(required=True, validate=validate.Length(1, 128))
    other = fields.String(required=True, validate=validate.Length(1, 128))
    decision = fields.String(required=True, validate=validate.OneOf(DECISIONS))
    into = fields.String(load_default="", validate=validate.Length(max=128))
    note = fields.String(required=True, validate=validate.Length(1, 2000))


class Naming(Wire):
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class Coverage(Wire):
    agency = fields.String(load_default="", validate=validate.Length(max=32))


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


class LegacyColumn(Wire):
    name = text()
    comment = fields.String(load_default="")
    samples = strings(validate=validate.Length(max=200))


class Propose(Wire):
    columns = fields.List(fields.Nested(LegacyColumn), required=True, validate=validate.Length(1, 100))
    limit = fields.Integer(load_default=3, validate=validate.Range(1, 10))


class Nothing(Wire):
    pass


class RegistryDocument(Wire):
    """A registry as `export_registry` writes it; each part is read by what publishes it."""

    format = text()
    code_lists = fields.List(json_object(required=True), load_default=list)
    elements = fields.List(json_object(required=True), load_default=list)
    crosswalks = fields.List(json_object(required=True), load_default=list)
    migrations = fields.List(fields.Nested(Migration), load_default=list)
    schemas = fields.List(fields.Nested(lambda: MovedSubject()), load_default=list)
    templates = fields.List(json_object(required=True), load_default=list)


class MovedSubject(Wire):
    id = schema_id()
    mode = fields.String(required=True, validate=validate.OneOf(MODES))
    lenient = fields.Boolean(required=True)
    steward = fields.String(load_default="", validate=validate.Length(max=64))
    versions = fields.List(fields.Raw(allow_none=True), required=True, validate=validate.Length(1, 10_000))


class ImportRegistry(Wire):
    registry = fields.Nested(RegistryDocument, required=True)
    dry_run = fields.Boolean(load_default=False)
