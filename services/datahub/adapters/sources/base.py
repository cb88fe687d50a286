"""What a legacy table can do for the hub."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from services.datahub.domain.source import Source


class Table(Protocol):
    """Rows about one subject, as text: an 18-digit id never becomes a number."""

    def columns(self) -> Sequence[str]: ...
    def count(self) -> int: ...
    def find(self, column: str, value: str) -> Mapping[str, Any] | None: ...


def located(source: Source, data: Path) -> str:
    """The location with {data} replaced by the absolute data folder."""
    return source.location.replace("{data}", str(data.resolve()))
