"""gdbos import · export"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typer
from rich.progress import track

from gdbos_runtime.cli.output import Refused, read_json, refusing, show
from gdbos_runtime.host import reached
from gdbos_runtime.settings import Settings

CHUNK = 100
FORMATS = {"items-guangan": "implementing items of one district, JSON list (Guang'an export)"}


def register(app: typer.Typer) -> None:
    app.command("import")(import_)


def import_(
    format: str = typer.Argument(None),
    file: Path = typer.Argument(None),
    dry_run: bool = typer.Option(False, help="check everything, write nothing"),
    list_formats: bool = typer.Option(False, "--list", help="the formats that there are"),
    as_json: bool = typer.Option(False, "--json"),
) -> None:
    """Import a file: accepted, and rejected line by line with the reasons."""
    if list_formats:
        for name, meaning in FORMATS.items():
            print(f"{name:20} {meaning}")
        return
    if format not in FORMATS or file is None:
        raise Refused(f"no format {format!r}; see gdbos import --list" if format else "give FORMAT and FILE")
    items = read_json(file)
    if not isinstance(items, list):
        raise Refused(f"{file}: a list of items was expected")
    report = _import(format, items, dry_run)
    show(report) if as_json else _print(report)


def _import(format: str, items: Sequence[Any], dry_run: bool) -> dict[str, Any]:
    """Every chunk is checked before the first is written, so a broken file leaves nothing half-imported."""
    with refusing(), reached(Settings.current()) as client:
        report = _chunks(client, format, items, True, "checking")
        if not dry_run:
            report = _chunks(client, format, items, False, "importing")
    return report


def _chunks(client: Any, format: str, items: Sequence[Any], dry_run: bool, label: str) -> dict[str, Any]:
    report: dict[str, Any] = {"accepted": 0, "rejected": [], "warnings": [], "agencies": 0}
    for start in track(list(range(0, len(items), CHUNK)), description=label, transient=True):
        request = {
            "format": format,
            "items": list(items[start : start + CHUNK]),
            "first_line": start + 1,
            "dry_run": dry_run,
        }
        _merge(report, client.call("catalog", "import_items", request))
    return report


def _merge(report: dict[str, Any], part: dict[str, Any]) -> None:
    for name, value in part.items():
        if isinstance(value, list):
            report[name] = [*report.get(name, []), *value]
        elif isinstance(value, int):
            report[name] = report.get(name, 0) + value


def _print(report: dict[str, Any]) -> None:
    for entry in _lines(report):
        print(entry)
    print(f"accepted {report['accepted']}, rejected {len(report['rejected'])}")


def _lines(report: dict[str, Any]) -> Iterator[str]:
    for kind in ("rejected", "warnings"):
        for entry in report.get(kind, ()):
            reasons = entry.get("reasons") or entry.get("faults") or ""
            yield f"{kind[:-1] if kind == 'warnings' else kind} line {entry.get('line')} {entry.get('code', '')}: {reasons}"
