"""Processes, cases, tasks, timers, papers."""

import sqlalchemy as sa
from alembic import op

from gdbos_runtime.tables import BIGID, create_runtime_tables_v1

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_runtime_tables_v1(op)
    _definitions()
    _cases()
    _desk()
    _papers()


def _definitions() -> None:
    op.create_table(
        "process",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("bpmn", sa.Text, nullable=False),
        sa.Column("graph", sa.JSON, nullable=False),
    )
    op.create_table(
        "template",
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("title", sa.JSON, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
    )


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("case_no", sa.String(160), primary_key=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("item", sa.String(128), nullable=False),
        sa.Column("item_version", sa.Integer, nullable=False),
        sa.Column("name", sa.JSON, nullable=False),
        sa.Column("region", sa.String(12), nullable=False),
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("applicant", sa.String(64), nullable=False),
        sa.Column("subject", sa.JSON, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.Column("submitted_at", sa.String(40), nullable=False),
        sa.Column("closed_at", sa.String(40), nullable=True),
        sa.Column("process", sa.String(128), nullable=False),
        sa.Column("process_version", sa.Integer, nullable=False),
        sa.Column("parent", sa.String(160), nullable=True),
        sa.Column("member", sa.String(64), nullable=True),
        sa.Column("doc", sa.JSON, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_index("cases_applicant", "cases", ["applicant", "submitted_at"])
    op.create_index("cases_parent", "cases", ["parent"])
    op.create_table(
        "serial",
        sa.Column("key", sa.String(160), primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )
    op.create_table(
        "application_key",
        sa.Column("principal", sa.String(64), primary_key=True),
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _desk() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("case_no", sa.String(160), nullable=False),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("element", sa.String(128), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("agency", sa.String(64), nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("due", sa.String(10), nullable=True),
        sa.Column("yellow_from", sa.String(10), nullable=True),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("task_due", sa.String(10), nullable=True),
        sa.Column("claimed_by", sa.String(64), nullable=True),
        sa.Column("item", sa.String(128), nullable=False),
        sa.Column("item_name", sa.JSON, nullable=False),
        sa.Column("applicant", sa.String(200), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("actions", sa.JSON, nullable=False),
        sa.Column("form", sa.JSON, nullable=False),
        sa.Column("apart", sa.JSON, nullable=False),
        sa.Column("sort_due", sa.String(10), nullable=False),
    )
    op.create_index("task_case", "task", ["case_no"])
    op.create_index("task_desk", "task", ["status", "agency", "sort_due", "id"])
    op.create_table(
        "timer",
        sa.Column("case_no", sa.String(160), primary_key=True),
        sa.Column("token", sa.String(32), primary_key=True),
        sa.Column("due", sa.Float, nullable=False),
    )
    op.create_index("timer_due", "timer", ["due"])


def _papers() -> None:
    op.create_table(
        "timeline",
        sa.Column("id", BIGID, primary_key=True, autoincrement=True),
        sa.Column("case_no", sa.String(160), nullable=False),
        sa.Column("root", sa.String(160), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("agency", sa.JSON, nullable=False),
        sa.Column("note", sa.JSON, nullable=False),
    )
    op.create_index("timeline_case", "timeline", ["case_no", "id"])
    op.create_index("timeline_root", "timeline", ["root", "id"])
    op.create_table(
        "document",
        sa.Column("id", BIGID, primary_key=True, autoincrement=True),
        sa.Column("case_no", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("title", sa.JSON, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("document_case", "document", ["case_no"])
    op.create_table(
        "message",
        sa.Column("id", BIGID, primary_key=True, autoincrement=True),
        sa.Column("case_no", sa.String(160), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("message_case", "message", ["case_no"])
    op.create_table(
        "rating",
        sa.Column("case_no", sa.String(160), primary_key=True),
        sa.Column("score", sa.Integer, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("rectify_by", sa.String(10), nullable=True),
    )
    op.create_table(
        "draft",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
