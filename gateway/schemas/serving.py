"""Bodies about hearings and the service of decisions, and the query of the archive."""

from __future__ import annotations

from marshmallow import fields, validate

from gdbos_runtime.wire import Flag, Wire

WAYS = ("in_person", "post", "electronic", "left", "public_notice")


class HearingBody(Wire):
    """`wants`: ask for the hearing, or do without it."""

    wants = Flag(required=True)


class AttemptBody(Wire):
    """`on`: the day, YYYY-MM-DD."""

    way = fields.String(required=True, validate=validate.OneOf(WAYS))
    on = fields.String(required=True, validate=validate.Length(10, 10))
    reason = fields.String(required=True, validate=validate.Length(1, 2000))


class ServiceBody(Wire):
    """`on`: the day on which it was signed, left or published, YYYY-MM-DD. `collector`: the identity number of who
    was handed the result in person; it is compared and not kept."""

    way = fields.String(required=True, validate=validate.OneOf(WAYS))
    on = fields.String(required=True, validate=validate.Length(10, 10))
    collector = fields.String(load_default="", validate=validate.Length(max=30))
    evidence = fields.String(load_default="", validate=validate.Length(max=500))
    reason = fields.String(load_default="", validate=validate.Length(max=2000))


class ArchiveQuery(Wire):
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    before = fields.String(load_default="", validate=validate.Length(max=128))


class ArchiveDaysBody(Wire):
    """Calendar days from the end of a case to its archiving."""

    days = fields.Integer(required=True, strict=True, validate=validate.Range(0, 3650))
