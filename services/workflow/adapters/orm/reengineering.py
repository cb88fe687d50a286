"""Tables of re-engineering: what is being drafted, studied and tried."""

from __future__ import annotations

import sqlalchemy as sa

from services.workflow.adapters.orm.base import metadata

model_draft = sa.Table(
    "model_draft",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)

study = sa.Table(
    "study",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
)

trial = sa.Table(
    "trial",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("subject", sa.String(128), nullable=False),
    sa.Column("title", sa.JSON, nullable=False),
    sa.Column("stated", sa.JSON, nullable=False),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("found", sa.JSON, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("faults", sa.JSON, nullable=False),
    sa.Column("report", sa.JSON, nullable=False),
    sa.Column("leased_until", sa.Float, nullable=False),
    sa.Column("asked_at", sa.String(40), nullable=False),
)
sa.Index("trial_waiting", trial.c.state, trial.c.leased_until)
sa.Index("trial_subject", trial.c.subject, trial.c.asked_at)
