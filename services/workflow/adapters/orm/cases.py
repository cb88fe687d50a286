"""Tables of cases and of what is written about them."""

from __future__ import annotations

import sqlalchemy as sa

from gdbos_runtime.tables import BIGID
from services.workflow.adapters.orm.base import metadata

case = sa.Table(
    "cases",
    metadata,
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
    sa.Column("steps", sa.Integer, nullable=False, server_default="0"),
    sa.Column("seal", sa.String(64), nullable=False, server_default=""),
)
sa.Index("cases_applicant", case.c.applicant, case.c.submitted_at)
sa.Index("cases_parent", case.c.parent)

serial = sa.Table(
    "serial",
    metadata,
    sa.Column("key", sa.String(160), primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)

application_key = sa.Table(
    "application_key",
    metadata,
    sa.Column("principal", sa.String(64), primary_key=True),
    sa.Column("key", sa.String(255), primary_key=True),
    sa.Column("body_hash", sa.String(64), nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)

timeline = sa.Table(
    "timeline",
    metadata,
    sa.Column("id", BIGID, primary_key=True, autoincrement=True),
    sa.Column("case_no", sa.String(160), nullable=False),
    sa.Column("root", sa.String(160), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("event", sa.String(32), nullable=False),
    sa.Column("agency", sa.JSON, nullable=False),
    sa.Column("note", sa.JSON, nullable=False),
)
sa.Index("timeline_case", timeline.c.case_no, timeline.c.id)
sa.Index("timeline_root", timeline.c.root, timeline.c.id)

document = sa.Table(
    "document",
    metadata,
    sa.Column("id", BIGID, primary_key=True, autoincrement=True),
    sa.Column("case_no", sa.String(160), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("title", sa.JSON, nullable=False),
    sa.Column("html", sa.Text, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("code", sa.String(16), nullable=False),
    sa.Column("template_version", sa.Integer, nullable=False),
    sa.Column("facts", sa.JSON(none_as_null=True), nullable=True),
    sa.Column("printed", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("print_due", sa.Float, nullable=False, server_default="0"),
)
sa.Index("document_case", document.c.case_no)
_UNPRINTED = sa.text("printed = 0")
sa.Index(
    "document_unprinted",
    document.c.print_due,
    document.c.id,
    sqlite_where=_UNPRINTED,
    postgresql_where=_UNPRINTED,
)

document_file = sa.Table(
    "document_file",
    metadata,
    sa.Column("id", BIGID, primary_key=True, autoincrement=False),
    sa.Column("pdf", sa.LargeBinary, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)
sa.Index("document_file_sha256", document_file.c.sha256)

message = sa.Table(
    "message",
    metadata,
    sa.Column("id", BIGID, primary_key=True, autoincrement=True),
    sa.Column("case_no", sa.String(160), nullable=False),
    sa.Column("by", sa.String(200), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)
sa.Index("message_case", message.c.case_no)

evaluation = sa.Table(
    "evaluation",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("case_no", sa.String(160), nullable=False),
    sa.Column("step", sa.String(16), nullable=False),
    sa.Column("item", sa.String(128), nullable=False),
    sa.Column("item_name", sa.JSON, nullable=False),
    sa.Column("agency", sa.String(64), nullable=False),
    sa.Column("region", sa.String(12), nullable=False, server_default=""),
    sa.Column("agency_name", sa.JSON, nullable=False),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("stage", sa.String(16), nullable=False),
    sa.Column("rectify_days", sa.Integer, nullable=False),
    sa.Column("rectify_by", sa.String(10), nullable=True),
    sa.Column("yellow_from", sa.String(10), nullable=True),
    sa.Column("answer_by", sa.String(10), nullable=True),
    sa.Column("light", sa.String(8), nullable=False, server_default=""),
    sa.Column("escalation", sa.Integer, nullable=False, server_default="0"),
    sa.Column("withdrawn_at", sa.String(40), nullable=True),
    sa.Column("log", sa.JSON, nullable=False),
)
sa.Index("evaluation_once", evaluation.c.case_no, evaluation.c.step, unique=True)
sa.Index("evaluation_stage", evaluation.c.stage, evaluation.c.agency)

draft = sa.Table(
    "draft",
    metadata,
    sa.Column("owner", sa.String(64), primary_key=True),
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)
