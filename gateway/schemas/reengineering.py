"""Bodies and parameters of re-engineering: processes, trials, studies, decisions."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, json_object, text

MODEL = validate.Length(1, 10_000_000)


def _version() -> fields.Integer:
    return fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 10**6))


class VersionQuery(Wire):
    version = _version()


class PairQuery(Wire):
    old = fields.Integer(required=True, validate=validate.Range(1, 10**6))
    new = fields.Integer(required=True, validate=validate.Range(1, 10**6))


class BpmnBody(Wire):
    bpmn = fields.String(required=True, validate=MODEL)


class ProcessBody(BpmnBody):
    dry_run = fields.Boolean(load_default=False)


class DmnBody(Wire):
    dmn = fields.String(required=True, validate=validate.Length(1, 2_000_000))


class DecisionBody(DmnBody):
    dry_run = fields.Boolean(load_default=False)


class ModelDraftBody(Wire):
    """`revision`: of the draft that one began with, 0 without one."""

    content = fields.String(required=True, validate=MODEL)
    revision = fields.Integer(load_default=0, validate=validate.Range(0, 2**31 - 2))


class TrialBody(Wire):
    """`bpmn`: a draft to try instead of `version`; `against`: a version to put beside it."""

    version = _version()
    against = _version()
    bpmn = fields.String(load_default="", validate=validate.Length(max=10_000_000))
    scenario = json_object(required=True)


class DecisionTrialBody(Wire):
    """`dmn`: a text to try instead of `version`. `inputs`: values or their texts by name."""

    version = _version()
    dmn = fields.String(load_default="", validate=validate.Length(max=2_000_000))
    decision = text()
    inputs = json_object(required=True)


class BeginBody(Wire):
    """`template`: the id of another of its kind, "" for an empty one. `dry_run`: look at it and keep nothing."""

    id = fields.String(required=True, validate=validate.Length(max=200))
    name = fields.String(required=True, validate=validate.Length(max=200))
    template = fields.String(load_default="", validate=validate.Length(max=200))
    dry_run = fields.Boolean(load_default=False)


class ArrivalsQuery(Wire):
    """Of one item, of what came in one bundle, of both, or of all."""

    item = fields.String(load_default="", validate=validate.Length(max=128))
    bundle = fields.String(load_default="", validate=validate.Length(max=128))
