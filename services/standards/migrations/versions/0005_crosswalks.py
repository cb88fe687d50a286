"""Crosswalks, and what is told of a code list beside its codes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("code_list", sa.Column("facts", sa.JSON, nullable=False, server_default="{}"))
    op.create_table(
        "crosswalk",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("source", sa.String(128), nullable=False, index=True),
        sa.Column("target", sa.String(128), nullable=False, index=True),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    _tell_of_lists()


def _tell_of_lists() -> None:
    """The lists that are there already."""
    table = sa.table(
        "code_list",
        *(sa.column(name) for name in ("id", "version")),
        sa.column("facts", sa.JSON),
        sa.column("body", sa.JSON),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(table.c.id, table.c.version, table.c.body)).all():
        said = {key: value for key, value in row.body.items() if key not in ("codes", "columns")}
        codes = row.body["codes"]
        facts = {**said, "size": len(codes), "retired": sum(1 for code in codes if code.get("valid_to"))}
        where = (table.c.id == row.id, table.c.version == row.version)
        connection.execute(sa.update(table).where(*where).values(facts=facts))
