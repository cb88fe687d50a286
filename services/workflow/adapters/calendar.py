"""Working-day calendars in the database: the national one, and each agency's own days over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.cache import PublishedCache
from gdbos_runtime.prepared import Prepared
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters.orm import supervision as tables
from services.workflow.domain.calendar import Calendar

Json = Mapping[str, Any]
NATIONAL = ""
_VERSION = Prepared(sa.select(sa.func.max(tables.calendar_change.c.id).label("newest")))


class CalendarRepository:
    """A calendar is read once for each change; a unit of work that asks for none reads nothing."""

    def __init__(self, work: UnitOfWork, memory: PublishedCache[Calendar]) -> None:
        self._work = work
        self._memory = memory
        self._version: int | None = None

    def of(self, agency: str) -> Calendar:
        """National days, and over them the agency's own."""
        if self._version is None:
            self._version = int(self._work.read(_VERSION, {})[0]["newest"] or 0)
        key = (self._work.database, self._version, agency)
        return self._memory.get(key, lambda: self._load(agency))

    def published(self, agency: str) -> Mapping[date, bool]:
        """The days of that layer alone."""
        day = tables.calendar_day.c
        rows = self._work.connection.execute(sa.select(day.day, day.works).where(day.agency == agency))
        return {date.fromisoformat(each): works for each, works in rows}

    def publish(self, row: Json) -> int:
        """The number of the change; its days stand in the table from now on."""
        connection, own = self._work.connection, tables.calendar_day.c
        for day, works in row["days"].items():
            connection.execute(
                sa.delete(tables.calendar_day).where(own.agency == row["agency"], own.day == day)
            )
            connection.execute(
                sa.insert(tables.calendar_day), {"agency": row["agency"], "day": day, "works": works}
            )
        insert = sa.insert(tables.calendar_change).returning(tables.calendar_change.c.id)
        self._version = None
        self._work.forget(self._memory)
        return int(connection.scalar(insert, {**row, "cursor": "", "moved": 0, "done_at": None}) or 0)

    def pending(self) -> Json | None:
        """The oldest change whose cases are not all counted anew."""
        change = tables.calendar_change
        row = self._work.connection.execute(
            sa.select(change).where(change.c.done_at.is_(None)).order_by(change.c.id).limit(1)
        ).first()
        return dict(row._mapping) if row else None

    def progress(self, id: int, cursor: str, moved: int, done_at: str | None) -> None:
        """`moved` more cases up to `cursor`."""
        change = tables.calendar_change
        self._work.connection.execute(
            sa.update(change)
            .where(change.c.id == id)
            .values(cursor=cursor, moved=change.c.moved + moved, done_at=done_at)
        )

    def changes(self, limit: int) -> Sequence[Json]:
        """Newest first."""
        change = tables.calendar_change
        rows = self._work.connection.execute(sa.select(change).order_by(change.c.id.desc()).limit(limit))
        return [dict(row._mapping) for row in rows]

    def _load(self, agency: str) -> Calendar:
        day, change = tables.calendar_day.c, tables.calendar_change.c
        rows = self._work.connection.execute(
            sa.select(day.agency, day.day, day.works).where(day.agency.in_([NATIONAL, agency]))
        ).all()
        known = self._work.connection.scalar(
            sa.select(sa.func.max(change.known_until)).where(change.agency == NATIONAL)
        )
        calendar = Calendar(known_until=date.fromisoformat(known) if known else date.min)
        for layer in dict.fromkeys((NATIONAL, agency)):
            calendar = calendar.changed({date.fromisoformat(d): w for a, d, w in rows if a == layer})
        return calendar
