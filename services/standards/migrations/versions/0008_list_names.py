"""Code lists are found by their names without being read, and older elements in traditional and simplified alike."""

import sqlalchemy as sa
from alembic import op

from gdbos_contracts.hanzi import normalise

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("code_list", sa.Column("names", sa.Text, nullable=False, server_default=""))
    _write_names("code_list", "facts", lambda said: [said.get("standard", "")])
    _write_names("element", "body", lambda said: said.get("synonyms", ()))


def _write_names(name, column, others):
    """The id and each name on a line of its own, as they are searched."""
    table = sa.table(
        name, *(sa.column(each) for each in ("id", "version", "names")), sa.column(column, sa.JSON)
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(table.c.id, table.c.version, table.c[column])).all():
        said = (row.id, *row[2]["names"].values(), *others(row[2]))
        lines = "\n".join(dict.fromkeys(normalise(text) for text in said))
        where = (table.c.id == row.id, table.c.version == row.version)
        connection.execute(sa.update(table).where(*where).values(names=lines))
