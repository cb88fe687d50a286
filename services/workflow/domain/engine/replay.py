"""Commands as values: written into history, carried out, and carried out again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.workflow.domain.engine import commands
from services.workflow.domain.engine.documents import Doc
from services.workflow.domain.engine.effects import Effects
from services.workflow.domain.engine.graph import Graph

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """One command. do: start complete error escalate timer postpone message signal assign cancel.

    target: the start event, the id of the task, job or timer, the name of the message or signal, the reason of a
    cancellation. variables of postpone: {due}. code: error or escalation code. key: correlation key of a message, None when any will do.
    """

    do: str
    target: str = ""
    variables: Json = field(default_factory=dict)
    code: str = ""
    key: str | None = None

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"do": self.do, "target": self.target}
        if self.variables:
            data["variables"] = dict(self.variables)
        if self.code:
            data["code"] = self.code
        if self.key is not None:
            data["key"] = self.key
        return data


def carry_out(graph: Graph, doc: Doc, command: Command, now: datetime) -> tuple[Doc, Effects]:
    """The command done; errors as in commands.py. `doc` is looked at by every command but start."""
    target, variables = command.target, command.variables
    match command.do:
        case "start":
            return commands.start(graph, variables, now, target)
        case "complete":
            return commands.complete(graph, doc, target, variables, now)
        case "error":
            return commands.throw_error(graph, doc, target, command.code, variables, now)
        case "escalate":
            return commands.escalate(graph, doc, target, command.code, variables, now)
        case "timer":
            return commands.timer_fired(graph, doc, target, now)
        case "postpone":
            return commands.postpone(graph, doc, target, variables["due"], now)
        case "message":
            return commands.message(graph, doc, target, variables, now, command.key)
        case "signal":
            return commands.signal(graph, doc, target, variables, now)
        case "assign":
            return commands.assign(graph, doc, variables, now)
        case "cancel":
            return commands.cancel(graph, doc, target, now)
    raise ValueError(f"no such command: {command.do}")


def replayed(graph: Graph, steps: Iterable[tuple[Command, datetime]]) -> Doc:
    """The document after these commands, from nothing."""
    doc: Doc = {}
    for command, now in steps:
        doc, _ = carry_out(graph, doc, command, now)
    return doc
