"""gdbos dmn run"""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import typer

from gdbos_runtime.cli.output import Refused, refusing, show

group = typer.Typer(no_args_is_help=True, help="DMN decisions.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="dmn")


@group.callback()
def decisions() -> None:
    """DMN decisions."""


@group.command()
def run(
    file: Path,
    decision: str = typer.Option(..., help="name of the decision"),
    given: str = typer.Option("{}", "--input", help="JSON object"),
    explain: bool = typer.Option(False, help="which rows matched, and why"),
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """Evaluate one decision of a DMN model."""
    try:
        inputs = json.loads(given)
    except ValueError as error:
        raise Refused(f"--input is not JSON: {error}") from error
    with refusing(ValueError, OSError, KeyError):
        result = importlib.import_module("gdbos_feel.cli").run_dmn(file, decision, inputs, explain)
    if as_json:
        show(result)
    else:
        print(json.dumps(result, ensure_ascii=False, indent=2, default=str))
