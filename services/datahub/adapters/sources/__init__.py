"""Legacy readers, one file per kind of source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from services.datahub.adapters.sources.base import Table
from services.datahub.adapters.sources.csv_file import CsvTable
from services.datahub.adapters.sources.sql import SqlTable
from services.datahub.domain.source import Source

KINDS: Mapping[str, Callable[[Source, Path], Table]] = {"sql": SqlTable, "csv": CsvTable}
