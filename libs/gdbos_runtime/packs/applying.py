"""Install a pack through the services' own calls, in the order in which its parts refer to each other."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gdbos_contracts.errors import GdbosError
from gdbos_runtime import context
from gdbos_runtime.packs.reading import Pack, digest, read

Call = Callable[[str, str, Mapping[str, Any]], dict[str, Any]]
SECONDS = 120.0


@dataclass(slots=True)
class Report:
    """What a pack changed, or would change: part → its answer."""

    pack: str
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        return {"pack": self.pack, "parts": self.parts}

    def __str__(self) -> str:
        return "\n".join(
            [f"pack {self.pack}", *(f"  {name:10} {_told(part)}" for name, part in self.parts.items())]
        )


def plan(pack: Pack, call: Call) -> Report:
    """What is new or changed; nothing is written. What depends on an uninstalled part is said to wait for it."""
    report = Report(pack.id)
    for name, service, method, request in _steps(pack):
        if "dry_run" not in request:
            continue
        context.update(deadline=time.time() + SECONDS)
        try:
            _add(report, name, call(service, method, {**request, "dry_run": True}))
        except GdbosError as error:
            _add(report, name, {"waits": [fault.to_data() for fault in error.faults] or [error.code]})
    return report


def install(path: Path, call: Call, data: Path) -> Report:
    """Everything in the pack; installing twice changes nothing."""
    pack = read(path)
    copy_legacy(pack, data)
    report = Report(pack.id)
    for name, service, method, request in _steps(pack):
        context.update(deadline=time.time() + SECONDS)
        _add(report, name, call(service, method, request))
    _record(pack, data)
    return report


def installed(path: Path, data: Path) -> bool:
    """Whether this very content was installed here before."""
    return any(entry["digest"] == digest(path) for entry in installed_packs(data))


def installed_packs(data: Path) -> list[dict[str, Any]]:
    """[{id, version, digest, at}]"""
    file = data / "packs.json"
    return list(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else []


def copy_legacy(pack: Pack, data: Path) -> None:
    """Stand-ins of legacy systems: a CSV is copied, a SQL script becomes a SQLite file."""
    folder = data / "legacy"
    folder.mkdir(parents=True, exist_ok=True)
    for file in pack.legacy:
        if file.suffix != ".sql":
            shutil.copyfile(file, folder / file.name)
            continue
        target = folder / f"{file.stem}.db"
        target.unlink(missing_ok=True)
        connection = sqlite3.connect(target)
        connection.executescript(file.read_text(encoding="utf-8"))
        connection.close()


def _steps(pack: Pack) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    yield (
        "standards",
        "standards",
        "publish",
        {"code_lists": list(pack.code_lists), "elements": list(pack.elements), "dry_run": False},
    )
    if pack.element_templates:
        request = {"templates": list(pack.element_templates), "dry_run": False}
        yield "element_templates", "standards", "publish_templates", request
    if pack.crosswalks:
        request = {"crosswalks": list(pack.crosswalks), "dry_run": False}
        yield "crosswalks", "standards", "publish_crosswalks", request
    for process in pack.processes:
        yield "processes", "workflow", "publish_process", {**process, "dry_run": False}
    for decision in pack.decisions:
        yield "decisions", "workflow", "publish_decision", {**decision, "dry_run": False}
    yield (
        "templates",
        "workflow",
        "publish_templates",
        {"templates": list(pack.templates), "dry_run": False},
    )
    yield "sources", "datahub", "publish_sources", {"sources": list(pack.sources), "dry_run": False}
    if pack.licences:
        yield "licences", "datahub", "register_licences", {"licences": list(pack.licences)}
    yield (
        "items",
        "catalog",
        "publish_items",
        {"items": list(pack.items), "bundles": list(pack.bundles), "dry_run": False},
    )
    for study in pack.studies:
        yield "studies", "workflow", "publish_study", {"study": study, "dry_run": False}
    if pack.accounts:
        yield "accounts", "gateway", "publish_accounts", {"accounts": list(pack.accounts)}


def _add(report: Report, name: str, answer: Mapping[str, Any]) -> None:
    """Answers of several calls for one part are put together."""
    held = report.parts.setdefault(name, {})
    for key, value in answer.items():
        if isinstance(value, list):
            held[key] = [*held.get(key, []), *value]
        elif isinstance(value, int) and not isinstance(value, bool) and key != "version":
            held[key] = held.get(key, 0) + value
        elif key == "changed" and value:
            held["changed"] = [*held.get("changed", []), answer.get("id")]


def _told(part: Mapping[str, Any]) -> str:
    shown = [f"{len(value) if isinstance(value, Sequence) else value} {key}" for key, value in part.items()]
    return ", ".join(shown) or "unchanged"


def _record(pack: Pack, data: Path) -> None:
    others = [entry for entry in installed_packs(data) if entry["id"] != pack.id]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    entry = {"id": pack.id, "version": pack.version, "digest": pack.digest, "at": now}
    draft = data / "packs.json.draft"
    draft.write_text(json.dumps([*others, entry], ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(data / "packs.json")
