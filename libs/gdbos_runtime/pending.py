"""Writes of a transaction that nobody has read yet, kept back so that the rows of one statement go together.

SQLite runs each statement once for all its rows; PostgreSQL gets one text for all of them, one round trip. The writes
of one table keep their order; those of different tables do not, which no rule of the databases here can tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from gdbos_contracts.errors import Conflict
from gdbos_runtime.prepared import Prepared, Row, run_script


@dataclass(slots=True)
class _Run:
    """Consecutive rows of one statement. `one`: what is raised when one of them does not change exactly one row,
    because another writer was faster."""

    statement: Prepared
    one: type[Conflict] | None
    rows: list[Any] = field(default_factory=list)


class Pending:
    def __init__(self, dialect: sa.Dialect) -> None:
        self._dialect = dialect
        self._runs: dict[str, list[_Run]] = {}

    def add(self, statement: Prepared, values: Row, one: type[Conflict] | None) -> None:
        """The values are taken as they are now, whatever becomes of the objects that held them."""
        runs = self._runs.setdefault(statement.table, [])
        if not runs or runs[-1].statement is not statement:
            runs.append(_Run(statement, one))
        runs[-1].rows.append(statement.bound(self._dialect, values))

    def touches(self, table: str) -> bool:
        return table in self._runs

    def flush(self, connection: sa.Connection, tables: Iterable[str] = ()) -> None:
        """Write what waits for these tables, or everything; what `one` said when another writer was faster."""
        runs = [run for name in [*(tables or self._runs)] for run in self._runs.pop(name, ())]
        if self._dialect.name == "sqlite":
            for run in runs:
                changed = run.statement.run_many(connection, run.rows)
                if run.one is not None and changed != len(run.rows):
                    raise run.one
        elif runs:
            _flush_as_text(connection, runs)

    def clear(self) -> None:
        self._runs = {}


def _flush_as_text(connection: sa.Connection, runs: list[_Run]) -> None:
    try:
        run_script(
            connection,
            [run.statement.script(connection, run.rows, once=run.one is not None) for run in runs],
        )
    except sa.exc.DataError as error:
        for run in runs:
            if run.one is not None and run.statement.not_once(error):
                raise run.one from None
        raise
