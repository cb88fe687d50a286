"""Archive packages of closed cases."""

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
sa.Index("archive_number", archive.c.archive_no, unique=True)
sa.Index("archive_agency", archive.c.agency, archive.c.archive_no)
