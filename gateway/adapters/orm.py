"""Tables of the gateway: accounts, sessions, uploaded files."""

from __future__ import annotations

import sqlalchemy as sa

from gdbos_runtime.tables import runtime_tables

metadata = sa.MetaData()
runtime = runtime_tables(metadata)

account = sa.Table(
    "account",
    metadata,
    sa.Column("username", sa.String(64), primary_key=True),
    sa.Column("password_hash", sa.String(200), nullable=False),
    sa.Column("principal", sa.JSON, nullable=False),
    sa.Column("agency", sa.String(64), nullable=True),
)
sa.Index("account_agency", account.c.agency)

session = sa.Table(
    "session",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("username", sa.String(64), sa.ForeignKey("account.username"), nullable=False),
    sa.Column("expires", sa.Float, nullable=False),
)
sa.Index("session_expires", session.c.expires)

file = sa.Table(
    "file",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("owner", sa.String(64), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("media_type", sa.String(64), nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)
