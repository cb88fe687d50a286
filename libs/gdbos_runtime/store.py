"""The database of one service: SQLite file or PostgreSQL schema, one engine to write and one to read."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from eventlet.semaphore import Semaphore
from sqlalchemy import event

from gdbos_runtime.settings import Settings

POOL_TIMEOUT = 5
STATEMENT_TIMEOUT_MS, LOCK_TIMEOUT_MS = 5000, 2000


def role_of(service: str) -> str:
    """The PostgreSQL role that owns the service's schema (the schema bears the service's name)."""
    return f"gdbos_{service}"


class Store:
    """Engines of one service. SQLite has one writer, so writers queue in the process, not in the file."""

    def __init__(self, service: str, settings: Settings) -> None:
        self.service = service
        self.settings = settings
        self.sqlite = not settings.database_url
        make = _sqlite if self.sqlite else _postgres
        self.writing = make(service, settings, False)
        self.reading = make(service, settings, True)
        self._writer = Semaphore() if self.sqlite else None

    def acquire(self) -> None:
        """Take the writer's place (SQLite only)."""
        if self._writer is not None:
            self._writer.acquire()

    def release(self) -> None:
        if self._writer is not None:
            self._writer.release()

    def dispose(self) -> None:
        self.writing.dispose()
        self.reading.dispose()


def _sqlite(service: str, settings: Settings, reading: bool) -> sa.Engine:
    settings.data.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        f"sqlite:///{settings.data / service}.db",
        hide_parameters=True,
        pool_size=settings.max_workers if reading else 1,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT,
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
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgres(service: str, settings: Settings, reading: bool) -> sa.Engine:
    options = {
        "role": role_of(service),
        "search_path": service,
        "statement_timeout": STATEMENT_TIMEOUT_MS,
        "lock_timeout": LOCK_TIMEOUT_MS,
        "idle_in_transaction_session_timeout": 30_000,
        "default_transaction_read_only": "on" if reading else "off",
    }
    extra = {"isolation_level": "AUTOCOMMIT"} if reading else {}
    return sa.create_engine(
        settings.database_url,
        hide_parameters=True,
        pool_size=max(2, settings.max_workers // 2),
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT,
        connect_args={
            "options": " ".join(f"-c {k}={v}" for k, v in options.items()),
            "connect_timeout": 3,
            "application_name": f"gdbos-{service}",
        },
        **extra,
    )


_STORES: dict[tuple[str, str, str], Store] = {}


def store_of(service: str, settings: Settings) -> Store:
    """The one store of that service in this process."""
    key = (service, str(settings.data), settings.database_url)
    if key not in _STORES:
        _STORES[key] = Store(service, settings)
    return _STORES[key]
