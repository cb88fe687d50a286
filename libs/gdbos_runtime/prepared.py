"""Statements of the hot path: compiled once for each dialect, then run as text and values.

SQLAlchemy still writes the SQL, converts the values and names the errors; what is saved is its walk over the
statement at every execution, which costs more than SQLite's work. PostgreSQL reads each statement once on each
connection (PREPARE) and then gets its name and the values, so a pooler between must keep sessions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from gdbos_contracts.jsontext import short

READING = "gdbos_reading"
"""Execution option of an engine whose reads each stand for themselves."""
Row = Mapping[str, Any]
Convert = Callable[[Any], Any] | None
_DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}
_NAMES = (f"gdbos_{n}" for n in count())


class Prepared:
    """A Core statement on one table, with named parameters. `keys`: the columns that an INSERT or UPDATE sets;
    KeyError for values that leave one out. What an INSERT returns is read like what a SELECT selects."""

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

    @cached_property
    def table(self) -> str:
        """The name of the table that it reads or writes."""
        statement = self._make(sqlite)
        table: Any = statement.get_final_froms()[0] if isinstance(statement, sa.Select) else statement.table
        return str(table.name)

    def run(self, connection: sa.Connection, values: Row) -> int:
        """The number of rows."""
        plan = self._plan(connection.dialect)
        return int(_execute(connection, plan.of(connection), plan.bound(values)).rowcount)

    def bound(self, dialect: sa.Dialect, values: Row) -> Any:
        """The values as the driver of the dialect takes them."""
        return self._plan(dialect).bound(values)

    def run_many(self, connection: sa.Connection, bound: Sequence[Any]) -> int:
        """For each of these values, bound before; the number of rows that all of them changed together."""
        text, many = self._plan(connection.dialect).of(connection), len(bound) > 1
        return int(_execute(connection, text, bound if many else bound[0], many).rowcount)

    def script(self, connection: sa.Connection, bound: Sequence[Any], once: bool = False) -> bytes:
        """psycopg2's text of the statement with each of these values. `once`: each fails with what `not_once` knows
        unless it changes exactly one row."""
        text, cursor = self._plan(connection.dialect).of(connection, once), connection.connection.cursor()
        return b";".join(cursor.mogrify(text, row) for row in bound)

    def not_once(self, error: sa.exc.DBAPIError) -> bool:
        """Whether the error says that this statement did not change exactly one row."""
        return f'{_NOT_ONCE} {self.table}"' in str(error.orig)

    def all(self, connection: sa.Connection, values: Row) -> list[dict[str, Any]]:
        plan = self._plan(connection.dialect)
        return [
            plan.read(row) for row in _execute(connection, plan.of(connection), plan.bound(values)).fetchall()
        ]

    def one(self, connection: sa.Connection, values: Row) -> dict[str, Any] | None:
        """The first row as a dict; None without one."""
        plan = self._plan(connection.dialect)
        row = _execute(connection, plan.of(connection), plan.bound(values)).fetchone()
        return plan.read(row) if row is not None else None

    def _plan(self, dialect: sa.Dialect) -> _Plan:
        found = self._plans.get(dialect.name)
        if found is None:
            statement = self._make(_DIALECTS[dialect.name])
            make = _ServerPlan if dialect.name == "postgresql" else _Plan
            found = self._plans[dialect.name] = make(statement, self._keys, self.table, dialect)
        return found


def run_script(connection: sa.Connection, statements: Iterable[bytes]) -> None:
    """Several statements in one round trip. Of psycopg2 only."""
    _execute(connection, b";".join(statements), None)


def _execute(connection: sa.Connection, text: str | bytes, values: Any, many: bool = False) -> Any:
    """The driver's cursor after execution; its errors become SQLAlchemy's, and a dead connection leaves the pool."""
    if not connection.in_transaction():
        connection.begin()
    return execute(connection, text, values, many)


def execute(connection: sa.Connection, text: str | bytes, values: Any = (), many: bool = False) -> Any:
    """The same inside a transaction that has begun, or is about to."""
    dialect = connection.dialect
    cursor = connection.connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(text, values)
    except dialect.loaded_dbapi.Error as error:
        gone = dialect.is_disconnect(error, connection.connection, cursor) or over(connection)
        if gone:
            connection.invalidate(error)
        raise sa.exc.DBAPIError.instance(
            "" if isinstance(text, bytes) else text,
            None,
            error,
            dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=gone,
        ) from error
    return cursor


def over(connection: sa.Connection) -> bool:
    """Whether an error has ended the transaction that a writer of SQLite has begun. Readers there have none."""
    reading = connection.get_execution_options().get(READING, False)
    if (
        connection.dialect.name != "sqlite"
        or reading
        or connection.invalidated
        or not connection.in_transaction()
    ):
        return False
    return not connection.connection.in_transaction


class _Plan:
    def __init__(self, statement: Any, keys: list[str] | None, table: str, dialect: sa.Dialect) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=keys)
        self.text = str(compiled)
        names = compiled.positiontup or list(compiled.binds)
        self._names = names
        writers = [_writer(compiled.binds[name].type, dialect) for name in names]
        self._writers = [(place, write) for place, write in enumerate(writers) if write is not None]
        self._fixed = {
            name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required
        }
        self._positional = compiled.positiontup is not None
        self._columns: list[tuple[str, Convert]] = [
            (column.name, column.type.dialect_impl(dialect).result_processor(dialect, None))
            for column in statement.exported_columns
        ]

    def of(self, connection: sa.Connection, once: bool = False) -> str:
        """What the driver executes."""
        return self.text

    def bound(self, values: Row) -> Any:
        if self._fixed:
            values = {**self._fixed, **values}
        row = [values[name] for name in self._names]
        for place, write in self._writers:
            row[place] = write(row[place])
        return row if self._positional else dict(zip(self._names, row, strict=True))

    def read(self, row: Any) -> dict[str, Any]:
        return {
            name: convert(value) if convert is not None else value
            for (name, convert), value in zip(self._columns, row, strict=True)
        }


class _ServerPlan(_Plan):
    """Known to the server by a name on each connection that has used it."""

    def __init__(self, statement: Any, keys: list[str] | None, table: str, dialect: sa.Dialect) -> None:
        super().__init__(statement, keys, table, dialect)
        names = [name for name in self._names if f"%({name})s" in self.text]
        numbered = self.text % {name: f"${n}" for n, name in enumerate(names, 1)}
        self._bodies = (numbered, _ONCE.format(numbered, f"{_NOT_ONCE} {table}"))
        self._known_as = next(_NAMES), next(_NAMES)
        values = f"({', '.join(f'%({name})s' for name in names)})" if names else ""
        self._calls = tuple(f"EXECUTE {name}{values}" for name in self._known_as)

    def of(self, connection: sa.Connection, once: bool = False) -> str:
        name, known = self._known_as[once], connection.info.setdefault(_KNOWN, set())
        if name not in known:
            _execute(connection, f"PREPARE {name} AS {self._bodies[once]}", None)
            known.add(name)
        return self._calls[once]


_KNOWN = "gdbos_prepared"
_NOT_ONCE = "rows changed in"
_ONCE = (
    "WITH changed AS ({} RETURNING 1)"
    " SELECT CASE count(*) WHEN 1 THEN 1 ELSE (count(*) || ' {}')::int END FROM changed"
)
"""The driver knows the count of the last statement of a text only, so each fails by itself when it is not one."""


def _writer(type: Any, dialect: sa.Dialect) -> Convert:
    """JSON is written short; what is left out in Python is SQL's null."""
    if isinstance(type, sa.JSON):
        return _json
    found: Convert = type.dialect_impl(dialect).bind_processor(dialect)
    return found


def _json(value: Any) -> str | None:
    return None if value is None else short(value)
