"""gdbos process simulate · compare · import · reengineer"""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer
import yaml
from rich.console import Console
from rich.progress import Progress

from gdbos_contracts.text import pick
from gdbos_runtime.cli.output import Refused, read_bytes, refusing, show
from gdbos_runtime.cli.process import group

PATIENCE = 2.0
"""Seconds after which a progress bar is shown."""
MOST_BYTES = 5 * 1024 * 1024


def register(app: typer.Typer) -> None:
    """The commands hang on the group `process`, which is registered by its own module."""


def offline(name: str) -> Any:
    """A module of the workflow's pure core; the runtime knows no service when it is imported."""
    return importlib.import_module(f"services.workflow.{name}")


@group.command()
def simulate(
    file: Path,
    scenario: Path = typer.Option(None, help="YAML or JSON; without it plain assumptions are made"),
    seed: int = typer.Option(None, help="instead of the scenario's"),
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """Play a process under a scenario: working days, queues, workload, bottleneck, each ± 95 %."""
    with refusing(ValueError):
        graph = compiled(read_bytes(file))
    simulation = offline("domain.simulation")
    data = read_scenario(scenario) if scenario else simulation.suggested(graph)
    if seed is not None and isinstance(data, dict):
        data["seed"] = seed
    with refusing(ValueError):
        stated = simulation.read(data)
        graphs = {member.id: graph for member in stated.members}
        found = simulation.summary(list(_watched(simulation, graphs, stated)), stated)
    show(found) if as_json else print_summary(found)


@group.command()
def scenario(file: Path) -> None:
    """Print a scenario to begin with for a model, as YAML."""
    with refusing(ValueError):
        data = offline("domain.simulation").suggested(compiled(read_bytes(file)))
    print(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), end="")


@group.command("import")
def import_(
    format: str = typer.Argument(..., help="bpmn | digit | table"),
    file: Path = typer.Argument(...),
    out: Path = typer.Option(..., help="file to write; a folder when the file holds several processes"),
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """Turn another system's process into ours: what became of what, and what the linter warns of."""
    found = imported(format, file)
    with refusing(OSError):
        if len(found) == 1 and not out.is_dir():
            out.write_bytes(found[0].bpmn)
        else:
            out.mkdir(parents=True, exist_ok=True)
            for each in found:
                (out / f"{each.id}.bpmn").write_bytes(each.bpmn)
    for each in found:
        show(each.to_data()) if as_json else print_import(each.to_data())


def imported(format: str, file: Path) -> list[Any]:
    """The processes of a file; refused whole when any of them could not run."""
    with refusing(ValueError, RecursionError):
        return list(offline("domain.importing").read(format, read_bytes(file), file.stem))


def print_import(found: dict[str, Any]) -> None:
    print(f"{found['id']}  {found['name']}")
    for note in found["notes"]:
        print(f"  {'note':8} {note['pointer']}  {pick(note['message'], 'en')}")
    for finding in found["findings"]:
        print(f"  {words(finding)}")


def compiled(content: bytes) -> Any:
    """The graph of a model; ValueError or a fault of the house."""
    return offline("domain.engine").compile(offline("domain.bpmn").parse(content))


def read_scenario(path: Path) -> Any:
    """YAML, of which JSON is a part."""
    content = read_bytes(path)
    if len(content) > MOST_BYTES:
        raise Refused(f"{path}: larger than 5 MB")
    try:
        return yaml.safe_load(content)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise Refused(f"{path}: not YAML: {str(error)[:200]}") from error


def _watched(simulation: Any, graphs: Any, stated: Any) -> Iterator[Any]:
    runs = simulation.replications(graphs, stated, offline("adapters.calendar").national())
    return patient(runs, stated.replications, "simulating")


def patient(runs: Iterable[Any], total: int, label: str) -> Iterator[Any]:
    """The runs as they come; a bar on stderr once they have taken over two seconds."""
    with Progress(console=Console(stderr=True), transient=True, disable=False) as bar:
        task = bar.add_task(label, total=total, visible=False)
        begun = time.monotonic()
        for number, run in enumerate(runs, 1):
            bar.update(task, completed=number, visible=time.monotonic() - begun > PATIENCE)
            yield run


def print_summary(found: dict[str, Any]) -> None:
    """What a simulation found, for people."""
    duration = found["duration"]
    print(f"{'arrivals':12} {_range(found['arrivals'])}   in flight at the end {_range(found['in_flight'])}")
    for name in ("mean", "median", "p90"):
        print(f"{'days ' + name:12} {_range(duration[name])}")
    if duration["late"]:
        print(f"{'late':12} {_range(duration['late'], 100)} % over {found['limit']} working days")
    for name, role in found["roles"].items():
        print(
            f"{'role':12} {name}: people {role['people']['mean']:.0f}, busy {_range(role['utilisation'], 100)} %, "
            f"queue {_range(role['queue'])}, wait {_range(role['wait'])} h"
        )
    neck = found["bottleneck"]
    if neck:
        print(
            f"{'bottleneck':12} {neck['step']} ({neck['role']}): {neck['wait']:.2f} h of waiting per arrival"
        )


def _range(value: dict[str, Any] | None, factor: float = 1) -> str:
    if value is None:
        return "-"
    if value["low"] is None:
        return f"{value['mean'] * factor:.2f}"
    half = (value["high"] - value["mean"]) * factor
    return f"{value['mean'] * factor:.2f} ± {half:.2f}"


def words(fault: dict[str, Any]) -> str:
    """One finding on one line."""
    return f"{fault['severity']:8} {fault['element']}  {pick(fault['message'], 'en')}"
