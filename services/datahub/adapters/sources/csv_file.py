"""A CSV file that an agency drops into a folder; read again when it changes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gdbos_contracts.errors import Unavailable
from services.datahub.adapters.sources.base import located
from services.datahub.domain.source import Source

ENCODINGS = ("utf-8-sig", "gb18030")
"""In this order: statistical guessers misread GB18030."""


class CsvTable:
    """Indexed in memory by the subject column; the index lives as long as the file is unchanged."""

    def __init__(self, source: Source, data: Path) -> None:
        self._path = Path(located(source, data))
        self._encodings = (source.encoding,) if source.encoding else ENCODINGS
        self._stamp: tuple[int, int] = (0, 0)
        self._columns: list[str] = []
        self._rows: list[dict[str, str]] = []
        self._indexes: dict[str, dict[str, dict[str, str]]] = {}

    def columns(self) -> Sequence[str]:
        self._refresh()
        return self._columns

    def count(self) -> int:
        self._refresh()
        return len(self._rows)

    def find(self, column: str, value: str) -> Mapping[str, Any] | None:
        self._refresh()
        if column not in self._indexes:
            self._indexes[column] = {row[column]: row for row in self._rows if row.get(column)}
        return self._indexes[column].get(value)

    def _refresh(self) -> None:
        try:
            stat = self._path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            if stamp != self._stamp:
                reader = csv.DictReader(io.StringIO(self._decoded()))
                self._rows = [{k: (v or "").strip() for k, v in row.items() if k} for row in reader]
                self._columns = list(reader.fieldnames or ())
                self._indexes = {}
                self._stamp = stamp
        except (OSError, csv.Error) as error:
            raise Unavailable(f"source file cannot be read: {type(error).__name__}") from error

    def _decoded(self) -> str:
        raw = self._path.read_bytes()
        for encoding in self._encodings:
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise Unavailable("source file is in none of the expected encodings")
