"""What stewards said of elements that look alike."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "twin_verdict",
        sa.Column("one", sa.String(128), primary_key=True),
        sa.Column("other", sa.String(128), primary_key=True),
        sa.Column("one_version", sa.Integer, nullable=False),
        sa.Column("other_version", sa.Integer, nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("into", sa.String(128), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
