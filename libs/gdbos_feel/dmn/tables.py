"""Decision tables with every hit policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gdbos_feel.boundary import plain
from gdbos_feel.builtins import BUILTINS
from gdbos_feel.dmn.session import fault, note
from gdbos_feel.env import Env, Run
from gdbos_feel.types import Type, convert
from gdbos_feel.values import equal


@dataclass(frozen=True, slots=True)
class Column:
    """An input. `allowed`: whether a value may stand here; `text` as the author wrote it."""

    text: str
    run: Run
    declared: Type | None
    allowed: Run | None


@dataclass(frozen=True, slots=True)
class Output:
    """`order`: the allowed values, most wanted first; `default`: when no row matches."""

    name: str
    declared: Type | None
    order: Callable[[Env], list[Any]] | None
    default: Run | None


@dataclass(frozen=True, slots=True)
class Row:
    tests: tuple[Run, ...]
    results: tuple[Run, ...]
    cells: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to run. `policy`: UNIQUE ANY PRIORITY FIRST COLLECT "RULE ORDER" "OUTPUT ORDER"."""

    name: str
    policy: str
    aggregation: str
    inputs: tuple[Column, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]

    def __call__(self, env: Env) -> Any:
        given = [self._input(column, env) for column in self.inputs]
        if any(not fits for _, fits in given):
            return None
        scopes = [env.inner({"?": value}) for value, _ in given]
        hits = self._hits(scopes, env)
        note(env, self._trace([value for value, _ in given], hits))
        if not hits:
            return self._default(env)
        if self.policy == "UNIQUE" and len(hits) > 1:
            fault(env, f"{self.name}: rows {', '.join(str(n + 1) for n in hits)} all match, one may")
            return None
        return self._decide([[run(env) for run in self.rows[n].results] for n in hits], env)

    def _input(self, column: Column, env: Env) -> tuple[Any, bool]:
        value = column.run(env)
        if column.declared is not None:
            value, fits = convert(value, column.declared)
            if not fits:
                fault(env, f"{self.name}: {column.text} is not of its type")
                return None, False
        if column.allowed is not None and column.allowed(env.inner({"?": value})) is not True:
            fault(env, f"{self.name}: {column.text} is none of its allowed values")
            return None, False
        return value, True

    def _hits(self, scopes: list[Env], env: Env) -> list[int]:
        found = []
        for number, row in enumerate(self.rows):
            env.budget.spend()
            if all(test(scope) is True for test, scope in zip(row.tests, scopes, strict=True)):
                found.append(number)
                if self.policy == "FIRST":
                    break
        return found

    def _decide(self, found: list[list[Any]], env: Env) -> Any:
        if self.policy in ("PRIORITY", "OUTPUT ORDER"):
            orders = [output.order(env) if output.order else [] for output in self.outputs]
            found = sorted(found, key=lambda row: [_rank(v, o) for v, o in zip(row, orders, strict=True)])
        values = [self._shaped(row) for row in found]
        if self.policy == "ANY" and any(equal(values[0], each) is not True for each in values):
            fault(env, f"{self.name}: the matching rows differ")
            return None
        if self.policy in ("UNIQUE", "ANY", "PRIORITY", "FIRST"):
            return values[0]
        return self._collected(values)

    def _collected(self, values: list[Any]) -> Any:
        if self.policy != "COLLECT" or not self.aggregation:
            return values
        if self.aggregation == "COUNT":
            return Decimal(len(values))
        return BUILTINS[self.aggregation.lower()](values)

    def _shaped(self, row: list[Any]) -> Any:
        values = [
            convert(value, output.declared)[0] if output.declared is not None else value
            for value, output in zip(row, self.outputs, strict=True)
        ]
        if len(values) == 1:
            return values[0]
        return {output.name: value for output, value in zip(self.outputs, values, strict=True)}

    def _default(self, env: Env) -> Any:
        if all(output.default is None for output in self.outputs):
            return None
        return self._shaped([output.default(env) if output.default else None for output in self.outputs])

    def _trace(self, given: list[Any], hits: list[int]) -> dict[str, Any]:
        return {
            "table": self.name,
            "policy": self.policy,
            "inputs": {c.text: plain(v) for c, v in zip(self.inputs, given, strict=True)},
            "matched": [
                {"row": n + 1, "cells": list(self.rows[n].cells), "notes": list(self.rows[n].notes)}
                for n in hits
            ],
        }


def _rank(value: Any, order: list[Any]) -> int:
    """The place among the allowed values; last when it has none."""
    return next((place for place, each in enumerate(order) if equal(value, each) is True), len(order))
