"""Publications that wait for their day."""

import sqlalchemy as sa
from alembic import op

from gdbos_runtime.tables import BIGID

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "scheduled_publication",
        sa.Column("id", BIGID, primary_key=True, autoincrement=True),
        sa.Column("on", sa.String(10), nullable=False),
        sa.Column("command", sa.JSON, nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.JSON, nullable=False),
    )
    op.create_index("scheduled_publication_due", "scheduled_publication", ["status", "on"])
