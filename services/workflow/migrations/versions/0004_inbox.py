"""The inbox: an index that carries every filter, claims that can be undone, filters and delegations of clerks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_OPEN = sa.text("status = 'open'")
_CLAIMED = sa.text("status = 'open' AND claimed_by IS NOT NULL")
_CARRIED = ("item", "region", "yellow_from", "paused", "claimed_by", "person", "filer")


def upgrade() -> None:
    for column in (
        sa.Column("region", sa.String(12), nullable=False, server_default=""),
        sa.Column("person", sa.String(32), nullable=True),
        sa.Column("filer", sa.String(32), nullable=True),
        sa.Column("reads", sa.JSON, nullable=True),
        sa.Column("last_claim", sa.JSON, nullable=True),
    ):
        op.add_column("task", column)
    op.execute(
        "UPDATE task SET region = COALESCE("
        "(SELECT cases.region FROM cases WHERE cases.case_no = task.case_no), '')"
    )
    op.drop_index("task_desk", "task")
    _index("task_inbox", ["agency", "role", "sort_due", "id", *_CARRIED], _OPEN)
    _index("task_due", ["sort_due", "id"], _OPEN)
    _index("task_claimed", ["claimed_by", "sort_due", "id"], _CLAIMED)
    _tables()


def _index(name: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, "task", columns, sqlite_where=where, postgresql_where=where)


def _tables() -> None:
    op.create_table(
        "saved_filter",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("query", sa.JSON, nullable=False),
    )
    op.create_table(
        "delegation",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("giver", sa.String(64), nullable=False),
        sa.Column("taker", sa.String(64), nullable=False),
        sa.Column("taker_name", sa.String(200), nullable=False),
        sa.Column("first_day", sa.String(10), nullable=False),
        sa.Column("last_day", sa.String(10), nullable=False),
    )
    op.create_index("delegation_taker", "delegation", ["taker", "last_day"])
    op.create_index("delegation_giver", "delegation", ["giver", "last_day"])
