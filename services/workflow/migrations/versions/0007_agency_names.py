"""Names of agencies beside running clocks, for boards."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("case_clock", sa.Column("agency_name", sa.JSON, nullable=False, server_default="{}"))
