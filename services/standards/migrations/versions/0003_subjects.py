"""Schemas published under an id."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "schema_subject",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("mode", sa.String(24), nullable=False),
        sa.Column("lenient", sa.Boolean, nullable=False),
    )
    op.create_table(
        "schema_version",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
