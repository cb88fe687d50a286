"""Bodies and parameters of the API, as marshmallow; the OpenAPI document is generated from them."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_contracts.modes import MODES
from gdbos_runtime.wire import Wire, json_object, strings, text

REGION = r"^\d{6}(\d{3}|\d{6})?$"


class Problem(Wire):
    """RFC 9457 problem details."""

    class Fault(Wire):
        pointer = fields.String(required=True)
        code = fields.String(required=True)
        message = fields.String(required=True)

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String()
    trace = fields.String()
    errors = fields.List(fields.Nested(Fault))


class Credentials(Wire):
    username = text()
    password = text()


class Account(Wire):
    username = text()
    password = text()
    principal = json_object(required=True)


class PublishAccounts(Wire):
    accounts = fields.List(fields.Nested(Account), required=True, validate=validate.Length(max=500))


class PrincipalView(Wire):
    id = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String())
    agency = fields.String(allow_none=True)
    region = fields.String(allow_none=True)


class SessionView(Wire):
    token = fields.String(required=True)
    expires_at = fields.DateTime(required=True)
    principal = fields.Nested(PrincipalView, required=True)


def region(required: bool = False) -> fields.String:
    if required:
        return fields.String(required=True, validate=validate.Regexp(REGION))
    return fields.String(load_default="", validate=validate.Regexp(f"{REGION}|^$"))


class Paged(Wire):
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = fields.String(load_default="", validate=validate.Length(max=500))


class ItemQuery(Paged):
    q = fields.String(load_default="", validate=validate.Length(max=100))
    region = region()
    audience = fields.String(load_default="", validate=validate.Length(max=8))
    type = fields.String(load_default="", validate=validate.Length(max=8))


class PlaceQuery(Wire):
    region = region()
    on = fields.Date(load_default=None)


class GuideBody(Wire):
    region = region(required=True)
    choices = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)


class PrefillBody(Wire):
    region = region(required=True)
    situation = fields.String(load_default="", validate=validate.Length(max=500))
    consents = strings()


class MaterialGiven(Wire):
    """Exactly one of file, files, licence, pledged answers a material."""

    material = text()
    file = fields.String(validate=validate.Length(1, 64))
    files = fields.List(fields.String(validate=validate.Length(1, 64)), validate=validate.Length(max=50))
    licence = fields.String(validate=validate.Length(1, 128))
    pledged = fields.Boolean()


class Proxy(Wire):
    """代辦: somebody else who files, with the file of the letter of authority."""

    name = text()
    citizen_id = text()
    mobile = text()
    authority = text()


class ApplicationBody(Wire):
    proxy = fields.Nested(Proxy)
    item = text()
    region = region(required=True)
    situation = fields.String(load_default="", validate=validate.Length(max=500))
    answers = json_object(required=True)
    materials = fields.List(
        fields.Nested(MaterialGiven), load_default=list, validate=validate.Length(max=200)
    )
    consents = strings()


class BundleApplicationBody(Wire):
    proxy = fields.Nested(Proxy)
    region = region(required=True)
    situation = fields.String(load_default="", validate=validate.Length(max=2000))
    members = strings()
    answers = json_object(required=True)
    materials = fields.List(
        fields.Nested(MaterialGiven), load_default=list, validate=validate.Length(max=400)
    )
    consents = strings()


class CorrectionBody(Wire):
    answers = json_object()
    materials = fields.List(
        fields.Nested(MaterialGiven), load_default=list, validate=validate.Length(max=200)
    )


class ReasonBody(Wire):
    reason = fields.String(load_default="", validate=validate.Length(max=1000))


class RatingStepBody(Wire):
    step = fields.String(load_default="whole", validate=validate.OneOf(["intake", "whole"]))


class RatingBody(RatingStepBody):
    """`score` or `stars`, one of them."""

    score = fields.Integer(validate=validate.Range(1, 5))
    stars = fields.Integer(validate=validate.Range(1, 5))
    reasons = strings()
    comment = fields.String(load_default="", validate=validate.Length(max=1000))
    channel = fields.String(load_default="pc", validate=validate.Length(max=16))


class RatingMoveBody(Wire):
    text = fields.String(required=True, validate=validate.Length(1, 2000))


class SupplementBody(Wire):
    materials = fields.List(fields.Nested(MaterialGiven), required=True, validate=validate.Length(1, 200))


class MessageBody(Wire):
    text = fields.String(required=True, validate=validate.Length(1, 2000))


class ApplicationQuery(Paged):
    status = fields.String(load_default="", validate=validate.Length(max=40))


class DraftBody(Wire):
    item = text()
    region = region(required=True)
    situation = fields.String(load_default="", validate=validate.Length(max=500))
    answers = json_object()
    materials = fields.List(
        fields.Nested(MaterialGiven), load_default=list, validate=validate.Length(max=200)
    )


class TaskFilter(Wire):
    """`text` is part of a case number or an applicant's code, never personal data."""

    queue = fields.String(load_default="", validate=validate.Length(max=40))
    item = fields.String(load_default="", validate=validate.Length(max=120))
    region = region()
    light = fields.String(load_default="", validate=validate.OneOf(["", "green", "yellow", "red", "blue"]))
    text = fields.String(load_default="", validate=validate.Regexp(r"^[A-Za-z0-9_.:-]{0,160}$"))


