"""Decision tables with every hit policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from gdbos_feel.boundary import plain
from gdbos_feel.builtins import BUILTINS
from gdbos_feel.dmn.index import Cell, Index
from gdbos_feel.dmn.session import fault, note
from gdbos_feel.env import Env, Run
from gdbos_feel.types import Type, convert, sure
from gdbos_feel.values import equal

_SINGLE = frozenset({"UNIQUE", "ANY", "PRIORITY", "FIRST"})
"""Hit policies whose table gives one row's results."""


@dataclass(frozen=True, slots=True)
class Column:
    """An input. `allowed`: whether a value may stand here; `text` as the author wrote it."""

    text: str
    run: Run
    declared: Type | None
    allowed: Run | None
    sure: frozenset[type] = field(init=False)
    """Python types whose values may stand here without a look."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sure", sure(self.declared) if self.allowed is None else frozenset())


@dataclass(frozen=True, slots=True)
class Output:
    """`order`: the allowed values, most wanted first; `default`: when no row matches."""

    name: str
    declared: Type | None
    order: Callable[[Env], list[Any]] | None
    default: Run | None
    sure: frozenset[type] = field(init=False)
    """Python types whose values have the declared type."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sure", sure(self.declared))

    def shaped(self, value: Any) -> Any:
        """The value as the declared type has it; null for one that does not fit."""
        if type(value) in self.sure or self.declared is None or self.declared.admits(value):
            return value
        return convert(value, self.declared)[0]


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    results: tuple[Run, ...]
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
    index: Index

    def __call__(self, env: Env) -> Any:
        values: list[Any] = []
        for column in self.inputs:
            value, fits = column.run(env), True
            if type(value) not in column.sure:
                value, fits = self.fitted(column, value, env)
            if fits:
                values.append(value)
        if len(values) < len(self.inputs):
            return None
        hits = self._hits(values, env)
        note(env, partial(self.traced, values, hits))
        return self.outcome(hits, env)

    def outcome(self, hits: list[int], env: Env) -> Any:
        """What the table gives when these rows match."""
        if not hits:
            return self._default(env)
        if len(hits) == 1 and self.policy in _SINGLE:
            results = self.rows[hits[0]].results
            if len(results) == 1:
                return self.outputs[0].shaped(results[0](env))
            return self._shaped([run(env) for run in results])
        if self.policy == "UNIQUE":
            fault(env, f"{self.name}: rows {', '.join(str(n + 1) for n in hits)} all match, one may")
            return None
        return self._decide([[run(env) for run in self.rows[n].results] for n in hits], env)

    def fitted(self, column: Column, value: Any, env: Env) -> tuple[Any, bool]:
        """(the input as the column has it, whether it may stand there)."""
        if column.declared is not None and not column.declared.admits(value):
            value, fits = convert(value, column.declared)
            if not fits:
                fault(env, f"{self.name}: {column.text} is not of its type")
                return None, False
        if column.allowed is not None and column.allowed(env.inner({"?": value})) is not True:
            fault(env, f"{self.name}: {column.text} is none of its allowed values")
            return None, False
        return value, True

    def _hits(self, values: list[Any], env: Env) -> list[int]:
        found = []
        likely = self.index.rows(values)
        known = likely is not None
        for number in range(len(self.rows)) if likely is None else likely:
            env.budget.spend()
            first = self.index.rest[number] if known else 0
            if first == len(values) or self._matches(number, first, values, env):
                found.append(number)
                if self.policy == "FIRST":
                    break
        return found

    def _matches(self, number: int, first: int, values: list[Any], env: Env) -> bool:
        """Whether the cells of a row let the inputs pass, from the `first` on."""
        cells = self.rows[number].cells
        return all(cells[n].run(env.inner({"?": values[n]})) is True for n in range(first, len(cells)))

    def _decide(self, found: list[list[Any]], env: Env) -> Any:
        if self.policy in ("PRIORITY", "OUTPUT ORDER"):
            orders = [output.order(env) if output.order else [] for output in self.outputs]
            found = sorted(found, key=lambda row: [_rank(v, o) for v, o in zip(row, orders, strict=True)])
        values = [self._shaped(row) for row in found]
        if self.policy == "ANY" and any(equal(values[0], each) is not True for each in values):
            fault(env, f"{self.name}: the matching rows differ")
            return None
        if self.policy in _SINGLE:
            return values[0]
        return self._collected(values)

    def _collected(self, values: list[Any]) -> Any:
        if self.policy != "COLLECT" or not self.aggregation:
            return values
        if self.aggregation == "COUNT":
            return Decimal(len(values))
        return BUILTINS[self.aggregation.lower()](values)

    def _shaped(self, row: list[Any]) -> Any:
        if len(row) == 1:
            return self.outputs[0].shaped(row[0])
        return {output.name: output.shaped(value) for output, value in zip(self.outputs, row, strict=True)}

    def _default(self, env: Env) -> Any:
        if all(output.default is None for output in self.outputs):
            return None if self.policy in _SINGLE or self.aggregation else []
        return self._shaped([output.default(env) if output.default else None for output in self.outputs])

    def traced(self, given: list[Any], hits: list[int]) -> dict[str, Any]:
        """The entry of the trace: the inputs by the text of their column, the rows that match."""
        return {
            "table": self.name,
            "policy": self.policy,
            "inputs": {c.text: plain(v) for c, v in zip(self.inputs, given, strict=True)},
            "matched": [
                {
                    "row": n + 1,
                    "cells": [cell.text for cell in self.rows[n].cells],
                    "notes": list(self.rows[n].notes),
                }
                for n in hits
            ],
        }


def _rank(value: Any, order: list[Any]) -> int:
    """The place among the allowed values; last when it has none."""
    return next((place for place, each in enumerate(order) if equal(value, each) is True), len(order))
