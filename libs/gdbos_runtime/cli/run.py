"""gdbos run · migrate"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import typer

from gdbos_runtime import packs
from gdbos_runtime.cli.output import Refused, refusing
from gdbos_runtime.host import House
from gdbos_runtime.httpd import bound
from gdbos_runtime.migrate import migrate as migrate_all
from gdbos_runtime.rpc_client import client_of
from gdbos_runtime.settings import SERVICES, Settings
from gdbos_runtime.supervisor import Supervisor


def register(app: typer.Typer) -> None:
    app.command()(run)
    app.command()(migrate)


def run(
    services: list[str] = typer.Argument(None, help="services of this process; all when none is given"),
    pack: list[Path] = typer.Option([], help="packs to install when they are new or changed"),
) -> None:
    """Host services until SIGTERM. With GDBOS_WORKERS > 1 a supervisor keeps that many processes alive."""
    settings, chosen = Settings.current(), list(services or SERVICES)
    unknown = sorted(set(chosen) - set(SERVICES))
    if unknown:
        raise Refused(f"no service {', '.join(unknown)}; there are {', '.join(SERVICES)}")
    if settings.workers > 1 and (settings.embedded or not settings.database_url):
        raise Refused("GDBOS_WORKERS > 1 needs GDBOS_AMQP_URI and GDBOS_DATABASE_URL")
    supervised = "GDBOS_WORKER_OF" in os.environ
    if not supervised:
        if "gateway" in chosen:
            _must_be_free(settings)
        migrate_all(settings)
    if settings.workers > 1 and not supervised:
        raise typer.Exit(Supervisor(settings, chosen).run())
    raise typer.Exit(_host(settings, chosen, pack))


def migrate() -> None:
    """Bring every schema to its newest revision."""
    for service, revision in migrate_all(Settings.current()).items():
        print(f"{service:10} {revision}")


def _must_be_free(settings: Settings) -> None:
    """Found before anything is changed: most often the house is open already. Workers that outlive a killed
    supervisor by a moment share the port with their successors."""
    if settings.port < 0:
        return
    try:
        bound(settings).close()
    except OSError as error:
        raise Refused(
            f"{settings.host}:{settings.port} cannot be opened ({error.strerror}); is GDBOS running already?"
            " Choose another port with GDBOS_PORT, or make run PORT=8001"
        ) from None


def _host(settings: Settings, services: list[str], pack_paths: list[Path]) -> int:
    began = time.monotonic()
    installing = [path for path in pack_paths if not packs.installed(path, settings.data)]
    if installing:  # the door opens when the items are there
        _install(settings, installing)
    house = House(settings, services)
    house.start()
    if "gateway" in services:
        _greet(settings, time.monotonic() - began)
    return house.wait()


def _install(settings: Settings, paths: list[Path]) -> None:
    house = House(replace(settings, port=-1))
    house.start()
    for path in paths:
        print(f"installing pack {path}", flush=True)
        with refusing(OSError, ValueError):
            packs.install(path, client_of(settings).call, settings.data)
    house.stop()


def _greet(settings: Settings, seconds: float) -> None:
    print(f"GDBOS is open at http://{settings.host}:{settings.port}  (ready in {seconds:.1f} s)")
    if settings.environment == "development":
        print("accounts: citizen · citizen2 · firm · clerk-<agency> · supervisor · agency-admin · admin")
        print("password: gdbos-demo")
    sys.stdout.flush()
