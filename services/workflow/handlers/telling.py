"""Tell the registry on which versions of items and processes cases are under way: nothing may come into force against
those either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from services.workflow.ports import Cases, Room, Work

ITEM, PROCESS = "item", "process"


class Told:
    """The day on which this process last saw to it."""

    day: date | None = None


def of_items(codes: Collection[str], cases: Cases, work: Work) -> None:
    """`item.published`: from now on there may be cases on versions that are no longer the newest."""
    _tell(ITEM, cases.under_way(items=codes), sorted(codes), work)
    work.commit()


def of_process(id: str, cases: Cases, work: Work) -> None:
    """Beside the publication of a version, in its commit."""
    _tell(PROCESS, cases.under_way(process=id), [id], work)


def daily(told: Told, enter: Callable[[], AbstractContextManager[Room]]) -> None:
    """Once a day, of all: versions whose last case was closed ask nobody any more."""
    with enter() as room:
        today = room.work.now.date()
        if told.day == today:
            return
        if room.cases.serial(f"cases.running {today}") == 1:
            rows = room.cases.under_way()
            _tell(ITEM, rows, None, room.work)
            _tell(PROCESS, rows, None, room.work)
            room.work.commit()
        told.day = today


def _tell(kind: str, rows: Collection[Any], ids: list[str] | None, work: Work) -> None:
    found: Counter[tuple[str, int]] = Counter()
    for item, item_version, process, process_version, cases in rows:
        found[(item, item_version) if kind == ITEM else (process, process_version)] += cases
    versions = [{"id": id, "version": str(number), "cases": n} for (id, number), n in sorted(found.items())]
    work.emit("cases.running", kind, {"kind": kind, "ids": ids, "versions": versions})
