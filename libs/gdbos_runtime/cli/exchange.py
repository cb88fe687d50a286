"""gdbos import · export"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from gdbos_runtime import context
from gdbos_runtime.cli import case_library, codelists
from gdbos_runtime.cli.output import Refused, read_json, refusing, show
from gdbos_runtime.cli.reengineering import imported
from gdbos_runtime.cli.summaries import print_import
from gdbos_runtime.host import reached
from gdbos_runtime.settings import Settings

SECONDS = 300.0
PROCESSES = {
    "digit": "processes of DIGIT, BusinessService JSON (states, actions, roles, limits)",
    "table": "one process as a table of states, CSV: state, action, role, next, sla",
    "bpmn": "one process as BPMN 2.0, with camunda: and zeebe: attributes",
}
REGISTRY = "a whole standards registry: elements, code lists, schemas, templates, migration rules; JSON"
CODE_LIST = "one code list; --format json, csv, genericode or skos"
FORMATS = {
    "items-guangan": "implementing items of one district, JSON list (Guang'an export)",
    "registry": REGISTRY,
    "codelist": CODE_LIST,
    "gbt-2260": "an edition of GB/T 2260, JSON {version, provinces, cities, areas: [{code, name}]}",
    **PROCESSES,
}
LIBRARY = "the case library 辦件庫, a file for each table in the folder --out, JSON lines or CSV"
LOGS = {
    "xes": "what happened to cases, for process mining: XES (IEEE 1849)",
    "ocel": "the same as OCEL 2.0, JSON",
}
EXPORTS = {"registry": REGISTRY, "codelist": CODE_LIST, "case-library": LIBRARY, **LOGS}


def register(app: typer.Typer) -> None:
    app.command("import")(import_)
    app.command("export")(export)


def import_(
    format: str = typer.Argument(None),
    file: Path = typer.Argument(None),
    text_format: str = typer.Option("", "--format", help="codelist: json, csv, genericode or skos"),
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
    if format in PROCESSES:
        _publish(format, file, dry_run, as_json)
        return
    if format == "registry":
        _registry(file, dry_run, as_json)
        return
    if format in ("codelist", codelists.EDITION):
        codelists.import_(file, text_format if format == "codelist" else format, dry_run, as_json)
        return
    items = read_json(file)
    if not isinstance(items, list):
        raise Refused(f"{file}: a list of items was expected")
    report = _import(format, items, dry_run)
    show(report) if as_json else _print(report)


def export(
    format: str = typer.Argument(None),
    id: str = typer.Argument("", help="codelist: which"),
    out: Path = typer.Option(None, help="the file to write; without it, standard output"),
    list_formats: bool = typer.Option(False, "--list", help="the formats that there are"),
    text_format: str = typer.Option("json", "--format", help="codelist: json, csv, genericode or skos"),
    process: str = typer.Option("", help="of xes and ocel: only cases of this process"),
    kind: str = typer.Option("jsonl", "--as", help="case-library: jsonl or csv"),
    upstream: str = typer.Option("national", help="case-library: whose codes of outcomes"),
) -> None:
    """Write everything of one kind to a file, so that importing it elsewhere gives the same again."""
    if list_formats:
        for name, meaning in EXPORTS.items():
            print(f"{name:20} {meaning}")
        return
    if format not in EXPORTS:
        raise Refused(f"no format {format!r}; see gdbos export --list")
    if format in LOGS:
        _event_log(format, process, out)
        return
    if format == "codelist":
        codelists.export(id, text_format, out)
        return
    if format == "case-library":
        case_library.export(out, kind, upstream)
        return
    with refusing(OSError), reached(Settings.current()) as client:
        context.update(deadline=time.time() + SECONDS)
        document = client.call("standards", "export_registry", {})
        if out is None:
            show(document)
        else:
            out.write_text(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
            print(f"wrote {out}: {_counted({k: v for k, v in document.items() if k != 'format'})}")


def _event_log(format: str, process: str, out: Path | None) -> None:
    with refusing(OSError), reached(Settings.current()) as client:
        context.update(deadline=time.time() + SECONDS)
        found = client.call("workflow", "event_log", {"format": format, "process": process})
        if out is None:
            print(found["content"])
        else:
            out.write_text(found["content"], encoding="utf-8")
            print(f"wrote {out}")


def _registry(file: Path, dry_run: bool, as_json: bool) -> None:
    document = read_json(file)
    with refusing(), reached(Settings.current()) as client:
        context.update(deadline=time.time() + SECONDS)
        request = {"registry": document, "dry_run": dry_run}
        report = client.call("standards", "import_registry", request)
    show(report) if as_json else print(f"new {_counted(report['added'])}; {report['unchanged']} unchanged")


def _counted(sections: Mapping[str, Sequence[Any]]) -> str:
    return ", ".join(f"{len(rows)} {name}" for name, rows in sections.items())


def _import(format: str, items: Sequence[Any], dry_run: bool) -> dict[str, Any]:
    """One call and one commit: a file is imported whole, less the rows that are reported, or not at all."""
    with refusing(), reached(Settings.current()) as client, Console(stderr=True).status("importing"):
        context.update(deadline=time.time() + SECONDS)
        request = {"format": format, "items": list(items), "dry_run": dry_run}
        return client.call("catalog", "import_items", request)


def _publish(format: str, file: Path, dry_run: bool, as_json: bool) -> None:
    """Every process is looked at before the first is written; one that is held already stays as it is."""
    found = imported(format, file)
    with refusing(), reached(Settings.current()) as client:
        requests = [{"id": each.id, "bpmn": each.bpmn.decode("utf-8")} for each in found]
        answers = [client.call("workflow", "publish_process", {**each, "dry_run": True}) for each in requests]
        if not dry_run:
            answers = [
                client.call("workflow", "publish_process", {**each, "dry_run": False}) for each in requests
            ]
    for process, answer in zip(found, answers, strict=True):
        report = {**process.to_data(), "version": answer["version"], "changed": answer["changed"]}
        if as_json:
            show(report)
            continue
        print_import(report)
        print(f"  {'version':8} {answer['version']} {'new' if answer['changed'] else 'unchanged'}")


def _print(report: dict[str, Any]) -> None:
    for kind in ("rejected", "duplicates", "flagged"):
        for entry in report[kind]:
            why = entry.get("reason") or entry.get("kind") or entry.get("faults")
            print(f"{kind:10} {entry['line']} {entry['code']} {entry['name']}: {why}")
    print(
        f"accepted {report['accepted']} ({report['published']} new or changed), rejected {len(report['rejected'])}, "
        f"duplicates {len(report['duplicates'])}, flagged {len(report['flagged'])}, "
        f"agencies {len(report['agencies'])}"
    )
