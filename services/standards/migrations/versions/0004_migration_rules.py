"""How values of one version become values of another."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "migration_rule",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("old", sa.Integer, primary_key=True),
        sa.Column("new", sa.Integer, primary_key=True),
        sa.Column("up", sa.Text, nullable=False),
        sa.Column("down", sa.Text, nullable=False),
    )
