"""Bodies of an agency's sources and contracts."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Flag, Wire, json_object


class ContractsBody(Wire):
    contracts = fields.List(json_object(required=True), required=True, validate=validate.Length(1, 500))
    dry_run = Flag(load_default=False)
