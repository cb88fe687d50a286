"""Decision tables of which some inputs are unknown: what each row does then, and what that leaves open."""

from __future__ import annotations

from functools import partial
from typing import Any

from gdbos_feel.dmn.session import note
from gdbos_feel.dmn.tables import Table
from gdbos_feel.env import Env
from gdbos_feel.open.facts import Facts, Held, Missing
from gdbos_feel.values import identical


class OpenTable(Table):
    """The value is known when it is the same whichever of the undecided rows match."""

    __slots__ = ()

    def __call__(self, env: Env) -> Any:
        values: list[Any] = []
        scopes = []
        for column in self.inputs:
            try:
                value, fits = self.fitted(column, column.run(env), env)
            except Missing as missing:
                value, fits = None, True
                scopes.append(env.inner(Facts({}, {"?": missing.facts})))
            else:
                scopes.append(env.inner({"?": value}))
            if not fits:
                return None
            values.append(value)
        held = Held()
        sure, undecided = self._sorted(scopes, env, held)
        note(env, lambda: self.traced(values, sure))
        return self._settled(sure, undecided, env, held)

    def _sorted(self, scopes: list[Env], env: Env, held: Held) -> tuple[list[int], list[int]]:
        """(rows that match, rows that may). Of FIRST none after the first that does."""
        sure: list[int] = []
        undecided: list[int] = []
        for number in range(len(self.rows)):
            env.budget.spend()
            found = self._row(number, scopes)
            if isinstance(found, Held):
                held.facts += found.facts
                undecided.append(number)
            elif found:
                sure.append(number)
                if self.policy == "FIRST":
                    break
        return sure, undecided

    def _row(self, number: int, scopes: list[Env]) -> bool | Held:
        held = Held()
        for cell, scope in zip(self.rows[number].cells, scopes, strict=True):
            if held.value(partial(cell.run, scope)) not in (True, held):
                return False
        return held if held.facts else True

    def _settled(self, sure: list[int], undecided: list[int], env: Env, held: Held) -> Any:
        """A row that changes nothing, alone or beside one of its like, changes nothing beside any: so every
        undecided row is tried alone and two of them together."""
        ways = [sure, *(sorted([*sure, each]) for each in undecided)]
        if len(undecided) > 1:
            ways.append(sorted([*sure, *undecided[:2]]))
        values = [held.value(partial(self.outcome, way, env)) for way in ways]
        if any(value is held or not identical(value, values[0]) for value in values):
            held.release()
        return values[0]
