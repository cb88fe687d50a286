"""Every version of a user, when it holds and how many cases run on it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "user_version",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("version", sa.String(32), primary_key=True),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("valid_to", sa.String(10), nullable=False),
        sa.Column("cases", sa.Integer, nullable=False),
    )
    names = ("kind", "id", "version")
    user, use, holder = (
        sa.table(name, *(sa.column(each) for each in (*names, *more)))
        for name, more in (
            ("user_version", ("valid_from", "valid_to", "cases")),
            ("element_use", ()),
            ("field_holder", ()),
        )
    )
    known = sa.union(*(sa.select(*(table.c[each] for each in names)) for table in (use, holder))).subquery()
    told = sa.select(known, sa.literal("", sa.String), sa.literal("", sa.String), sa.literal(0, sa.Integer))
    op.get_bind().execute(
        sa.insert(user).from_select([*names, "valid_from", "valid_to", "cases"], told, include_defaults=False)
    )
