"""Tables of tasks and of the people who do them."""

from __future__ import annotations

import sqlalchemy as sa

from services.workflow.adapters.orm.base import metadata

task = sa.Table(
    "task",
    metadata,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("case_no", sa.String(160), nullable=False),
    sa.Column("token", sa.String(32), nullable=False),
    sa.Column("element", sa.String(128), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("agency", sa.String(64), nullable=False),
    sa.Column("role", sa.String(64), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("due", sa.String(10), nullable=True),
    sa.Column("yellow_from", sa.String(10), nullable=True),
    sa.Column("paused", sa.Boolean, nullable=False),
    sa.Column("task_due", sa.String(10), nullable=True),
    sa.Column("claimed_by", sa.String(64), nullable=True),
    sa.Column("item", sa.String(128), nullable=False),
    sa.Column("item_name", sa.JSON, nullable=False),
    sa.Column("applicant", sa.String(200), nullable=False),
    sa.Column("created_at", sa.String(40), nullable=False),
    sa.Column("actions", sa.JSON, nullable=False),
    sa.Column("form", sa.JSON, nullable=False),
    sa.Column("apart", sa.JSON, nullable=False),
    sa.Column("sort_due", sa.String(10), nullable=False),
    sa.Column("region", sa.String(12), nullable=False, server_default=""),
    sa.Column("person", sa.String(32), nullable=True),
    sa.Column("filer", sa.String(32), nullable=True),
    sa.Column("reads", sa.JSON, nullable=True),
    sa.Column("last_claim", sa.JSON, nullable=True),
)

_OPEN, _CLAIMED = sa.text("status = 'open'"), sa.text("status = 'open' AND claimed_by IS NOT NULL")
sa.Index("task_case", task.c.case_no)
sa.Index(
    "task_inbox",
    *(task.c[name] for name in ("agency", "role", "sort_due", "id", "item", "region", "yellow_from")),
    *(task.c[name] for name in ("paused", "claimed_by", "person", "filer")),
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
sa.Index("task_due", task.c.sort_due, task.c.id, sqlite_where=_OPEN, postgresql_where=_OPEN)
sa.Index(
    "task_claimed",
    task.c.claimed_by,
    task.c.sort_due,
    task.c.id,
    sqlite_where=_CLAIMED,
    postgresql_where=_CLAIMED,
)

saved_filter = sa.Table(
    "saved_filter",
    metadata,
    sa.Column("owner", sa.String(64), primary_key=True),
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("query", sa.JSON, nullable=False),
)

delegation = sa.Table(
    "delegation",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("agency", sa.String(64), nullable=False),
    sa.Column("role", sa.String(64), nullable=False),
    sa.Column("giver", sa.String(64), nullable=False),
    sa.Column("taker", sa.String(64), nullable=False),
    sa.Column("taker_name", sa.String(200), nullable=False),
    sa.Column("first_day", sa.String(10), nullable=False),
    sa.Column("last_day", sa.String(10), nullable=False),
)
sa.Index("delegation_taker", delegation.c.taker, delegation.c.last_day)
sa.Index("delegation_giver", delegation.c.giver, delegation.c.last_day)
