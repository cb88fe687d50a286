"""Statements of the hot path: compiled once for each dialect, then run as text and values.

SQLAlchemy still writes the SQL, converts the values and names the errors; what is saved is its walk over the
statement at every execution, which costs more than SQLite's work.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]
Convert = Callable[[Any], Any] | None
_DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}


class Prepared:
    """A Core statement with named parameters. `keys`: the columns that an INSERT or UPDATE sets; KeyError for values
    that leave one out. What an INSERT returns is read like what a SELECT selects."""

    def __init__(self, statement: Any, keys: Iterable[str] = ()) -> None:
        self._make: Callable[[Any], Any] = lambda _dialect: statement
        self._keys = list(keys) or None
        self._plans: dict[str, _Plan] = {}

    @classmethod
    def of_dialect(cls, make: Callable[[Any], Any], keys: Iterable[str] = ()) -> Prepared:
        """A statement that only a dialect's own INSERT can say (ON CONFLICT): `make` takes the dialect's module."""
        prepared = cls(None, keys)
        prepared._make = make
        return prepared

    def run(self, connection: sa.Connection, values: Row) -> int:
        """The number of rows."""
        plan = self._plan(connection)
        return int(_execute(connection, plan.text, plan.bound(values)).rowcount)

    def run_many(self, connection: sa.Connection, rows: Iterable[Row]) -> None:
        for row in rows:
            self.run(connection, row)

    def one(self, connection: sa.Connection, values: Row) -> dict[str, Any] | None:
        """The first row as a dict; None without one."""
        plan = self._plan(connection)
        row = _execute(connection, plan.text, plan.bound(values)).fetchone()
        return plan.read(row) if row is not None else None

    def _plan(self, connection: sa.Connection) -> _Plan:
        name = connection.dialect.name
        found = self._plans.get(name)
        if found is None:
            statement = self._make(_DIALECTS[name])
            found = self._plans[name] = _Plan(statement, self._keys, connection.dialect)
        return found


def _execute(connection: sa.Connection, text: str, values: Any) -> Any:
    """The driver's cursor after execution; its errors become SQLAlchemy's, and a dead connection leaves the pool."""
    if not connection.in_transaction():
        connection.begin()
    dialect = connection.dialect
    cursor = connection.connection.cursor()
    try:
        cursor.execute(text, values)
    except dialect.loaded_dbapi.Error as error:
        gone = dialect.is_disconnect(error, connection.connection, cursor)
        if gone:
            connection.invalidate(error)
        raise sa.exc.DBAPIError.instance(
            text, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, connection_invalidated=gone
        ) from error
    return cursor


class _Plan:
    def __init__(self, statement: Any, keys: list[str] | None, dialect: sa.Dialect) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=keys)
        self.text = str(compiled)
        names = compiled.positiontup or list(compiled.binds)
        self._binds = [(name, _writer(compiled.binds[name].type, dialect)) for name in names]
        self._fixed = {
            name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required
        }
        self._positional = compiled.positiontup is not None
        self._columns: list[tuple[str, Convert]] = [
            (column.name, column.type.dialect_impl(dialect).result_processor(dialect, None))
            for column in statement.exported_columns
        ]

    def bound(self, values: Row) -> Any:
        if self._fixed:
            values = {**self._fixed, **values}
        if self._positional:
            return [
                convert(values[name]) if convert is not None else values[name]
                for name, convert in self._binds
            ]
        return {
            name: convert(values[name]) if convert is not None else values[name]
            for name, convert in self._binds
        }

    def read(self, row: Any) -> dict[str, Any]:
        return {
            name: convert(value) if convert is not None else value
            for (name, convert), value in zip(self._columns, row, strict=True)
        }


def _writer(type: Any, dialect: sa.Dialect) -> Convert:
    """JSON is written short; what is left out in Python is SQL's null."""
    if isinstance(type, sa.JSON):
        return _json
    found: Convert = type.dialect_impl(dialect).bind_processor(dialect)
    return found


def _json(value: Any) -> str | None:
    return None if value is None else _ENCODE(value)


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