class TaskQuery(TaskFilter, Paged):
    pass


class ApplicantBody(Wire):
    number = text()


class ColleagueBody(Wire):
    to = text()


class DelegationBody(Wire):
    to = text()
    role = text()
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)


class BulkBody(Wire):
    """A preview unless `dry_run` is false."""

    operation = fields.String(
        required=True, validate=validate.OneOf(["claim", "release", "assign", "complete"])
    )
    ids = fields.List(text(), required=True, validate=validate.Length(1, 200))
    to = fields.String(load_default="", validate=validate.Length(max=200))
    action = fields.String(load_default="done", validate=validate.Length(1, 64))
    data = json_object()
    comment = fields.String(load_default="", validate=validate.Length(max=2000))
    dry_run = fields.Boolean(load_default=True)


class CompletionBody(Wire):
    action = text()
    data = json_object()
    comment = fields.String(load_default="", validate=validate.Length(max=2000))


class VerifyQuery(Wire):
    code = text()


class ValidateBody(Wire):
    """`data` against a JSON Schema, a published schema or a list of element references."""

    schema = fields.Raw(load_default=None)
    elements = fields.List(json_object(required=True), load_default=None)
    data = fields.Raw(required=True, allow_none=True)


class ContractsBody(Wire):
    contracts = fields.List(json_object(required=True), required=True, validate=validate.Length(1, 500))
    dry_run = fields.Boolean(load_default=False)


class ImpactBody(Wire):
    elements = fields.List(json_object(required=True), load_default=list, validate=validate.Length(max=500))
    code_lists = fields.List(json_object(required=True), load_default=list, validate=validate.Length(max=100))
    migrations = fields.List(json_object(required=True), load_default=list, validate=validate.Length(max=500))


class SchemaVersionBody(Wire):
    schema = fields.Raw(required=True)
    version = fields.Integer(load_default=None, validate=validate.Range(min=1))
    mode = fields.String(load_default=None, validate=validate.OneOf(MODES))
    lenient = fields.Boolean(load_default=None)
    dry_run = fields.Boolean(load_default=False)


class SubjectModeBody(Wire):
    mode = fields.String(required=True, validate=validate.OneOf(MODES))
    lenient = fields.Boolean(load_default=True)


class CompatibilityBody(Wire):
    old = fields.Raw(required=True)
    new = fields.Raw(required=True)
    history = fields.List(fields.Raw(), load_default=list, validate=validate.Length(max=1000))
    mode = fields.String(load_default="backward", validate=validate.OneOf(MODES))
    lenient = fields.Boolean(load_default=False)


class ElementQuery(Paged):
    q = fields.String(load_default="", validate=validate.Length(max=100))
    status = fields.String(load_default="", validate=validate.Regexp("^[a-z]{0,16}$"))


class AnyObject(Wire):
    """A JSON object whose members are described in the operation's text."""

    class Meta:
        unknown = "include"
