"""History, subscriptions, jobs, incidents of the engine."""

import sqlalchemy as sa
from alembic import op

from gdbos_runtime.tables import BIGID

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("cases", sa.Column("steps", sa.Integer, nullable=False, server_default="0"))
    op.add_column("cases", sa.Column("seal", sa.String(64), nullable=False, server_default=""))
    _history()
    _waiting()
    op.create_table(
        "incident",
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
    op.create_index("incident_open", "incident", ["resolved_at", "at"])


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("case_no", sa.String(160), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("command", sa.String(16), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    keyed = sa.text("key <> ''")
    op.create_index(
        "history_key", "history", ["case_no", "key"], unique=True, sqlite_where=keyed, postgresql_where=keyed
    )


def _waiting() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", BIGID, primary_key=True, autoincrement=True),
        sa.Column("case_no", sa.String(160), nullable=False),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
    )
    op.create_index("subscription_case", "subscription", ["case_no", "token"], unique=True)
    op.create_index("subscription_name", "subscription", ["name", "key", "id"])
    op.create_table(
        "job",
        sa.Column("case_no", sa.String(160), primary_key=True),
        sa.Column("token", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(128), nullable=False),
        sa.Column("element", sa.String(128), nullable=False),
        sa.Column("attributes", sa.JSON, nullable=False),
        sa.Column("lease", sa.String(32), nullable=False),
        sa.Column("due", sa.Float, nullable=False),
    )
    op.create_index("job_due", "job", ["kind", "due"])
