"""gdbos standards validate · compat"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from gdbos_contracts.errors import Fault
from gdbos_contracts.modes import MODES
from gdbos_contracts.text import pick
from gdbos_runtime.cli.output import Refused, read_json, refusing, show

group = typer.Typer(no_args_is_help=True, help="Validation and compatibility of JSON Schemas.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="standards")


@group.command()
def validate(
    schema: Path = typer.Option(..., help="JSON Schema, 2020-12 or draft 7"),
    data: Path = typer.Option(..., help="the document"),
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """Exit 0 when the data is valid; 1 with every violation, its pointer and what to do."""
    validation = importlib.import_module("gdbos_atom.validation")
    body, document = _schema(schema, validation.validate_schema), read_json(data)
    found = [v.to_data() for v in validation.Validator(body).explain(document)]
    if as_json:
        show({"valid": not found, "violations": found})
    else:
        for violation in found:
            print(f"{violation['pointer'] or '/'}  {pick(violation['message'], 'en')}")
        print("valid" if not found else f"{len(found)} violations")
    raise typer.Exit(1 if found else 0)


@group.command()
def compat(
    old: Path,
    new: Path,
    mode: str = typer.Option(..., help=f"one of {', '.join(MODES)}"),
    history: list[Path] = typer.Option([], help="a version before OLD, oldest first; for a transitive mode"),
    lenient: bool = typer.Option(
        False, "--lenient", help="nobody writes members that the schema does not name"
    ),
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """Exit 0 when compatible, 1 when not or undecided, with each change and a witness."""
    domain = importlib.import_module("services.standards.domain.compat")
    if mode not in MODES:
        raise Refused(f"no mode {mode!r}: {', '.join(MODES)}")
    *versions, newest = [_schema(file, domain.faults_of) for file in (*history, old, new)]
    with refusing(ValueError):
        result = domain.compare_history(versions, newest, mode, lenient=lenient)
    if as_json:
        show(result)
    else:
        for change in result["changes"]:
            print(f"{change['kind']:28} {change['path'] or '/'}  {pick(change['message'], 'en')}")
        if result["compatible"] is False:
            print(f"witness: {json.dumps(result['witness'], ensure_ascii=False)}")
        print({True: "compatible", False: "incompatible", None: "undecided"}[result["compatible"]])
    raise typer.Exit(0 if result["compatible"] else 1)


def _schema(file: Path, check: Callable[[Any], list[Fault]]) -> Any:
    """A JSON Schema out of a file; Refused with its first fault."""
    body = read_json(file)
    faults = check(body)
    if faults:
        raise Refused(f"{file}: {faults[0].pointer} {pick(faults[0].message, 'en')}")
    return body
