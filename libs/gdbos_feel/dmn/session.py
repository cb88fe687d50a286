"""What one evaluation of a model collects, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gdbos_feel.env import MOST_SECONDS, MOST_STEPS, Budget, Env


@dataclass(frozen=True, slots=True)
class Result:
    """`trace`: in order, {"decision", "value"} and {"table", "inputs", "matched": [{"row", "cells", "notes"}]}."""

    value: Any
    errors: list[str] = field(default_factory=list)
    trace: list[Mapping[str, Any]] = field(default_factory=list)


class Session(Budget):
    """The budget of an evaluation, with its errors and its trace."""

    __slots__ = ("errors", "trace")

    def __init__(self, steps: int = MOST_STEPS, seconds: float = MOST_SECONDS) -> None:
        super().__init__(steps, seconds)
        self.errors: list[str] = []
        self.trace: list[Mapping[str, Any]] = []

    def fault(self, message: str) -> None:
        self.errors.append(message)


def fault(env: Env, message: str) -> None:
    """Notes an error; the value stays null."""
    env.budget.fault(message)


def note(env: Env, entry: Mapping[str, Any]) -> None:
    if isinstance(env.budget, Session):
        env.budget.trace.append(entry)
