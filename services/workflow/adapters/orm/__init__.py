"""Tables of the workflow, by noun."""

from services.workflow.adapters.orm.archives import archive, archive_due, archive_rule
from services.workflow.adapters.orm.base import metadata, runtime
from services.workflow.adapters.orm.cases import (
    application_key,
    case,
    document,
    document_file,
    draft,
    evaluation,
    message,
    serial,
    timeline,
)
from services.workflow.adapters.orm.desk import delegation, saved_filter, task
from services.workflow.adapters.orm.engine import (
    history,
    incident,
    job,
    migration,
    migration_case,
    subscription,
    timer,
)
from services.workflow.adapters.orm.processes import decision, process, template
from services.workflow.adapters.orm.reengineering import model_draft, study, trial
from services.workflow.adapters.orm.supervision import (
    calendar_change,
    calendar_day,
    case_clock,
    order,
    record,
    succession,
)

__all__ = [
    "application_key",
    "archive",
    "archive_due",
    "archive_rule",
    "calendar_change",
    "calendar_day",
    "case",
    "case_clock",
    "decision",
    "delegation",
    "document",
    "document_file",
    "draft",
    "evaluation",
    "history",
    "incident",
    "job",
    "message",
    "metadata",
    "migration",
    "migration_case",
    "order",
    "process",
    "model_draft",
    "record",
    "runtime",
    "saved_filter",
    "serial",
    "study",
    "subscription",
    "succession",
    "task",
    "template",
    "timeline",
    "timer",
    "trial",
]
