"""When a closed case is archived by itself: days by agency, and the cases that wait for theirs."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
DAYS = 30


def upgrade() -> None:
    op.create_table(
        "archive_rule",
        sa.Column("agency", sa.String(64), primary_key=True),
        sa.Column("days", sa.Integer, nullable=False),
    )
    due = op.create_table(
        "archive_due",
        sa.Column("case_no", sa.String(160), primary_key=True),
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("closed_day", sa.Integer, nullable=False),
        sa.Column("due", sa.Integer, nullable=False),
    )
    op.create_index("archive_due_day", "archive_due", ["due", "case_no"])
    op.create_index("archive_due_agency", "archive_due", ["agency"])
    closed = sa.text("SELECT case_no, agency, closed_at FROM cases WHERE state = 'closed' AND kind = 'item'")
    for rows in op.get_bind().execute(closed).partitions(10_000):
        days = [date.fromisoformat(row.closed_at[:10]).toordinal() for row in rows]
        found = zip(rows, days, strict=True)
        op.bulk_insert(
            due,
            [
                {"case_no": row.case_no, "agency": row.agency, "closed_day": day, "due": day + DAYS}
                for row, day in found
            ],
        )
