"""The database of one service: SQLite file or PostgreSQL schema, one engine to write and one to read."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from gdbos_contracts.jsontext import short
from gdbos_runtime.lenders import GroupLender, Lender
from gdbos_runtime.prepared import READING, execute, over
from gdbos_runtime.settings import Settings

PATIENCE, SPARE, ASIDES = 5.0, 1, 2
"""Seconds to wait for a connection; connections for what is no unit of work (a migration, a look from outside);
connections whose statements are their own transactions."""

STATEMENT_TIMEOUT_MS, LOCK_TIMEOUT_MS = 5000, 2000


def role_of(service: str) -> str:
    """The PostgreSQL role that owns the service's schema (the schema bears the service's name)."""
    return f"gdbos_{service}"


class Store:
    """Engines of one service. SQLite has one writer, so writers queue in the process, not in the file, and share its
    commits."""

    def __init__(self, service: str, settings: Settings) -> None:
        self.service = service
        self.settings = settings
        self.sqlite = not settings.database_url
        make = _sqlite if self.sqlite else _postgres
        self.writing = make(service, settings, False)
        self.reading = make(service, settings, True)
        self.asides = None if self.sqlite else Lender(_postgres_aside(service, settings), ASIDES, PATIENCE)
        self.name = f"{self.writing.url}/{service}"
        self.writers = (
            GroupLender(self.writing) if self.sqlite else Lender(self.writing, _places(settings), PATIENCE)
        )
        readers = settings.max_workers if self.sqlite else _places(settings)
        self.readers = Lender(self.reading, readers, PATIENCE)

    def dispose(self) -> None:
        self.writers.dispose()
        self.readers.dispose()
        if self.asides is not None:
            self.asides.dispose()


def _places(settings: Settings) -> int:
    """Connections to PostgreSQL of one service in one process, for each of writing and reading."""
    return max(2, settings.max_workers // 2)


def _sqlite(service: str, settings: Settings, reading: bool) -> sa.Engine:
    settings.data.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        f"sqlite:///{settings.data / service}.db",
        hide_parameters=True,
        json_serializer=short,
        execution_options={READING: reading},
        pool_size=settings.max_workers if reading else 1,
        max_overflow=SPARE,
        pool_timeout=PATIENCE,
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=5000",
            "foreign_keys=ON",
            "cache_size=-65536",
            "mmap_size=268435456",
            "query_only=ON" if reading else "query_only=OFF",
        ):
            connection.execute("PRAGMA " + pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        if not reading:  # each read stands for itself, as with PostgreSQL's autocommit
            execute(connection, "BEGIN IMMEDIATE")

    @event.listens_for(engine, "handle_error")
    def failed(context: sa.ExceptionContext) -> None:
        """An error that ended the transaction: what follows would be written by itself, without it."""
        if context.connection is not None and over(context.connection):
            context.is_disconnect = True
            context.invalidate_pool_on_disconnect = False

    return engine


def _postgres(service: str, settings: Settings, reading: bool) -> sa.Engine:
    """Each read stands for itself."""
    if reading:
        return _connecting(service, settings, "AUTOCOMMIT", default_transaction_read_only="on")
    return _connecting(service, settings)


def _postgres_aside(service: str, settings: Settings) -> sa.Engine:
    """Each statement is committed by itself, and durable with the next commit that waits for the disk."""
    return _connecting(service, settings, "AUTOCOMMIT", synchronous_commit="off")


def _connecting(
    service: str,
    settings: Settings,
    isolation: sa.engine.interfaces.IsolationLevel | None = None,
    **more: Any,
) -> sa.Engine:
    options = {
        "role": role_of(service),
        "search_path": service,
        "statement_timeout": STATEMENT_TIMEOUT_MS,
        "lock_timeout": LOCK_TIMEOUT_MS,
        "idle_in_transaction_session_timeout": 30_000,
        **more,
    }
    return sa.create_engine(
        settings.database_url,
        hide_parameters=True,
        json_serializer=short,
        pool_size=_places(settings),
        max_overflow=SPARE,
        pool_timeout=PATIENCE,
        connect_args={
            "options": " ".join(f"-c {k}={v}" for k, v in options.items()),
            "connect_timeout": 3,
            "application_name": f"gdbos-{service}",
        },
        **({"isolation_level": isolation} if isolation else {}),
    )


_STORES: dict[tuple[str, str, str], Store] = {}


def store_of(service: str, settings: Settings) -> Store:
    """The one store of that service in this process."""
    key = (service, str(settings.data), settings.database_url)
    if key not in _STORES:
        _STORES[key] = Store(service, settings)
    return _STORES[key]
