"""Tables of the registry."""

from __future__ import annotations

import sqlalchemy as sa

from gdbos_runtime.tables import runtime_tables

metadata = sa.MetaData()
runtime = runtime_tables(metadata)

element = sa.Table(
    "element",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("names", sa.Text, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
)

code_list = sa.Table(
    "code_list",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("body", sa.JSON, nullable=False),
)
