"""The tables that every service schema has: outbox, inbox, retries, parking lot, audit, seals."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

BIGID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _moving_v1() -> dict[str, list[sa.Column[Any]]]:
    return {
        "outbox": [
            sa.Column("id", BIGID, primary_key=True, autoincrement=True),
            sa.Column("event_id", sa.String(64), nullable=False),
            sa.Column("destination", sa.String(32), nullable=False),
            sa.Column("body", sa.Text, nullable=False),
            sa.Column("due", sa.Float, nullable=False),
            sa.Column("published", sa.Integer, nullable=False, server_default="0"),
        ],
        "inbox": [
            sa.Column("event_id", sa.String(64), primary_key=True),
            sa.Column("type", sa.String(64), nullable=False),
            sa.Column("received", sa.Float, nullable=False),
        ],
        "retry": [
            sa.Column("event_id", sa.String(64), primary_key=True),
            sa.Column("body", sa.LargeBinary, nullable=False),
            sa.Column("attempts", sa.Integer, nullable=False),
            sa.Column("due", sa.Float, nullable=False),
            sa.Column("reason", sa.Text, nullable=False),
        ],
    }


def _keeping_v1() -> dict[str, list[sa.Column[Any]]]:
    return {
        "parked": [
            sa.Column("id", BIGID, primary_key=True, autoincrement=True),
            sa.Column("queue", sa.String(128), nullable=False),
            sa.Column("reason", sa.Text, nullable=False),
            sa.Column("attempts", sa.Integer, nullable=False),
            sa.Column("properties", sa.Text, nullable=False),
            sa.Column("body", sa.LargeBinary, nullable=False),
            sa.Column("at", sa.Float, nullable=False),
            sa.Column("replayed", sa.Float, nullable=True),
        ],
        "audit": [
            sa.Column("seq", BIGID, primary_key=True, autoincrement=True),
            sa.Column("at", sa.String(40), nullable=False),
            sa.Column("actor", sa.String(64), nullable=False),
            sa.Column("action", sa.String(64), nullable=False),
            sa.Column("object", sa.String(128), nullable=False),
            sa.Column("body", sa.Text, nullable=False),
        ],
        "seal": [
            sa.Column("last_seq", BIGID, primary_key=True, autoincrement=False),
            sa.Column("first_seq", BIGID, nullable=False),
            sa.Column("count", sa.Integer, nullable=False),
            sa.Column("hash", sa.String(64), nullable=False),
            sa.Column("at", sa.String(40), nullable=False),
        ],
    }


def _columns_v1() -> dict[str, list[sa.Column[Any]]]:
    return {**_moving_v1(), **_keeping_v1()}


def runtime_tables(metadata: sa.MetaData) -> dict[str, sa.Table]:
    """Bind the runtime tables to a service's metadata."""
    tables = {name: sa.Table(name, metadata, *columns) for name, columns in _columns_v1().items()}
    sa.Index("outbox_due", tables["outbox"].c.due)
    sa.Index("outbox_event", tables["outbox"].c.event_id)
    sa.Index("audit_object", tables["audit"].c.object)
    return tables


def create_runtime_tables_v1(op: Any) -> None:
    """Called by migration 0001 of each service; frozen: a change is a new function and a new migration."""
    for name, columns in _columns_v1().items():
        op.create_table(name, *columns)
    op.create_index("outbox_due", "outbox", ["due"])
    op.create_index("outbox_event", "outbox", ["event_id"])
    op.create_index("audit_object", "audit", ["object"])
