"""Tables of the registry."""

from __future__ import annotations

import sqlalchemy as sa

from gdbos_runtime.tables import BIGID, runtime_tables

metadata = sa.MetaData()
runtime = runtime_tables(metadata)

element = sa.Table(
    "element",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("names", sa.Text, nullable=False),
    sa.Column("code_list", sa.String(128), nullable=False, index=True),
    sa.Column("body", sa.JSON, nullable=False),
)

code_list = sa.Table(
    "code_list",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("facts", sa.JSON, nullable=False, server_default="{}"),
    sa.Column("names", sa.Text, nullable=False, server_default=""),
    sa.Column("body", sa.JSON, nullable=False),
)

crosswalk = sa.Table(
    "crosswalk",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("source", sa.String(128), nullable=False, index=True),
    sa.Column("target", sa.String(128), nullable=False, index=True),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
)

status_step = sa.Table(
    "status_step",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("before", sa.String(16), nullable=False),
    sa.Column("after", sa.String(16), nullable=False),
    sa.Column("by", sa.String(128), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
)

schema_subject = sa.Table(
    "schema_subject",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("mode", sa.String(24), nullable=False),
    sa.Column("lenient", sa.Boolean, nullable=False),
    sa.Column("steward", sa.String(64), nullable=False, server_default=""),
)

schema_version = sa.Table(
    "schema_version",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)

element_use = sa.Table(
    "element_use",
    metadata,
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.String(32), primary_key=True),
    sa.Column("element", sa.String(128), primary_key=True),
    sa.Column("element_version", sa.Integer, primary_key=True),
    sa.Index("ix_element_use_element", "element", "element_version"),
)

user_version = sa.Table(
    "user_version",
    metadata,
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.String(32), primary_key=True),
    sa.Column("valid_from", sa.String(10), nullable=False),
    sa.Column("valid_to", sa.String(10), nullable=False),
    sa.Column("cases", sa.Integer, nullable=False),
)

scheduled_publication = sa.Table(
    "scheduled_publication",
    metadata,
    sa.Column("id", BIGID, primary_key=True, autoincrement=True),
    sa.Column("on", sa.String(10), nullable=False),
    sa.Column("command", sa.JSON, nullable=False),
    sa.Column("by", sa.String(128), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("reason", sa.JSON, nullable=False),
    sa.Index("scheduled_publication_due", "status", "on"),
)

migration_rule = sa.Table(
    "migration_rule",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("old", sa.Integer, primary_key=True),
    sa.Column("new", sa.Integer, primary_key=True),
    sa.Column("up", sa.Text, nullable=False),
    sa.Column("down", sa.Text, nullable=False),
)

twin_verdict = sa.Table(
    "twin_verdict",
    metadata,
    sa.Column("one", sa.String(128), primary_key=True),
    sa.Column("other", sa.String(128), primary_key=True),
    sa.Column("one_version", sa.Integer, nullable=False),
    sa.Column("other_version", sa.Integer, nullable=False),
    sa.Column("decision", sa.String(16), nullable=False),
    sa.Column("into", sa.String(128), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("by", sa.String(128), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)

field_holder = sa.Table(
    "field_holder",
    metadata,
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.String(32), primary_key=True),
    sa.Column("agency", sa.String(32), nullable=False),
    sa.Column("names", sa.JSON, nullable=False),
    sa.Column("fields", sa.Integer, nullable=False),
    sa.Column("unmapped", sa.JSON, nullable=False, server_default="[]"),
)

template = sa.Table(
    "template",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
)
