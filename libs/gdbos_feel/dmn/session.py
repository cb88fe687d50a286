"""What one evaluation of a model collects, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gdbos_feel.env import MOST_SECONDS, MOST_STEPS, Budget, Env

Note = Callable[[], Mapping[str, Any]]
"""An entry of the trace, to be written when somebody reads it."""


@dataclass(slots=True)
class Result:
    """The value, and what went wrong on the way to it."""

    value: Any
    errors: list[str] = field(default_factory=list)
    _notes: list[Note] = field(default_factory=list, repr=False, compare=False)

    @property
    def trace(self) -> list[Mapping[str, Any]]:
        """In order, {"decision", "value"} and {"table", "inputs", "matched": [{"row", "cells", "notes"}]}; written
        when it is asked for, because most evaluations are never explained."""
        return [note() for note in self._notes]


class Session(Budget):
    """The budget of an evaluation, with its errors and its trace."""

    __slots__ = ("errors", "notes")

    def __init__(self, steps: int = MOST_STEPS, seconds: float = MOST_SECONDS) -> None:
        Budget.__init__(self, steps, seconds)
        self.errors: list[str] = []
        self.notes: list[Note] = []

    def fault(self, message: str) -> None:
        self.errors.append(message)


def fault(env: Env, message: str) -> None:
    """Notes an error; the value stays null."""
    env.budget.fault(message)


def note(env: Env, entry: Note) -> None:
    if isinstance(env.budget, Session):
        env.budget.notes.append(entry)
