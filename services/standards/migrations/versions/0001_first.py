"""Elements, code lists, the steps of their status, and who uses them."""

import sqlalchemy as sa
from alembic import op

from gdbos_runtime.tables import create_runtime_tables_v1

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_runtime_tables_v1(op)
    op.create_table(
        "element",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("names", sa.Text, nullable=False),
        sa.Column("code_list", sa.String(128), nullable=False, index=True),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_table(
        "code_list",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_table(
        "status_step",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("before", sa.String(16), nullable=False),
        sa.Column("after", sa.String(16), nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "element_use",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("version", sa.String(32), primary_key=True),
        sa.Column("element", sa.String(128), primary_key=True),
        sa.Column("element_version", sa.Integer, primary_key=True),
        sa.Index("ix_element_use_element", "element", "element_version"),
    )
