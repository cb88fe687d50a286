"""Bodies and parameters of the standards registry's calls."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.schemas.shared import Paged
from gdbos_contracts.modes import BY_MEANING, MODES, READINGS
from gdbos_runtime.wire import Flag, Wire, json_object, strings, text


class ValidateBody(Wire):
    """`data` against a JSON Schema, a published schema or a list of element references."""

    schema = fields.Raw(load_default=None)
    elements = fields.List(json_object(required=True), load_default=None)
    data = fields.Raw(required=True, allow_none=True)


class ImpactBody(Wire):
    elements = fields.List(json_object(required=True), load_default=list, validate=validate.Length(max=500))
    code_lists = fields.List(json_object(required=True), load_default=list, validate=validate.Length(max=100))
    migrations = fields.List(json_object(required=True), load_default=list, validate=validate.Length(max=500))


class ScheduleBody(ImpactBody):
    """`on` is the first day on which it is in force, after today in China."""

    on = fields.Date(required=True)


class PlanBody(Wire):
    """Without `on`, the day for which it was scheduled."""

    on = fields.Date(load_default=None, allow_none=True)


class ScheduledQuery(Wire):
    status = fields.String(
        load_default="", validate=validate.OneOf(["", "scheduled", "published", "cancelled"])
    )


class SchemaVersionBody(Wire):
    schema = fields.Raw(required=True)
    version = fields.Integer(load_default=None, validate=validate.Range(1, 10**9))
    mode = fields.String(load_default=None, validate=validate.OneOf(MODES))
    lenient = Flag(load_default=None)
    migrations = fields.List(
        json_object(required=True), load_default=list, validate=validate.Length(max=1000)
    )
    dry_run = Flag(load_default=False)


class SubjectModeBody(Wire):
    """`steward`, an agency's unified social credit code, hands the subject over; without it, it stays where it is."""

    mode = fields.String(required=True, validate=validate.OneOf(MODES))
    lenient = Flag(load_default=True)
    steward = fields.String(load_default=None, validate=validate.Length(max=64))


class CompatibilityBody(Wire):
    """`reading`: the values that both accept (meaning), or also what their authors declared beyond that (declared)."""

    old = fields.Raw(required=True)
    new = fields.Raw(required=True)
    history = fields.List(fields.Raw(), load_default=list, validate=validate.Length(max=1000))
    mode = fields.String(load_default="backward", validate=validate.OneOf(MODES))
    reading = fields.String(load_default=BY_MEANING, validate=validate.OneOf(READINGS))
    lenient = Flag(load_default=False)


class ElementQuery(Paged):
    q = fields.String(load_default="", validate=validate.Length(max=100))
    status = fields.String(load_default="", validate=validate.Regexp("^[a-z]{0,16}$"))


class ListQuery(Paged):
    q = fields.String(load_default="", validate=validate.Length(max=100))


class VersionQuery(Wire):
    version = fields.Integer(load_default=None, validate=validate.Range(1, 10**6))


class CodeListQuery(Wire):
    version = fields.Integer(load_default=None, validate=validate.Range(1, 10**9))
    on = fields.Date(load_default=None)
    format = fields.String(load_default=None, validate=validate.OneOf(["json", "csv", "genericode", "skos"]))


class CodeListBody(Wire):
    """`content` is the list as text in `format`: json, csv, genericode, skos or gbt-2260."""

    format = text()
    content = fields.String(required=True)
    dry_run = Flag(load_default=False)


class CrosswalksQuery(Wire):
    code_list = fields.String(load_default="", validate=validate.Length(max=128))


class CrosswalkQuery(Wire):
    version = fields.Integer(load_default=None, validate=validate.Range(1, 10**9))
    value = fields.String(load_default=None, validate=validate.Length(1, 200))
    on = fields.Date(load_default=None)
    back = Flag(load_default=False)


class CrosswalksBody(Wire):
    crosswalks = fields.List(json_object(required=True), required=True, validate=validate.Length(1, 500))
    dry_run = Flag(load_default=False)


class ElementsBody(Wire):
    elements = fields.List(json_object(required=True), required=True, validate=validate.Length(1, 1000))
    dry_run = Flag(load_default=False)


class StatusBody(Wire):
    version = fields.Integer(required=True, validate=validate.Range(1, 10**6))
    status = text()
    note = fields.String(load_default="", validate=validate.Length(max=2000))


class LegacyColumn(Wire):
    name = text()
    comment = fields.String(load_default="", validate=validate.Length(max=500))
    samples = strings(validate=validate.Length(max=200))


class ProposeBody(Wire):
    columns = fields.List(fields.Nested(LegacyColumn), required=True, validate=validate.Length(1, 100))
    limit = fields.Integer(load_default=3, validate=validate.Range(1, 10))


class LimitQuery(Wire):
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class LikenessQuery(LimitQuery):
    element = fields.String(load_default="", validate=validate.Length(max=128))
    verdict = fields.String(load_default="", validate=validate.OneOf(["", "open", "merge", "keep"]))
    cursor = fields.Integer(load_default=0, validate=validate.Range(0, 10**9))


class TwinVerdictBody(Wire):
    """A merge says in `into` which of the two stays."""

    decision = fields.String(required=True, validate=validate.OneOf(["merge", "keep"]))
    into = fields.String(load_default="", validate=validate.Length(max=128))
    note = fields.String(required=True, validate=validate.Length(1, 2000))


class CoverageQuery(Wire):
    agency = fields.String(load_default="", validate=validate.Length(max=32))


class TemplateQuery(Wire):
    kind = fields.String(load_default="", validate=validate.OneOf(["", "document", "form", "licence"]))


class TemplatesBody(Wire):
    templates = fields.List(json_object(required=True), required=True, validate=validate.Length(1, 500))
    dry_run = Flag(load_default=False)
