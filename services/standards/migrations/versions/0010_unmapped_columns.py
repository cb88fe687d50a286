"""Columns of sources that nobody mapped."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("field_holder", sa.Column("unmapped", sa.JSON, nullable=False, server_default="[]"))
