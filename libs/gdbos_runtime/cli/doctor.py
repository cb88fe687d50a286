"""gdbos doctor"""

from __future__ import annotations

import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa
import typer

from gdbos_runtime import broker
from gdbos_runtime.settings import SERVICES, Settings
from gdbos_runtime.store import store_of
from gdbos_runtime.unit_of_work import UnitOfWork


def register(app: typer.Typer) -> None:
    app.command()(doctor)


def doctor() -> None:
    """Check what the house needs; exit 1 and what to do when something is missing."""
    settings = Settings.current()
    failed = 0
    for name, check in _checks(settings):
        try:
            print(f"ok    {name}: {check()}")
        except (OSError, RuntimeError, sa.exc.SQLAlchemyError, *broker.BROKER_ERRORS) as error:
            failed += 1
            print(f"wrong {name}: {str(error).splitlines()[0]}")
    raise typer.Exit(1 if failed else 0)


def _checks(settings: Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "python", lambda: f"{platform.python_version()} at {sys.executable}"
    yield "sqlite", lambda: sqlite3.sqlite_version
    yield "data folder", lambda: _writable(settings.data)
    yield "broker", lambda: _broker(settings)
    for service in SERVICES:
        yield f"database of {service}", lambda service=service: _database(service, settings)  # type: ignore[misc]
    yield "Chinese fonts", _fonts
    yield "signing key", lambda: _signing(settings)


def _writable(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / ".probe"
    probe.write_text("")
    probe.unlink()
    return str(folder.resolve())


def _broker(settings: Settings) -> str:
    if settings.embedded:
        return "embedded"
    with broker.connect(settings) as connection:
        connection.connect()
    return "RabbitMQ answers"


def _database(service: str, settings: Settings) -> str:
    with UnitOfWork(store_of(service, settings), writing=False) as work:
        work.connection.execute(sa.text("select count(*) from audit"))
    return "migrated"


def _fonts() -> str:
    if not list(Path("/usr/share/fonts").rglob("Noto*CJK*")):
        raise RuntimeError("install fonts-noto-cjk, else no document can be made a PDF")
    return "Noto CJK"


def _signing(settings: Settings) -> str:
    if settings.signing_pem:
        Path(settings.signing_pem).read_bytes()
        return settings.signing_pem
    if settings.environment == "development":
        return "a development key of its own, not for official use"
    raise RuntimeError("set GDBOS_SIGNING_PEM, else no document can be made a PDF")
