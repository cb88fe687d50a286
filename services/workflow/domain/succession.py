"""Succession of agencies 機構沿革: after a merger old cases keep the old code, and the new agency does the work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Succession:
    """`heirs`: old code → new code, of the successions in force. A code has one heir and never is its own."""

    heirs: Mapping[str, str]

    @classmethod
    def on(cls, today: date, rows: Iterable[Mapping[str, Any]]) -> Succession:
        return cls({row["old"]: row["new"] for row in rows if row["from_day"] <= today.isoformat()})

    def heir(self, agency: str) -> str:
        """Who answers for `agency` today: itself, or the last of its line."""
        while agency in self.heirs:
            agency = self.heirs[agency]
        return agency

    def line(self, agency: str) -> tuple[str, ...]:
        """The agency and everyone whose work it took over; nobody once it has an heir itself."""
        if agency in self.heirs:
            return ()
        return (agency, *sorted(old for old in self.heirs if self.heir(old) == agency))


def circular(old: str, new: str, rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether `old` → `new` would make an agency its own heir, now or later."""
    heirs = {row["old"]: row["new"] for row in rows}
    while new in heirs:
        new = heirs[new]
    return new == old
