"""Requests on the wire."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, json_object, text


def drafts() -> fields.Field[list[object]]:
    return fields.List(json_object(required=True), load_default=list, validate=validate.Length(max=1000))


class PublishItems(Wire):
    items = drafts()
    bundles = drafts()
    dry_run = fields.Boolean(load_default=False)


class ImportItems(Wire):
    format = fields.String(required=True, validate=validate.OneOf(["items-guangan"]))
    items = fields.List(json_object(required=True), required=True)
    dry_run = fields.Boolean(load_default=False)


class Search(Wire):
    q = fields.String(load_default="", validate=validate.Length(max=100))
    region = fields.String(load_default="")
    audience = fields.String(load_default="")
    type = fields.String(load_default="")
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = fields.String(load_default="", validate=validate.Length(max=500))


class Place(Wire):
    """An item or bundle where and when."""

    code = text()
    region = fields.String(load_default="")
    on = fields.Date(load_default=None, allow_none=True)


class Version(Wire):
    code = text()
    version = fields.Integer(required=True, validate=validate.Range(min=1))


class Guide(Wire):
    code = text()
    region = text()
    choices = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)


class Situation(Wire):
    code = text()
    region = fields.String(load_default="")
    version = fields.Integer(load_default=None, allow_none=True)
    situation = fields.String(load_default="", validate=validate.Length(max=2000))


class Region(Wire):
    region = fields.String(load_default="")
