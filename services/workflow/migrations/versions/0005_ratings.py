"""Ratings once for each step of a case, with what became of them."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "evaluation",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("case_no", sa.String(160), nullable=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("item", sa.String(128), nullable=False),
        sa.Column("item_name", sa.JSON, nullable=False),
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("agency_name", sa.JSON, nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("rectify_days", sa.Integer, nullable=False),
        sa.Column("rectify_by", sa.String(10), nullable=True),
        sa.Column("withdrawn_at", sa.String(40), nullable=True),
        sa.Column("log", sa.JSON, nullable=False),
    )
    op.create_index("evaluation_once", "evaluation", ["case_no", "step"], unique=True)
    op.create_index("evaluation_stage", "evaluation", ["stage", "agency"])
    _copy()
    op.drop_table("rating")


def _copy() -> None:
    """Ratings that were given already; 4 and 5 wait for their verification."""
    meta, connection = sa.MetaData(), op.get_bind()
    old = sa.Table(
        "rating",
        meta,
        sa.Column("case_no", sa.String),
        sa.Column("score", sa.Integer),
        sa.Column("reasons", sa.JSON),
        sa.Column("comment", sa.Text),
        sa.Column("at", sa.String),
    )
    case = sa.Table(
        "cases",
        meta,
        sa.Column("case_no", sa.String),
        sa.Column("item", sa.String),
        sa.Column("name", sa.JSON),
        sa.Column("agency", sa.String),
        sa.Column("body", sa.JSON),
    )
    new = sa.Table("evaluation", meta, *(sa.Column(n, t) for n, t in _COLUMNS.items()))
    both = old.join(case, case.c.case_no == old.c.case_no)
    found = sa.select(old, case.c.item, case.c.name, case.c.agency, case.c.body).select_from(both)
    for row in connection.execute(found).mappings().all():
        fresh = {
            "id": secrets.token_hex(8),
            "case_no": row["case_no"],
            "step": "whole",
            "item": row["item"],
            "item_name": row["name"],
            "agency": row["agency"],
            "agency_name": row["body"].get("item", {}).get("agency_name", {}),
            "level": row["score"],
            "reasons": row["reasons"],
            "comment": row["comment"],
            "channel": "pc",
            "at": row["at"],
            "stage": "verifying" if row["score"] > 3 else "given",
            "rectify_days": 15,
            "log": [],
        }
        connection.execute(sa.insert(new), fresh)


_COLUMNS = {
    **dict.fromkeys(
        ("id", "case_no", "step", "item", "agency", "comment", "channel", "at", "stage"), sa.String
    ),
    **dict.fromkeys(("item_name", "agency_name", "reasons", "log"), sa.JSON),
    **dict.fromkeys(("level", "rectify_days"), sa.Integer),
}
