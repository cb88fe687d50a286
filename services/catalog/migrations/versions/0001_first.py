"""Items, versions, bundles, search."""

import sqlalchemy as sa
from alembic import op

from gdbos_runtime.tables import create_runtime_tables_v1

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_runtime_tables_v1(op)
    op.create_table(
        "item",
        sa.Column("code", sa.String(128), primary_key=True),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("region", sa.String(12), nullable=False),
        sa.Column("parent", sa.String(128), nullable=True),
        sa.Column("own", sa.JSON, nullable=False),
    )
    op.create_index("item_parent", "item", ["parent"])
    op.create_table(
        "item_version",
        sa.Column("code", sa.String(128), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("catalog_code", sa.String(128), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_index("item_version_catalog_code", "item_version", ["catalog_code"])
    op.create_table(
        "bundle",
        sa.Column("code", sa.String(128), primary_key=True),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_table(
        "search_entry",
        sa.Column("code", sa.String(128), primary_key=True),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(64), primary_key=True),
        sa.Column("code", sa.String(128), primary_key=True),
    )
    op.create_index("search_word_code", "search_word", ["code"])
