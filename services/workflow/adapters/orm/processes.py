"""Tables of what is published: processes, decisions, templates."""

from __future__ import annotations

import sqlalchemy as sa

from services.workflow.adapters.orm.base import metadata

process = sa.Table(
    "process",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("bpmn", sa.Text, nullable=False),
    sa.Column("graph", sa.JSON, nullable=False),
)

decision = sa.Table(
    "decision",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("dmn", sa.Text, nullable=False),
)

template = sa.Table(
    "template",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("title", sa.JSON, nullable=False),
    sa.Column("html", sa.Text, nullable=False),
    sa.Column("layout", sa.Text, nullable=False),
)
