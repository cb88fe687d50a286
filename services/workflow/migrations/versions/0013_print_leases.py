"""When a document's file is to be made: a worker that takes it moves the time, so that no other makes it too."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("document", sa.Column("print_due", sa.Float, nullable=False, server_default="0"))
    op.drop_index("document_unprinted", "document")
    unprinted = sa.text("printed = 0")
    op.create_index(
        "document_unprinted",
        "document",
        ["print_due", "id"],
        sqlite_where=unprinted,
        postgresql_where=unprinted,
    )
