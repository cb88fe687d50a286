"""Alembic migrations of every service, each in its own schema, one process at a time."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from psycopg2 import sql

from gdbos_runtime.settings import SERVICES, Settings
from gdbos_runtime.store import role_of, store_of

LOCK = 7_318_221
LOCK_TIMEOUT_MS = 60_000


def package_of(service: str) -> str:
    """Import name of the service's package."""
    return service if service == "gateway" else f"services.{service}"


def migrate(settings: Settings, services: Iterable[str] = SERVICES, to: str = "") -> dict[str, str]:
    """Bring each schema to its newest revision, or to an older one that it has not passed: {service: revision}.
    Safe to run in several processes."""
    if settings.database_url:
        return _postgres(settings, list(services), to)
    return {service: _upgrade(store_of(service, settings).writing, service, to) for service in services}


def _postgres(settings: Settings, services: list[str], to: str) -> dict[str, str]:
    with _locked(settings) as raw:
        for service in services:
            _prepare(raw, service)
        return {service: _upgrade(store_of(service, settings).writing, service, to) for service in services}


@contextmanager
def _locked(settings: Settings) -> Iterator[Any]:
    """A connection of the owner that holds the advisory lock of migrations."""
    engine = sa.create_engine(settings.database_url, poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.select(sa.func.set_config("lock_timeout", str(LOCK_TIMEOUT_MS), False)))
        connection.execute(sa.select(sa.func.pg_advisory_lock(LOCK)))
        yield connection.connection.dbapi_connection
        connection.execute(sa.select(sa.func.pg_advisory_unlock(LOCK)))
    engine.dispose()


def _prepare(raw: Any, service: str) -> None:
    """The service's role and schema; no other role may use the schema."""
    role, schema = sql.Identifier(role_of(service)), sql.Identifier(service)
    with raw.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role_of(service),))
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
        cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
        cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}").format(schema, role))


def revisions(service: str) -> list[str]:
    """All revisions of the service, the oldest first."""
    return [each.revision for each in _script(service).walk_revisions()][::-1]


def _script(service: str) -> ScriptDirectory:
    package = importlib.import_module(package_of(service))
    return ScriptDirectory(str(Path(package.__path__[0]) / "migrations"))


def _upgrade(engine: sa.Engine, service: str, to: str) -> str:
    script = _script(service)
    target = to or str(script.get_current_head())

    def steps(revision: Any, _context: Any) -> Any:
        return script._upgrade_revs(target, revision)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"fn": steps, "script": script})
        with connection.begin(), Operations.context(context):
            if connection.dialect.name == "postgresql":  # a table of years takes longer than any request may
                connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
            context.run_migrations()
    return target
