"""Templates, what holds fields, and names searched line by line."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "field_holder",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("version", sa.String(32), primary_key=True),
        sa.Column("agency", sa.String(32), nullable=False),
        sa.Column("names", sa.JSON, nullable=False),
        sa.Column("fields", sa.Integer, nullable=False),
    )
    op.create_table(
        "template",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    _names_by_line()


def _names_by_line() -> None:
    """The id and each name stood behind one another; a search wants to know where one ends."""
    element = sa.table(
        "element", *(sa.column(name) for name in ("id", "version", "names")), sa.column("body", sa.JSON)
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(element.c.id, element.c.version, element.c.body)).all():
        names = (row.id, *row.body["names"].values(), *row.body.get("synonyms", ()))
        lines = "\n".join(" ".join(name.lower().split()) for name in names)
        where = (element.c.id == row.id, element.c.version == row.version)
        connection.execute(sa.update(element).where(*where).values(names=lines))
