"""Tables of the catalogue."""

from __future__ import annotations

import sqlalchemy as sa

from gdbos_runtime.tables import runtime_tables

metadata = sa.MetaData()
runtime = runtime_tables(metadata)

item = sa.Table(
    "item",
    metadata,
    sa.Column("code", sa.String(128), primary_key=True),
    sa.Column("level", sa.String(16), nullable=False),
    sa.Column("region", sa.String(12), nullable=False),
    sa.Column("parent", sa.String(128), nullable=True),
    sa.Column("own", sa.JSON, nullable=False),
)
sa.Index("item_parent", item.c.parent)

item_version = sa.Table(
    "item_version",
    metadata,
    sa.Column("code", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("catalog_code", sa.String(128), nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
)
sa.Index("item_version_catalog_code", item_version.c.catalog_code)

bundle = sa.Table(
    "bundle",
    metadata,
    sa.Column("code", sa.String(128), primary_key=True),
    sa.Column("body", sa.JSON, nullable=False),
)

entry = sa.Table(
    "search_entry",
    metadata,
    sa.Column("code", sa.String(128), primary_key=True),
    sa.Column("body", sa.JSON, nullable=False),
)

word = sa.Table(
    "search_word",
    metadata,
    sa.Column("word", sa.String(64), primary_key=True),
    sa.Column("code", sa.String(128), primary_key=True),
)
sa.Index("search_word_code", word.c.code)
