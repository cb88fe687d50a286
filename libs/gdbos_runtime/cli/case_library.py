"""gdbos export case-library: one file for each table of the case library 辦件庫."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from gdbos_runtime import context
from gdbos_runtime.cli.output import Refused, refusing, show
from gdbos_runtime.host import reached
from gdbos_runtime.settings import Settings

PAGE = 200
SECONDS = 120.0
KINDS = ("jsonl", "csv")


def export(folder: Path | None, kind: str, upstream: str) -> None:
    """Into `folder`; without it each row with its table on standard output. A table without rows has no file."""
    if kind not in KINDS:
        raise Refused(f"no kind {kind!r}: {' or '.join(KINDS)}")
    with refusing(OSError):
        if folder is None:
            for table, row in _rows(upstream):
                show({"table": table, **row})
            return
        folder.mkdir(parents=True, exist_ok=True)
        for table, number in sorted(_write(folder, kind, upstream).items()):
            print(f"{table:24} {number}")


def _write(folder: Path, kind: str, upstream: str) -> dict[str, int]:
    files: dict[str, IO[str]] = {}
    counts: dict[str, int] = {}
    try:
        for table, row in _rows(upstream):
            if table not in files:
                files[table] = (folder / f"{table}.{kind}").open("w", encoding="utf-8", newline="")
                if kind == "csv":
                    csv.writer(files[table]).writerow(row)
            if kind == "csv":
                csv.writer(files[table]).writerow(_inert(value) for value in row.values())
            else:
                files[table].write(json.dumps(row, ensure_ascii=False) + "\n")
            counts[table] = counts.get(table, 0) + 1
    finally:
        for file in files.values():
            file.close()
    return counts


def _inert(value: str) -> str:
    """A cell that a spreadsheet takes for no formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _rows(upstream: str) -> Iterator[tuple[str, dict[str, Any]]]:
    after = ""
    with reached(Settings.current()) as client:
        while True:
            context.update(deadline=time.time() + SECONDS)
            request = {"upstream": upstream, "after": after, "limit": PAGE}
            page = client.call("workflow", "export_cases", request)
            for table, rows in page["tables"].items():
                for row in rows:
                    yield table, row
            after = page["next"]
            if not after:
                return
