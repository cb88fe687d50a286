"""gdbos audit verify"""

from __future__ import annotations

import importlib

import typer

from gdbos_runtime import seal
from gdbos_runtime.cli.output import refusing
from gdbos_runtime.settings import SERVICES, Settings
from gdbos_runtime.store import store_of

group = typer.Typer(no_args_is_help=True, help="The sealed log.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="audit")


@group.callback()
def sealed_log() -> None:
    """The sealed log."""


@group.command()
def verify() -> None:
    """Check every seal of every service, the history of every case, every archive and document; exit 1 and the place where it breaks."""
    settings, broken = Settings.current(), 0
    with refusing():
        for service in SERVICES:
            result = seal.verify(store_of(service, settings))
            broken += result.broken_at is not None
            place = "" if result.broken_at is None else f"  BROKEN at seq {result.broken_at}: {result.reason}"
            print(f"{service:10} {result.records} records, {result.seals} seals{place}")
        histories = importlib.import_module("services.workflow.adapters.verification")
        result = histories.verify(store_of("workflow", settings))
        broken += len(result.broken)
        print(f"{'history':10} {result.steps} steps, {result.cases} cases")
        for case_no, step in result.broken:
            print(f"{'':10} BROKEN at step {step} of {case_no}")
        kept = histories.verify_archives(store_of("workflow", settings))
        broken += len(kept.broken)
        print(f"{'archive':10} {kept.packages} packages")
        for case_no, part in kept.broken:
            print(f"{'':10} ALTERED {part} of {case_no}")
        printed = histories.verify_documents(store_of("workflow", settings))
        broken += len(printed.broken)
        print(f"{'documents':10} {printed.files} files")
        for id, part in printed.broken:
            print(f"{'':10} ALTERED {part} of document {id}")
    raise typer.Exit(1 if broken else 0)
