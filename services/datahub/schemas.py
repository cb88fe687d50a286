"""Requests on the wire."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Wire, json_object, strings, text


class PublishSources(Wire):
    sources = fields.List(json_object(required=True), required=True)
    dry_run = fields.Boolean(load_default=False)


class Prefill(Wire):
    subject = json_object(required=True)
    elements = strings()
    consents = strings()
    purpose = json_object()


class Match(Wire):
    subject = json_object(required=True)
    values = json_object(required=True)
    purpose = json_object()


class RegisterLicences(Wire):
    licences = fields.List(json_object(required=True), required=True)


class PublishContracts(Wire):
    contracts = fields.List(json_object(required=True), required=True, validate=validate.Length(1, 500))
    dry_run = fields.Boolean(load_default=False)


class ContractKey(Wire):
    subject = text()


class Convert(ContractKey):
    start = fields.Integer(required=True, data_key="from", validate=validate.Range(min=1))
    end = fields.Integer(required=True, data_key="to", validate=validate.Range(min=1))
    record = json_object(required=True)


class LicenceKey(Wire):
    licence = text()


class RevokeLicence(LicenceKey):
    reason = fields.String(required=True, validate=validate.Length(1, 2000))


class LicenceCheck(Wire):
    licences = fields.List(json_object(required=True), required=True)
    subject = json_object(required=True)


class Page(Wire):
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 100))


class SourceKey(Wire):
    source = text()


class Nothing(Wire):
    pass
