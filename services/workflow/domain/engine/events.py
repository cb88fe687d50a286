"""Waiting for events: timers, messages, signals and conditions on tokens and scopes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.workflow.domain.bpmn.expressions import feel, marked
from services.workflow.domain.engine.effects import Subscribed, TimerScheduled
from services.workflow.domain.engine.errors import Incident
from services.workflow.domain.engine.expressions import evaluate, plain
from services.workflow.domain.engine.graph import Event, Node
from services.workflow.domain.engine.state import Run
from services.workflow.domain.engine.timers import Schedule, following, schedule


def attach(run: Run, node: Node, token: str, scope: str) -> None:
    """Arm the boundary events of an activity where a token stands; those of a loop are on its container."""
    if "i" in run.scopes[scope]:
        return
    for boundary in node.boundary:
        arm(run, run.nodes[boundary], token, scope)


def arm(run: Run, node: Node, owner: str, scope: str) -> None:
    """Wait for the event of `node` on behalf of a token or scope. Errors and escalations need no waiting."""
    event = node.event
    if event is None or event.kind not in ("timer", "message", "signal", "conditional"):
        return
    wait = run.new("w")
    facts: dict[str, Any] = {"k": event.kind, "o": owner, "e": node.id, "s": scope}
    if event.kind == "timer":
        first = _schedule(event, run.context(scope), node.id, run.now)
        facts |= _timed(first)
        run.effects.append(TimerScheduled(wait, first.due))
    elif event.kind == "conditional":
        run.changed = True
    else:
        facts["n"] = event.name
        facts["key"] = _key(event, run.context(scope), node.id)
        run.effects.append(Subscribed(wait, event.name, facts["key"], event.kind))
    run.waits[wait] = facts


def rearm(run: Run, wait: str) -> None:
    """After a firing that interrupts nothing: a cycle goes on under a new id, a single timer is spent."""
    facts = run.waits[wait]
    if facts["k"] != "timer":
        return
    del run.waits[wait]
    due = datetime.fromisoformat(facts["due"])
    after = following(due, facts["left"], facts["every"])
    if after is not None:
        new = run.new("w")
        run.waits[new] = {**facts, **_timed(after)}
        run.effects.append(TimerScheduled(new, after.due))


def _timed(each: Schedule) -> dict[str, Any]:
    return {"due": each.due.isoformat(), "left": each.repeats, "every": each.every}


def _key(event: Event, context: Mapping[str, Any], element: str) -> str:
    """The correlation key as text; "" when the model gives none or it is null."""
    value = plain(evaluate(event.key, context, element)) if event.key else None
    return "" if value is None else str(value)


def _schedule(event: Event, context: Mapping[str, Any], element: str, now: datetime) -> Schedule:
    """The literal ISO 8601 text, else the value of the FEEL expression."""
    text = event.expression
    if not marked(text):
        try:
            return schedule(event.timer, text, now)
        except ValueError:
            pass  # not a literal: it may be an expression that was not marked as one
    value = plain(evaluate(feel(text), context, element))
    try:
        return schedule(event.timer, str(value), now)
    except ValueError:
        raise Incident(
            element,
            "timer",
            f"定时表达式“{text}”不是 ISO 8601 时间",
            f"定時運算式「{text}」不是 ISO 8601 時間",
            f"timer {text!r} is not an ISO 8601 {event.timer}",
        ) from None
