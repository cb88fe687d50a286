"""gdbos pack plan · apply · list · verify"""

from __future__ import annotations

from pathlib import Path

import typer

from gdbos_runtime import packs
from gdbos_runtime.cli.output import refusing, show
from gdbos_runtime.host import reached
from gdbos_runtime.settings import Settings

group = typer.Typer(no_args_is_help=True, help="Packs: approval items as data.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="pack")


@group.command()
def plan(path: Path, as_json: bool = typer.Option(False, "--json")) -> None:
    """Show what applying the pack would change; changes nothing."""
    with refusing(OSError, ValueError):
        pack = packs.read(path)
        with reached(Settings.current()) as client:
            result = packs.plan(pack, client.call)
    show(result.to_data()) if as_json else print(result)


@group.command()
def apply(path: Path, as_json: bool = typer.Option(False, "--json")) -> None:
    """Install the pack, or what is new in it."""
    settings = Settings.current()
    with refusing(OSError, ValueError), reached(settings) as client:
        result = packs.install(path, client.call, settings.data)
    show(result.to_data()) if as_json else print(result)


@group.command("list")
def list_packs() -> None:
    """Installed packs with version and time."""
    for entry in packs.installed_packs(Settings.current().data):
        print(f"{entry['id']:20} {entry['version']:10} {entry['at']}")


@group.command()
def verify(path: Path, as_json: bool = typer.Option(False, "--json")) -> None:
    """Run the pack's scenarios; exit 1 when one does not end as written."""
    with refusing(OSError, ValueError):
        pack = packs.read(path)
        with reached(Settings.current()) as client:
            result = packs.verify(pack, client.call)
    show(result.to_data()) if as_json else print(result)
    raise typer.Exit(0 if result.ok else 1)
