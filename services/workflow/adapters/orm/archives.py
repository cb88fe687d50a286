"""Archive packages of closed cases, and when the others become one."""

from __future__ import annotations

import sqlalchemy as sa

from services.workflow.adapters.orm.base import metadata

archive = sa.Table(
    "archive",
    metadata,
    sa.Column("case_no", sa.String(160), primary_key=True),
    sa.Column("archive_no", sa.String(128), nullable=False),
    sa.Column("agency", sa.String(64), nullable=False),
    sa.Column("title", sa.JSON, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("retention", sa.String(16), nullable=False),
    sa.Column("keep_until", sa.String(10), nullable=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("package", sa.Text, nullable=False),
)
archive_rule = sa.Table(
    "archive_rule",
    metadata,
    sa.Column("agency", sa.String(64), primary_key=True),
    sa.Column("days", sa.Integer, nullable=False),
)

archive_due = sa.Table(
    "archive_due",
    metadata,
    sa.Column("case_no", sa.String(160), primary_key=True),
    sa.Column("agency", sa.String(64), nullable=False),
    sa.Column("closed_day", sa.Integer, nullable=False),
    sa.Column("due", sa.Integer, nullable=False),
)
"""Closed cases that are not archived yet; days as `date.toordinal`."""
sa.Index("archive_due_day", archive_due.c.due, archive_due.c.case_no)
sa.Index("archive_due_agency", archive_due.c.agency)
sa.Index("archive_number", archive.c.archive_no, unique=True)
sa.Index("archive_agency", archive.c.agency, archive.c.archive_no)
