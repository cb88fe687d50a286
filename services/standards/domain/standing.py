"""Which versions of a user are alive: in force today or on a later day, or followed by cases that still run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.standards.domain.use import by_number


@dataclass(frozen=True, slots=True)
class Standing:
    """One version of a user. It holds from `valid_from` until the day before `valid_to`, both YYYY-MM-DD and "" for
    open; `cases` are those under way on it, as last told."""

    version: str
    valid_from: str = ""
    valid_to: str = ""
    cases: int = 0

    def holds(self, day: str) -> bool:
        return self.valid_from <= day and (not self.valid_to or day < self.valid_to)


def living(versions: Iterable[Standing], today: date) -> dict[str, int]:
    """Version → its cases, of those alive. On a day the version of the latest start holds, and of one start the newest:
    as items are resolved. What was in force only in the past asks nobody any more."""
    known, now = list(versions), today.isoformat()
    days = {now, *(day for each in known for day in (each.valid_from, each.valid_to) if day > now)}
    alive = [each for each in known if each.cases]
    for day in days:
        in_force = [each for each in known if each.holds(day)]
        alive += sorted(in_force, key=lambda each: (each.valid_from, by_number(each.version)))[-1:]
    return {each.version: each.cases for each in alive}
