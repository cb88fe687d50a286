"""gdbos process simulate · compare · import · reengineer"""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import chinese_calendar.constants as published
import typer
import yaml
from rich.console import Console
from rich.progress import Progress

from gdbos_runtime import packs
from gdbos_runtime.cli.output import Refused, read_bytes, refusing, show
from gdbos_runtime.cli.process import group
from gdbos_runtime.cli.summaries import print_comparison, print_import, print_study, print_summary

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


@group.command()
def compare(
    old: Path,
    new: Path,
    scenario: Path = typer.Option(None, help="states how long the steps take, for both"),
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """Two processes side by side: steps, roles, hand-overs, longest way, what was saved, what could be parallel."""
    with refusing(ValueError):
        before, after = compiled(read_bytes(old)), compiled(read_bytes(new))
        simulation = offline("domain.simulation")
        stated = simulation.read(read_scenario(scenario)) if scenario else None
        found = offline("domain.comparison").compare(before, after, stated)
        found["expected"] = _expected(simulation, before, after, stated)
    show(found) if as_json else print_comparison(found)


def _expected(simulation: Any, before: Any, after: Any, stated: Any) -> dict[str, Any]:
    """Simulated working days of both, under the scenario or under plain assumptions about each."""
    found = {}
    for name, graph in (("old", before), ("new", after)):
        own = stated or simulation.read(simulation.suggested(graph))
        graphs = {member.id: graph for member in own.members}
        found[name] = simulation.summary(list(_watched(simulation, graphs, own)), own)["duration"]["mean"]
    return found


@group.command()
def reengineer(
    pack: Path = typer.Argument(Path("deploy/packs/starter"), help="folder of a pack"),
    study: str = typer.Option("", help="its id; the first one without it"),
    svg: Path = typer.Option(None, help="file to write the picture to"),
    language: str = typer.Option("zh-Hans", help="of the picture: zh-Hans | zh-Hant | en"),
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """A pack's bundle before and after its re-engineering: days, forms, fields, materials, visits; a picture."""
    with refusing(ValueError, OSError):
        studies = [each for each in packs.read(pack).studies if study in ("", each["id"])]
    if not studies:
        raise Refused(f"{pack}: no study {study!r}" if study else f"{pack}: no study")
    with refusing(ValueError, OSError):
        report = _studied(studies[0])
        if svg is not None:
            svg.write_text(offline("domain.comparison.picture").picture(report, language), encoding="utf-8")
    show(report) if as_json else print_study(report)


def _studied(study: dict[str, Any]) -> dict[str, Any]:
    journeys = offline("domain.comparison.journeys")
    found: dict[str, list[Any]] = {"before": [], "after": []}
    total = sum(journeys.side(study, name).scenario.replications for name in found)
    runs = journeys.runs(study, published_days())
    for name, run in patient(runs, total, "simulating"):
        found[name].append(run)
    return dict(journeys.report(study, found))


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


def published_days() -> Any:
    """The national working-day calendar as published, without a database."""
    last = max(published.holidays)
    calendar = offline("domain.calendar").Calendar
    return calendar.of(published.holidays, published.workdays, date(last.year, 12, 31))


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
    runs = simulation.replications(graphs, stated, published_days())
    return patient(runs, stated.replications, "simulating")


def patient(runs: Iterable[Any], total: int, label: str) -> Iterator[Any]:
    """The runs as they come; a bar on stderr once they have taken over two seconds."""
    with Progress(console=Console(stderr=True), transient=True, disable=False) as bar:
        task = bar.add_task(label, total=total, visible=False)
        begun = time.monotonic()
        for number, run in enumerate(runs, 1):
            bar.update(task, completed=number, visible=time.monotonic() - begun > PATIENCE)
            yield run
