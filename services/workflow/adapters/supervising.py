"""Records and orders of supervision, and who succeeds whom, in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gdbos_contracts.errors import Conflict
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters.journal import held_back
from services.workflow.adapters.orm import supervision as tables

Json = Mapping[str, Any]


class RecordRepository:
    """Supervision records 監察記錄, numbered as they come."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, rows: Sequence[Json]) -> None:
        fresh = {"light": "", "was": "", "sent_at": None, "result": "", "order_id": None}
        if rows:
            self._work.connection.execute(sa.insert(tables.record), [{**fresh, **row} for row in rows])

    def of(self, agencies: Sequence[str], area: str, before: int, limit: int) -> Sequence[Json]:
        """Newest first, below the number `before` (0: from the newest); every agency's without `agencies`."""
        record = tables.record
        query = sa.select(record).order_by(record.c.id.desc()).limit(limit)
        if area:
            query = query.where(record.c.region.startswith(area))
        if agencies:
            query = query.where(record.c.agency.in_(agencies))
        if before:
            query = query.where(record.c.id < before)
        return [dict(row._mapping) for row in self._work.connection.execute(query)]

    def conclude(self, order: int, result: str) -> None:
        """What came of the order stands in its records."""
        record = tables.record
        self._work.connection.execute(
            sa.update(record).where(record.c.order_id == order).values(result=result)
        )


class OrderRepository:
    """Supervision orders 督辦; `save` raises Conflict when another writer was faster."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, row: Json) -> int:
        insert = sa.insert(tables.order).returning(tables.order.c.id)
        return int(self._work.connection.scalar(insert, {**row, "revision": 0}) or 0)

    def get(self, id: int) -> Json | None:
        row = self._work.connection.execute(sa.select(tables.order).where(tables.order.c.id == id)).first()
        return dict(row._mapping) if row else None

    def save(self, row: Json) -> None:
        order = tables.order.c
        statement = sa.update(tables.order).where(order.id == row["id"], order.revision == row["revision"])
        changed = statement.values(**{**row, "revision": row["revision"] + 1})
        if self._work.connection.execute(changed).rowcount != 1:
            raise Conflict

    def of(self, agencies: Sequence[str], area: str, state: str, before: int, limit: int) -> Sequence[Json]:
        """Newest first; every agency's without `agencies`."""
        order = tables.order.c
        query = sa.select(tables.order).order_by(order.id.desc()).limit(limit)
        if area:
            query = query.where(order.region.startswith(area))
        if agencies:
            query = query.where(order.agency.in_(agencies))
        if state:
            query = query.where(order.state == state)
        if before:
            query = query.where(order.id < before)
        return [dict(row._mapping) for row in self._work.connection.execute(query)]

    def late(self, states: Sequence[str], level: int, now: datetime, limit: int) -> Sequence[Json]:
        """{id, case_no} of orders in these states whose day has passed and that can still go up."""
        order = tables.order.c
        rows = self._work.connection.execute(
            sa.select(order.id, order.case_no)
            .where(order.state.in_(states), order.due < now.date().isoformat(), order.level < level)
            .where(~held_back(order.case_no, sa.literal("order:").concat(sa.cast(order.id, sa.String)), now))
            .order_by(order.due, order.id)
            .limit(limit)
        )
        return [dict(row._mapping) for row in rows]


class SuccessionRepository:
    """Which agency's work another took over, and from when."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, row: Json) -> None:
        self._work.connection.execute(sa.insert(tables.succession), row)

    def all(self) -> Sequence[Json]:
        rows = self._work.connection.execute(sa.select(tables.succession).order_by(tables.succession.c.old))
        return [dict(row._mapping) for row in rows]
