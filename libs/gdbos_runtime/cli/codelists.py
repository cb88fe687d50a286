"""One code list (代码集) out to a file or in from one."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from gdbos_runtime import context
from gdbos_runtime.cli.output import Refused, read_bytes, refusing, show
from gdbos_runtime.host import reached
from gdbos_runtime.settings import Settings

SECONDS = 300.0
FORMATS = {"json": ".json", "csv": ".csv", "genericode": ".gc", "skos": ".rdf"}
"""Formats with the suffix that tells them where `--format` does not."""
EDITION = "gbt-2260"


def export(id: str, format: str, out: Path | None) -> None:
    """The newest version, to `out` or to standard output. Refused for no list and for no such format."""
    if not id:
        raise Refused("give the id of the code list: gdbos export codelist ID")
    query = {"id": id, "version": None, "format": _known(format or "json")}
    found = _call("code_list_text", query)
    if out is None:
        print(found["text"])
        return
    with refusing(OSError):
        out.write_text(found["text"], encoding="utf-8", newline="")
    print(f"wrote {out}: {found['id']}@{found['version']}")


def import_(file: Path, format: str, dry_run: bool, as_json: bool) -> None:
    """Published unless `dry_run`; `gbt-2260` is an edition of GB/T 2260. Refused for a bad list, whole."""
    if format != EDITION:
        format = _known(format or _told_by(file))
    with refusing(ValueError):
        content = read_bytes(file).decode("utf-8-sig")
    report = _call("import_code_list", {"format": format, "content": content, "dry_run": dry_run})
    if as_json:
        show(report)
        return
    state = "unchanged" if report["unchanged"] else "checked" if dry_run else "published"
    print(f"{state} {report['code_list']}: {report['size']} codes, {report['retired']} retired")


def _told_by(file: Path) -> str:
    return next((name for name, suffix in FORMATS.items() if suffix == file.suffix.lower()), file.suffix)


def _known(format: str) -> str:
    if format not in FORMATS:
        raise Refused(f"no format {format!r}; --format takes {', '.join(FORMATS)}")
    return format


def _call(method: str, request: dict[str, Any]) -> dict[str, Any]:
    with refusing(), reached(Settings.current()) as client:
        context.update(deadline=time.time() + SECONDS)
        return client.call("standards", method, request)
