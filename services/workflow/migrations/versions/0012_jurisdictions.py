"""The division of supervision records, orders and ratings: a supervisor sees those of their area."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    for name in ("supervision_record", "supervision_order", "evaluation"):
        op.add_column(name, sa.Column("region", sa.String(12), nullable=False, server_default=""))
        table, case = (sa.table(each, sa.column("case_no"), sa.column("region")) for each in (name, "cases"))
        region = sa.select(case.c.region).where(case.c.case_no == table.c.case_no).scalar_subquery()
        op.execute(sa.update(table).values(region=sa.func.coalesce(region, "")))
