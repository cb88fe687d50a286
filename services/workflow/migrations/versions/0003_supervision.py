"""Calendars, running clocks, supervision, succession of agencies."""

from datetime import date

import chinese_calendar.constants as published
import sqlalchemy as sa
from alembic import op

from gdbos_runtime.tables import BIGID

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _calendars()
    _clocks()
    _supervision()
    _seed()
    _backfill()


def _calendars() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("agency", sa.String(64), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("works", sa.Boolean, nullable=False),
    )
    op.create_table(
        "calendar_change",
        sa.Column("id", BIGID, primary_key=True, autoincrement=True),
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("days", sa.JSON, nullable=False),
        sa.Column("known_until", sa.String(10), nullable=False),
        sa.Column("cursor", sa.String(160), nullable=False),
        sa.Column("moved", sa.Integer, nullable=False),
        sa.Column("done_at", sa.String(40), nullable=True),
    )
    op.create_index("calendar_change_open", "calendar_change", ["done_at", "id"])


def _clocks() -> None:
    op.create_table(
        "case_clock",
        sa.Column("case_no", sa.String(160), primary_key=True),
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("item", sa.String(128), nullable=False),
        sa.Column("item_name", sa.JSON, nullable=False),
        sa.Column("region", sa.String(12), nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("notice_due", sa.String(10), nullable=True),
        sa.Column("due", sa.String(10), nullable=True),
        sa.Column("statutory_due", sa.String(10), nullable=True),
        sa.Column("yellow_from", sa.String(10), nullable=True),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("light", sa.String(8), nullable=False),
        sa.Column("was", sa.String(8), nullable=False),
    )
    op.create_index("case_clock_due", "case_clock", ["open", "agency", "due"])
    op.create_index("case_clock_notice", "case_clock", ["open", "notice_due"])


def _supervision() -> None:
    op.create_table(
        "supervision_record",
        sa.Column("id", BIGID, primary_key=True, autoincrement=True),
        sa.Column("rule", sa.String(32), nullable=False),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("case_no", sa.String(160), nullable=False),
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("light", sa.String(8), nullable=False),
        sa.Column("was", sa.String(8), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("sent_at", sa.String(40), nullable=True),
        sa.Column("result", sa.String(2000), nullable=False),
        sa.Column("order_id", sa.BigInteger, nullable=True),
    )
    op.create_index("supervision_record_agency", "supervision_record", ["agency", "id"])
    op.create_index("supervision_record_order", "supervision_record", ["order_id"])
    op.create_table(
        "supervision_order",
        sa.Column("id", BIGID, primary_key=True, autoincrement=True),
        sa.Column("case_no", sa.String(160), nullable=False),
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("content", sa.String(2000), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("issued_by", sa.String(64), nullable=False),
        sa.Column("issued_at", sa.String(40), nullable=False),
        sa.Column("signed_by", sa.String(64), nullable=True),
        sa.Column("signed_at", sa.String(40), nullable=True),
        sa.Column("reply", sa.String(2000), nullable=False),
        sa.Column("replied_at", sa.String(40), nullable=True),
        sa.Column("closed_at", sa.String(40), nullable=True),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_index("supervision_order_agency", "supervision_order", ["agency", "state", "id"])
    op.create_index("supervision_order_due", "supervision_order", ["state", "due"])
    op.create_table(
        "agency_succession",
        sa.Column("old", sa.String(64), primary_key=True),
        sa.Column("new", sa.String(64), nullable=False),
        sa.Column("from_day", sa.String(10), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )


def _seed() -> None:
    """The national calendar as published: every holiday and make-up day of the years that are known."""
    text, whole, flag = sa.String(), sa.Integer(), sa.Boolean()
    day = sa.table(
        "calendar_day", sa.column("agency", text), sa.column("day", text), sa.column("works", flag)
    )
    days = dict.fromkeys(published.holidays, False) | dict.fromkeys(published.workdays, True)
    op.bulk_insert(day, [{"agency": "", "day": d.isoformat(), "works": works} for d, works in days.items()])
    change = sa.table(
        "calendar_change",
        *(sa.column(name, text) for name in ("agency", "at", "by", "reason", "known_until", "cursor")),
        sa.column("days", sa.JSON()),
        sa.column("moved", whole),
        sa.column("done_at", text),
    )
    known = date(max(published.holidays).year, 12, 31).isoformat()
    blank = {"agency": "", "at": "", "by": "system", "cursor": "", "days": {}, "moved": 0, "done_at": ""}
    op.bulk_insert(change, [{**blank, "reason": "published notices", "known_until": known}])


def _backfill() -> None:
    """Open cases of before get their clock from what their tasks showed."""
    op.execute(
        "INSERT INTO case_clock (case_no, agency, item, item_name, region, open, due, yellow_from, paused,"
        " light, was) SELECT c.case_no, c.agency, c.item, c.name, c.region, true,"
        " (SELECT max(t.due) FROM task t WHERE t.case_no = c.case_no AND t.status = 'open'),"
        " (SELECT max(t.yellow_from) FROM task t WHERE t.case_no = c.case_no AND t.status = 'open'),"
        " EXISTS (SELECT 1 FROM task t WHERE t.case_no = c.case_no AND t.status = 'open' AND t.paused),"
        " 'green', 'green' FROM cases c WHERE c.state <> 'closed' AND c.kind <> 'bundle'"
    )
