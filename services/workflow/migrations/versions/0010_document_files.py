"""Documents as signed files; templates in versions, each with the layout of its paper."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_CODES = {
    "sqlite": "UPDATE document SET code = upper(hex(randomblob(8)))",
    "postgresql": "UPDATE document SET code = upper(left(replace(gen_random_uuid()::text, '-', ''), 16))",
}


def upgrade() -> None:
    _templates()
    op.add_column("document", sa.Column("code", sa.String(16), nullable=False, server_default=""))
    op.add_column("document", sa.Column("template_version", sa.Integer, nullable=False, server_default="0"))
    op.add_column("document", sa.Column("facts", sa.JSON, nullable=True))
    op.add_column("document", sa.Column("printed", sa.SmallInteger, nullable=False, server_default="0"))
    op.execute(_CODES[op.get_bind().dialect.name])
    unprinted = sa.text("printed = 0")
    op.create_index(
        "document_unprinted", "document", ["id"], sqlite_where=unprinted, postgresql_where=unprinted
    )
    op.create_table(
        "document_file",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False
        ),
        sa.Column("pdf", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("document_file_sha256", "document_file", ["sha256"])


def _templates() -> None:
    """What is published becomes version 1, without a layout of its own."""
    op.create_table(
        "template_version",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("title", sa.JSON, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("layout", sa.Text, nullable=False),
    )
    op.execute(
        "INSERT INTO template_version (id, version, title, html, layout)"
        " SELECT id, 1, title, html, '' FROM template"
    )
    op.drop_table("template")
    op.rename_table("template_version", "template")
