"""The token engine: a compiled graph, a small document per instance, pure commands and their effects."""

from services.workflow.domain.engine.commands import (
    assign,
    cancel,
    complete,
    escalate,
    message,
    signal,
    start,
    throw_error,
    timer_fired,
)
from services.workflow.domain.engine.compiler import compile
from services.workflow.domain.engine.documents import Doc
from services.workflow.domain.engine.effects import (
    DefaultTaken,
    Effect,
    Effects,
    Ended,
    JobCreated,
    MessageSent,
    SignalSent,
    Subscribed,
    TaskCancelled,
    TaskCompleted,
    TaskCreated,
    TimerCancelled,
    TimerScheduled,
    Trace,
    Unsubscribed,
)
from services.workflow.domain.engine.errors import Incident
from services.workflow.domain.engine.graph import Graph

__all__ = [
    "DefaultTaken", "Doc", "Effect", "Effects", "Ended", "Graph", "Incident", "JobCreated", "MessageSent", "SignalSent",
    "Subscribed", "TaskCancelled", "TaskCompleted", "TaskCreated", "TimerCancelled", "TimerScheduled", "Trace",
    "Unsubscribed", "assign", "cancel", "compile", "complete", "escalate", "message", "signal", "start",
    "throw_error", "timer_fired",
]  # fmt: skip
