"""Tables of the data hub."""

from __future__ import annotations

import sqlalchemy as sa

from gdbos_runtime.tables import BIGID, runtime_tables

metadata = sa.MetaData()
runtime = runtime_tables(metadata)

source = sa.Table(
    "source",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("agency", sa.String(32), nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
)

licence = sa.Table(
    "licence",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("type", sa.String(64), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("issued_on", sa.String(10), nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
)

licence_holder = sa.Table(
    "licence_holder",
    metadata,
    sa.Column("element", sa.String(64), primary_key=True),
    sa.Column("value", sa.String(64), primary_key=True),
    sa.Column("licence", sa.String(128), sa.ForeignKey("licence.id"), primary_key=True),
)

data_contract = sa.Table(
    "data_contract",
    metadata,
    sa.Column("subject", sa.String(160), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("body", sa.JSON, nullable=False),
)

access = sa.Table(
    "access",
    metadata,
    sa.Column("id", BIGID, primary_key=True, autoincrement=True),
    sa.Column("subject_element", sa.String(64), nullable=False),
    sa.Column("subject_value", sa.String(64), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("actor", sa.String(64), nullable=False),
    sa.Column("actor_name", sa.String(128), nullable=False),
    sa.Column("purpose", sa.String(128), nullable=False),
    sa.Column("case_no", sa.String(96), nullable=False),
    sa.Column("elements", sa.JSON, nullable=False),
    sa.Column("source", sa.String(160), nullable=False),
    sa.Column("ground", sa.JSON, nullable=False),
)
sa.Index("access_subject", access.c.subject_element, access.c.subject_value, access.c.id)
