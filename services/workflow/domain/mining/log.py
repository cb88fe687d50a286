"""The event log of a process: what happened to its cases, without a person, an answer or a note in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. agency: its name."""

    at: datetime
    activity: str
    agency: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One case, its entries in order of time."""

    case_no: str
    item: str
    process: str
    outcome: str
    entries: tuple[Entry, ...]

    @property
    def variant(self) -> tuple[str, ...]:
        return tuple(entry.activity for entry in self.entries)
