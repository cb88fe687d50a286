"""Accounts by agency, so that a clerk finds colleagues without reading every account."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("account", sa.Column("agency", sa.String(64), nullable=True))
    account = sa.table("account", sa.column("username"), sa.column("principal", sa.JSON), sa.column("agency"))
    connection = op.get_bind()
    for row in connection.execute(sa.select(account.c.username, account.c.principal)).all():
        found = sa.update(account).where(account.c.username == row.username)
        connection.execute(found.values(agency=row.principal.get("agency")))
    op.create_index("account_agency", "account", ["agency"])
