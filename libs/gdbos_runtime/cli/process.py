"""gdbos process lint · roundtrip · run"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import typer

from gdbos_contracts.text import pick
from gdbos_runtime.cli.output import Refused, read_bytes, refusing, show

group = typer.Typer(no_args_is_help=True, help="BPMN processes.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="process")


def _headless() -> Any:
    return importlib.import_module("services.workflow.domain.engine.headless")


@group.command()
def lint(file: Path, as_json: bool = typer.Option(False, "--json")) -> None:
    """Each finding with its element; exit 1 when one of them is an error."""
    with refusing(ValueError):
        found = _headless().lint(read_bytes(file))
    if as_json:
        show(found)
    else:
        for each in found["findings"]:
            print(f"{each['severity']:8} {each['element']}  {pick(each['message'], 'en')}")
    raise typer.Exit(0 if found["ok"] else 1)


@group.command()
def roundtrip(file: Path, out: Path = typer.Option(..., help="file to write")) -> None:
    """Read the model and write it again, with nothing lost."""
    with refusing(ValueError, OSError):
        out.write_bytes(_headless().roundtrip(read_bytes(file)))


@group.command()
def run(
    file: Path,
    variables: str = typer.Option("{}", "--vars", help="JSON object"),
    auto: bool = typer.Option(False, help="complete every waiting task with its defaults"),
    time_scale: float = typer.Option(0.0, help="seconds of real time per second of the model; 0 = at once"),
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """Run one model without a database and print its trace and final state."""
    try:
        given = json.loads(variables)
    except ValueError as error:
        raise Refused(f"--vars is not JSON: {error}") from error
    if not isinstance(given, dict):
        raise Refused("--vars must be a JSON object")
    with refusing(ValueError):
        result = _headless().run(read_bytes(file), given, auto=auto, time_scale=time_scale)
    if as_json:
        show(result)
        return
    for step in result["trace"]:
        print(f"{step['event']:12} {step['type']:24} {step['element']}")
    print(f"state: {result['state']}")
