"""Archive packages of closed cases."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "archive",
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
    op.create_index("archive_number", "archive", ["archive_no"], unique=True)
    op.create_index("archive_agency", "archive", ["agency", "archive_no"])
