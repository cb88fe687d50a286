"""Tables of what running processes did and wait for."""

from __future__ import annotations

import sqlalchemy as sa

from gdbos_runtime.tables import BIGID
from services.workflow.adapters.orm.base import metadata

timer = sa.Table(
    "timer",
    metadata,
    sa.Column("case_no", sa.String(160), primary_key=True),
    sa.Column("token", sa.String(32), primary_key=True),
    sa.Column("due", sa.Float, nullable=False),
)
sa.Index("timer_due", timer.c.due)

history = sa.Table(
    "history",
    metadata,
    sa.Column("case_no", sa.String(160), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("actor", sa.String(64), nullable=False),
    sa.Column("command", sa.String(16), nullable=False),
    sa.Column("key", sa.String(128), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)

_KEYED = sa.text("key <> ''")
sa.Index(
    "history_key",
    history.c.case_no,
    history.c.key,
    unique=True,
    sqlite_where=_KEYED,
    postgresql_where=_KEYED,
)

subscription = sa.Table(
    "subscription",
    metadata,
    sa.Column("id", BIGID, primary_key=True, autoincrement=True),
    sa.Column("case_no", sa.String(160), nullable=False),
    sa.Column("token", sa.String(32), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("key", sa.String(200), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
)
sa.Index("subscription_case", subscription.c.case_no, subscription.c.token, unique=True)
sa.Index("subscription_name", subscription.c.name, subscription.c.key, subscription.c.id)

job = sa.Table(
    "job",
    metadata,
    sa.Column("case_no", sa.String(160), primary_key=True),
    sa.Column("token", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(128), nullable=False),
    sa.Column("element", sa.String(128), nullable=False),
    sa.Column("attributes", sa.JSON, nullable=False),
    sa.Column("lease", sa.String(32), nullable=False),
    sa.Column("due", sa.Float, nullable=False),
)
sa.Index("job_due", job.c.kind, job.c.due)

incident = sa.Table(
    "incident",
    metadata,
    sa.Column("case_no", sa.String(160), primary_key=True),
    sa.Column("token", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("element", sa.String(128), nullable=False),
    sa.Column("reason", sa.String(64), nullable=False),
    sa.Column("message", sa.JSON, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("next_at", sa.String(40), nullable=True),
    sa.Column("resolved_at", sa.String(40), nullable=True),
)
sa.Index("incident_open", incident.c.resolved_at, incident.c.at)

migration = sa.Table(
    "migration",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("process", sa.String(128), nullable=False),
    sa.Column("from_version", sa.Integer, nullable=False),
    sa.Column("to_version", sa.Integer, nullable=False),
    sa.Column("moves", sa.JSON, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("by", sa.String(64), nullable=False),
    sa.Column("cases", sa.Integer, nullable=False),
    sa.Column("stayed", sa.Integer, nullable=True),
    sa.Column("undone_at", sa.String(40), nullable=True),
    sa.Column("undone_by", sa.String(64), nullable=True),
)
sa.Index("migration_at", migration.c.at, migration.c.id)

migration_case = sa.Table(
    "migration_case",
    metadata,
    sa.Column("migration", sa.String(32), primary_key=True),
    sa.Column("case_no", sa.String(160), primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
)
sa.Index("migration_case_no", migration_case.c.case_no)
