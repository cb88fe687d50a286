"""gdbos standards validate · compat"""

from __future__ import annotations

import importlib
from pathlib import Path

import typer

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
    body, document = read_json(schema), read_json(data)
    faults = validation.validate_schema(body)
    if faults:
        raise Refused(f"{schema}: {faults[0].pointer} {pick(faults[0].message, 'en')}")
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
    mode: str = typer.Option(..., help="none, backward, forward or full"),
    lenient: bool = typer.Option(False, help="take unknown members of open objects for absent"),
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """Exit 0 when compatible, 1 when not or undecided, with each change and a witness."""
    compare = importlib.import_module("services.standards.domain.compat").compare
    if mode not in ("none", "backward", "forward", "full"):
        raise Refused(f"no mode {mode!r}: none, backward, forward or full")
    with refusing(ValueError):
        result = compare(read_json(old), read_json(new), mode, lenient=lenient)
    if as_json:
        show(result)
    else:
        for change in result["changes"]:
            print(f"{change['kind']:28} {change['path'] or '/'}  {pick(change['message'], 'en')}")
        print({True: "compatible", False: "incompatible", None: "undecided"}[result["compatible"]])
    raise typer.Exit(0 if result["compatible"] else 1)
