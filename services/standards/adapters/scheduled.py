"""Publications that wait for their day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.standards.adapters import orm
from services.standards.domain.scheduled import WAITING, Scheduled

_TABLE = orm.scheduled_publication


class ScheduleRepository:
    """Of two that end the same publication at once, one finds it no longer waiting."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, on: str, command: Mapping[str, Any], by: str, at: str) -> Scheduled:
        row = {"on": on, "command": dict(command), "by": by, "at": at, "status": WAITING, "reason": {}}
        made = self._connection.execute(sa.insert(_TABLE), row).inserted_primary_key
        assert made is not None
        return Scheduled(made[0], on, command, by, at)

    def get(self, id: int) -> Scheduled | None:
        return next(iter(self._read(_TABLE.c.id == id)), None)

    def all(self, status: str) -> Sequence[Scheduled]:
        return self._read(*([_TABLE.c.status == status] if status else []))

    def due(self, day: str, limit: int) -> Sequence[Scheduled]:
        return self._read(_TABLE.c.status == WAITING, _TABLE.c.on <= day)[:limit]

    def end(self, id: int, status: str) -> bool:
        return self._change(id, {"status": status})

    def plan(self, found: Scheduled, on: str) -> bool:
        values = {"status": WAITING, "on": on, "reason": {}}
        return self._change(found.id, values, found.status)

    def keep(self, id: int, reason: Mapping[str, Any]) -> bool:
        return self._change(id, {"reason": dict(reason)})

    def _change(self, id: int, values: Mapping[str, Any], status: str = WAITING) -> bool:
        same = (_TABLE.c.id == id, _TABLE.c.status == status)
        return self._connection.execute(sa.update(_TABLE).where(*same).values(values)).rowcount == 1

    def _read(self, *where: sa.ColumnElement[bool]) -> list[Scheduled]:
        query = sa.select(_TABLE).where(*where).order_by(_TABLE.c.on, _TABLE.c.id)
        return [Scheduled(**row) for row in self._connection.execute(query).mappings()]
