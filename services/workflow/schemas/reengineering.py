"""Requests of re-engineering: trials, studies, drafts."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, json_object, text

MODEL = validate.Length(1, 10_000_000)


class ProcessTrial(Wire):
    """`bpmn`: a draft to try instead of `version`; `against`: a version to put beside it."""

    id = text()
    version = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1))
    against = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1))
    bpmn = fields.String(load_default="", validate=validate.Length(max=10_000_000))
    scenario = json_object(required=True)


class Arrivals(Wire):
    """Of a process; of one `item`, of what came in one `bundle`, of both, or of all."""

    id = text()
    item = fields.String(load_default="", validate=validate.Length(max=128))
    bundle = fields.String(load_default="", validate=validate.Length(max=128))


class Study(Wire):
    study = json_object(required=True)
    dry_run = fields.Boolean(load_default=False)


class Draft(Wire):
    """`revision`: of the draft that one began with, 0 without one."""

    id = text()
    kind = fields.String(load_default="process", validate=validate.OneOf(("process", "decision")))
    content = fields.String(required=True, validate=MODEL)
    revision = fields.Integer(load_default=0, validate=validate.Range(0, 2**31 - 2))


class Model(Wire):
    id = text()
    kind = fields.String(required=True, validate=validate.OneOf(("process", "decision")))


class Begin(Model):
    """`template`: the id of another of its kind, "" for an empty one."""

    id = fields.String(required=True, validate=validate.Length(max=200))
    name = fields.String(required=True, validate=validate.Length(max=200))
    template = fields.String(load_default="", validate=validate.Length(max=200))
    dry_run = fields.Boolean(load_default=False)


class Lint(Wire):
    bpmn = fields.String(required=True, validate=MODEL)


class Difference(Wire):
    """The version in force against a text that is not published."""

    id = text()
    bpmn = fields.String(required=True, validate=MODEL)


class DecisionText(Wire):
    dmn = fields.String(required=True, validate=validate.Length(1, 2_000_000))


class DecisionTrial(Wire):
    """`dmn`: a text to try instead of a version. `inputs`: values or their texts by name."""

    id = text()
    version = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1))
    dmn = fields.String(load_default="", validate=validate.Length(max=2_000_000))
    decision = text()
    inputs = json_object(required=True)
