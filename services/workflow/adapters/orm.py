"""Tables of the workflow."""

from __future__ import annotations

import sqlalchemy as sa

from gdbos_runtime.tables import BIGID, runtime_tables

metadata = sa.MetaData()
runtime = runtime_tables(metadata)

process = sa.Table(
    "process",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("bpmn", sa.Text, nullable=False),
    sa.Column("graph", sa.JSON, nullable=False),
)

decision = sa.Table(
    "decision",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("dmn", sa.Text, nullable=False),
)

template = sa.Table(
    "template",
    metadata,
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("title", sa.JSON, nullable=False),
    sa.Column("html", sa.Text, nullable=False),
)

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

task = sa.Table(
    "task",
    metadata,
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
    sa.Column("region", sa.String(12), nullable=False, server_default=""),
    sa.Column("person", sa.String(32), nullable=True),
    sa.Column("filer", sa.String(32), nullable=True),
    sa.Column("reads", sa.JSON, nullable=True),
    sa.Column("last_claim", sa.JSON, nullable=True),
)
_OPEN, _CLAIMED = sa.text("status = 'open'"), sa.text("status = 'open' AND claimed_by IS NOT NULL")
sa.Index("task_case", task.c.case_no)
sa.Index(
    "task_inbox",
    *(task.c[name] for name in ("agency", "role", "sort_due", "id", "item", "region", "yellow_from")),
    *(task.c[name] for name in ("paused", "claimed_by", "person", "filer")),
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
sa.Index("task_due", task.c.sort_due, task.c.id, sqlite_where=_OPEN, postgresql_where=_OPEN)
sa.Index(
    "task_claimed",
    task.c.claimed_by,
    task.c.sort_due,
    task.c.id,
    sqlite_where=_CLAIMED,
    postgresql_where=_CLAIMED,
)

saved_filter = sa.Table(
    "saved_filter",
    metadata,
    sa.Column("owner", sa.String(64), primary_key=True),
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("query", sa.JSON, nullable=False),
)

delegation = sa.Table(
    "delegation",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("agency", sa.String(64), nullable=False),
    sa.Column("role", sa.String(64), nullable=False),
    sa.Column("giver", sa.String(64), nullable=False),
    sa.Column("taker", sa.String(64), nullable=False),
    sa.Column("taker_name", sa.String(200), nullable=False),
    sa.Column("first_day", sa.String(10), nullable=False),
    sa.Column("last_day", sa.String(10), nullable=False),
)
sa.Index("delegation_taker", delegation.c.taker, delegation.c.last_day)
sa.Index("delegation_giver", delegation.c.giver, delegation.c.last_day)

timer = sa.Table(
    "timer",
    metadata,
    sa.Column("case_no", sa.String(160), primary_key=True),
    sa.Column("token", sa.String(32), primary_key=True),
    sa.Column("due", sa.Float, nullable=False),
)
sa.Index("timer_due", timer.c.due)

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
)
sa.Index("document_case", document.c.case_no)

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

history = sa.Table(
    "history",
    metadata,
    sa.Column("case_no", sa.String(160), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("actor", sa.String(64), nullable=False),
    sa.Column("command", sa.String(16), nullable=False),
    sa.Column("key", sa.String(128), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)
_KEYED = sa.text("key <> ''")
sa.Index(
    "history_key",
    history.c.case_no,
    history.c.key,
    unique=True,
    sqlite_where=_KEYED,
    postgresql_where=_KEYED,
)

subscription = sa.Table(
    "subscription",
    metadata,
    sa.Column("id", BIGID, primary_key=True, autoincrement=True),
    sa.Column("case_no", sa.String(160), nullable=False),
    sa.Column("token", sa.String(32), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("key", sa.String(200), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
)
sa.Index("subscription_case", subscription.c.case_no, subscription.c.token, unique=True)
sa.Index("subscription_name", subscription.c.name, subscription.c.key, subscription.c.id)

job = sa.Table(
    "job",
    metadata,
    sa.Column("case_no", sa.String(160), primary_key=True),
    sa.Column("token", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(128), nullable=False),
    sa.Column("element", sa.String(128), nullable=False),
    sa.Column("attributes", sa.JSON, nullable=False),
    sa.Column("lease", sa.String(32), nullable=False),
    sa.Column("due", sa.Float, nullable=False),
)
sa.Index("job_due", job.c.kind, job.c.due)

incident = sa.Table(
    "incident",
    metadata,
    sa.Column("case_no", sa.String(160), primary_key=True),
    sa.Column("token", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("element", sa.String(128), nullable=False),
    sa.Column("reason", sa.String(64), nullable=False),
    sa.Column("message", sa.JSON, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("next_at", sa.String(40), nullable=True),
    sa.Column("resolved_at", sa.String(40), nullable=True),
)
sa.Index("incident_open", incident.c.resolved_at, incident.c.at)
