"""Requests about processes: published, simulated, mined."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, text
from services.workflow.domain import case_library


class Process(Wire):
    id = text()
    bpmn = fields.String(required=True, validate=validate.Length(1, 10_000_000))
    dry_run = fields.Boolean(load_default=False)


class ExportCases(Wire):
    upstream = fields.String(load_default="national", validate=validate.OneOf(sorted(case_library.UPSTREAMS)))
    after = fields.String(load_default="", validate=validate.Length(max=160))
    limit = fields.Integer(load_default=200, validate=validate.Range(1, 1000))


class Decision(Wire):
    id = text()
    dmn = fields.String(required=True, validate=validate.Length(1, 2_000_000))
    dry_run = fields.Boolean(load_default=False)


class Template(Wire):
    id = text()
    title = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    html = fields.String(required=True, validate=validate.Length(1, 500_000))
    layout = fields.String(load_default="", validate=validate.Length(max=200_000))


class Templates(Wire):
    templates = fields.List(fields.Nested(Template), required=True)
    dry_run = fields.Boolean(load_default=False)


class ProcessVersion(Wire):
    id = text()
    version = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1))


class ProcessPair(Wire):
    id = text()
    old = fields.Integer(required=True, validate=validate.Range(1))
    new = fields.Integer(required=True, validate=validate.Range(1))


class EventLog(Wire):
    format = fields.String(required=True, validate=validate.OneOf(("xes", "ocel")))
    process = fields.String(load_default="", validate=validate.Length(max=128))
