"""The clock of putting a bad rating right: its light, its level, and the day by which that level answers."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("evaluation", sa.Column("yellow_from", sa.String(10), nullable=True))
    op.add_column("evaluation", sa.Column("answer_by", sa.String(10), nullable=True))
    op.add_column("evaluation", sa.Column("light", sa.String(8), nullable=False, server_default=""))
    op.add_column("evaluation", sa.Column("escalation", sa.Integer, nullable=False, server_default="0"))
    op.execute(
        "UPDATE evaluation SET yellow_from = rectify_by, answer_by = rectify_by, light = 'green' "
        "WHERE stage = 'rectifying'"
    )
