"""gdbos standards validate · compat"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from gdbos_contracts.errors import Fault
from gdbos_contracts.modes import BY_MEANING, MODES, READINGS
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
    reading: str = typer.Option(BY_MEANING, help=f"what is compared: {' or '.join(READINGS)}"),
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """Exit 0 when compatible, 1 when not or undecided, with each change and a witness."""
    domain = importlib.import_module("services.standards.domain.compat")
    for what, given, known in (("mode", mode, MODES), ("reading", reading, READINGS)):
        if given not in known:
            raise Refused(f"no {what} {given!r}: {', '.join(known)}")
    *versions, newest = [_schema(file, domain.faults_of) for file in (*history, old, new)]
    with refusing(ValueError):
        result = domain.compare_history(versions, newest, mode, lenient=lenient, reading=reading)
    if as_json:
        show(result)
    else:
        _print(result)
    raise typer.Exit(0 if result["compatible"] else 1)


def _print(result: dict[str, Any]) -> None:
    for change in result["changes"]:
        print(f"{change['kind']:28} {change['path'] or '/'}  {pick(change['message'], 'en')}")
    if "witness" in result:
        asserting = " (asserting what is declared)" if result.get("confirmed") == "declaration" else ""
        print(f"witness{asserting}: {json.dumps(result['witness'], ensure_ascii=False)}")
    if "unwitnessed" in result:
        print(f"no witness: {pick(result['unwitnessed'], 'en')}")
    for part in result.get("parts", ()):
        print(
            "only one accepts {value}: {narrow} · {wide}".format(
                **{k: json.dumps(v) for k, v in part.items()}
            )
        )
    print({True: "compatible", False: "incompatible", None: "undecided"}[result["compatible"]])


def _schema(file: Path, check: Callable[[Any], list[Fault]]) -> Any:
    """A JSON Schema out of a file; Refused with its first fault."""
    body = read_json(file)
    faults = check(body)
    if faults:
        raise Refused(f"{file}: {faults[0].pointer} {pick(faults[0].message, 'en')}")
    return body
