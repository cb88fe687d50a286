"""Tables of calendars, running clocks and supervision."""

from __future__ import annotations

import sqlalchemy as sa

from gdbos_runtime.tables import BIGID
from services.workflow.adapters.orm.base import metadata

calendar_day = sa.Table(
    "calendar_day",
    metadata,
    sa.Column("agency", sa.String(64), primary_key=True),
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("works", sa.Boolean, nullable=False),
)

calendar_change = sa.Table(
    "calendar_change",
    metadata,
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
sa.Index("calendar_change_open", calendar_change.c.done_at, calendar_change.c.id)

case_clock = sa.Table(
    "case_clock",
    metadata,
    sa.Column("case_no", sa.String(160), primary_key=True),
    sa.Column("agency", sa.String(64), nullable=False),
    sa.Column("agency_name", sa.JSON, nullable=False),
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
sa.Index("case_clock_due", case_clock.c.open, case_clock.c.agency, case_clock.c.due)
sa.Index("case_clock_notice", case_clock.c.open, case_clock.c.notice_due)

record = sa.Table(
    "supervision_record",
    metadata,
    sa.Column("id", BIGID, primary_key=True, autoincrement=True),
    sa.Column("rule", sa.String(32), nullable=False),
    sa.Column("type", sa.String(16), nullable=False),
    sa.Column("case_no", sa.String(160), nullable=False),
    sa.Column("agency", sa.String(64), nullable=False),
    sa.Column("region", sa.String(12), nullable=False, server_default=""),
    sa.Column("light", sa.String(8), nullable=False),
    sa.Column("was", sa.String(8), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("sent_at", sa.String(40), nullable=True),
    sa.Column("result", sa.String(2000), nullable=False),
    sa.Column("order_id", sa.BigInteger, nullable=True),
)
sa.Index("supervision_record_agency", record.c.agency, record.c.id)
sa.Index("supervision_record_order", record.c.order_id)

order = sa.Table(
    "supervision_order",
    metadata,
    sa.Column("id", BIGID, primary_key=True, autoincrement=True),
    sa.Column("case_no", sa.String(160), nullable=False),
    sa.Column("agency", sa.String(64), nullable=False),
    sa.Column("region", sa.String(12), nullable=False, server_default=""),
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
sa.Index("supervision_order_agency", order.c.agency, order.c.state, order.c.id)
sa.Index("supervision_order_due", order.c.state, order.c.due)

succession = sa.Table(
    "agency_succession",
    metadata,
    sa.Column("old", sa.String(64), primary_key=True),
    sa.Column("new", sa.String(64), nullable=False),
    sa.Column("from_day", sa.String(10), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)
