"""A unit of work: state, audit and outbox in one commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, Protocol

import sqlalchemy as sa

from gdbos_contracts import jsontext
from gdbos_contracts.envelope import Event
from gdbos_contracts.errors import Conflict, Unavailable
from gdbos_contracts.events import subscribers
from gdbos_runtime import cache, clock, context, crash, logs
from gdbos_runtime.ids import unique
from gdbos_runtime.pending import Pending
from gdbos_runtime.prepared import Prepared, Row
from gdbos_runtime.store import Store
from gdbos_runtime.tables import runtime_tables
from gdbos_runtime.wake import bell

RUNTIME = runtime_tables(sa.MetaData())
"""The runtime tables, unbound to any service: the schema comes from the connection."""
_AUDIT = Prepared(sa.insert(RUNTIME["audit"]), ("at", "actor", "action", "object", "body"))
_OUTBOX = Prepared(sa.insert(RUNTIME["outbox"]), ("event_id", "destination", "body", "due", "published"))
_LOCK = sa.select(sa.func.pg_try_advisory_xact_lock(sa.func.hashtextextended(sa.bindparam("key"), 0)))


class Clearable(Protocol):
    def clear(self) -> None: ...


class UnitOfWork:
    """Use as a context manager. The transaction begins with the first use of `connection`; leaving the
    block without `commit` rolls back. Raises Unavailable when the database is away or busy."""

    def __init__(self, store: Store, writing: bool = True) -> None:
        self._store = store
        self._lender = store.writers if writing else store.readers
        self._connection: sa.Connection | None = None
        self._pending = Pending(store.writing.dialect)
        self._events: list[Event] = []
        self._outdated: list[Clearable] = []
        self._now: datetime | None = None
        self._at = ""

    def __enter__(self) -> UnitOfWork:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pending.clear()
        try:
            self._end(sound=error is None)
        finally:
            if self._outdated:  # it read what it wrote, perhaps, and remembered it
                cache.forget()
        if isinstance(error, (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)):
            logs.get(__name__).warning(
                "database", service=self._store.service, error=type(error.__cause__).__name__
            )
            raise Unavailable from error
        if isinstance(error, sa.exc.IntegrityError):
            raise Conflict from error

    @property
    def connection(self) -> sa.Connection:
        """The transaction, with all that was written so far."""
        connection = self._open()
        self._pending.flush(connection)
        return connection

    def write(self, statement: Prepared, values: Row, one: type[Conflict] | None = None) -> None:
        """Write before anybody reads it, at the latest with the commit. `one` is raised, then, unless it changes
        exactly one row."""
        self._pending.add(statement, values, one)

    def read(self, statement: Prepared, values: Row) -> list[dict[str, Any]]:
        """The rows of a statement, with what this work wrote to its table."""
        connection = self._open()
        if self._pending.touches(statement.table):
            self._pending.flush(connection, [statement.table])
        return statement.all(connection, values)

    def aside(self, statement: Prepared, values: Row) -> list[dict[str, Any]]:
        """The rows of a statement whose effect stays whatever becomes of this work, and whose locks nobody waits for:
        on PostgreSQL it commits by itself. SQLite has one writer, so there it is part of this work."""
        asides = self._store.asides
        if asides is None:
            return self.read(statement, values)
        connection, sound = asides.take(), False
        try:
            rows, sound = statement.all(connection, values), True
        finally:
            asides.give_back(connection, sound)
        return rows

    def forget(self, memory: Clearable) -> None:
        """What the process remembers there is out of date with what this writes. Forgotten now, and again when this is
        durable: others remember what they read meanwhile."""
        memory.clear()
        self._outdated.append(memory)

    @property
    def database(self) -> str:
        """Which database this is, of those that a process knows."""
        return self._store.name

    @property
    def now(self) -> datetime:
        """The moment of this work, +08:00: the same for all that it writes."""
        if self._now is None:
            self._now = clock.now()
        return self._now

    @property
    def at(self) -> str:
        """The same moment as text, RFC 3339."""
        if not self._at:
            self._at = self.now.isoformat()
        return self._at

    def emit(self, type: str, subject: str, data: Mapping[str, Any]) -> None:
        """Tell the subscribers of `type` when this commits; KeyError for an undeclared type."""
        subscribers(type)
        self._events.append(
            Event(
                id=unique(16),
                type=type,
                source=self._store.service,
                subject=subject,
                at=self.at,
                data=data,
                traceparent=context.current().traceparent,
            )
        )

    def audit(self, action: str, object: str, **facts: Any) -> None:
        """Who did what to which object; `facts` are JSON without personal data beyond pseudonyms."""
        now = context.current()
        body = {"trace": now.traceparent[3:35], "kind": now.principal.kind, **facts}
        self.write(
            _AUDIT,
            {
                "at": self.at,
                "actor": now.principal.id,
                "action": action,
                "object": object,
                "body": jsontext.canonical(body),
            },
        )

    def try_lock(self, key: str) -> bool:
        """A lock on `key` until the end of the transaction; False when another transaction holds it.
        SQLite has one writer, so whoever is here holds every lock."""
        if self._store.sqlite:
            return True
        return bool(self.connection.scalar(_LOCK, {"key": key}))

    def commit(self) -> None:
        """One commit of everything. An error here means: nothing was written, or the outcome is unknown."""
        rows = [
            {
                "event_id": e.id,
                "destination": to,
                "body": body,
                "due": clock.now().timestamp(),
                "published": 0,
            }
            for e in self._events
            for body in [jsontext.short(e.to_data())]
            for to in subscribers(e.type)
        ]
        for row in rows:
            self.write(_OUTBOX, row)
        connection = self.connection
        crash.point("commit.before", self._store.service)
        self._connection = None
        self._lender.commit(connection)
        crash.point("commit.after", self._store.service)
        self._events = []
        outdated, self._outdated = self._outdated, []
        for memory in outdated:
            memory.clear()
        if rows:
            bell(f"relay.{self._store.service}").ring()

    def _open(self) -> sa.Connection:
        if self._connection is None:
            self._connection = self._lender.take()
        return self._connection

    def _end(self, sound: bool) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            self._lender.give_back(connection, sound)
