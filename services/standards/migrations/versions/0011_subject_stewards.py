"""Who answers for a schema subject: the platform, until its administrator hands it to an agency."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("schema_subject", sa.Column("steward", sa.String(64), nullable=False, server_default=""))
