"""Sources, licences, accesses."""

import sqlalchemy as sa
from alembic import op

from gdbos_runtime.tables import BIGID, create_runtime_tables_v1

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_runtime_tables_v1(op)
    op.create_table(
        "source",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("agency", sa.String(32), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_table(
        "licence",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("issued_on", sa.String(10), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_table(
        "licence_holder",
        sa.Column("element", sa.String(64), primary_key=True),
        sa.Column("value", sa.String(64), primary_key=True),
        sa.Column("licence", sa.String(128), sa.ForeignKey("licence.id"), primary_key=True),
    )
    op.create_table(
        "access",
        sa.Column("id", BIGID, primary_key=True, autoincrement=True),
        sa.Column("subject_element", sa.String(64), nullable=False),
        sa.Column("subject_value", sa.String(64), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("actor_name", sa.String(128), nullable=False),
        sa.Column("purpose", sa.String(128), nullable=False),
        sa.Column("case_no", sa.String(96), nullable=False),
        sa.Column("elements", sa.JSON, nullable=False),
        sa.Column("source", sa.String(160), nullable=False),
        sa.Column("ground", sa.JSON, nullable=False),
    )
    op.create_index("access_subject", "access", ["subject_element", "subject_value", "id"])
