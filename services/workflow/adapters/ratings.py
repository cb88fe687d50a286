"""Ratings 好差評 in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gdbos_contracts.errors import Conflict
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters.journal import held_back
from services.workflow.adapters.orm import evaluation
from services.workflow.domain.clock import GREEN, RED, YELLOW
from services.workflow.domain.rating import APPEALED, RECTIFYING

Json = Mapping[str, Any]
_LIVE = ("verifying", "appealed", "rectifying", "rectified")


class RatingRepository:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, row: Json) -> None:
        self._work.connection.execute(sa.insert(evaluation), dict(row))

    def get(self, id: str) -> Json | None:
        return self._first(evaluation.c.id == id)

    def of(self, case_no: str, step: str) -> Json | None:
        return self._first(evaluation.c.case_no == case_no, evaluation.c.step == step)

    def bad(self, agency: str) -> Sequence[Json]:
        table = evaluation.c
        query = sa.select(evaluation).where(table.stage.in_(_LIVE), table.agency == agency)
        return self._rows(query.order_by(table.id))

    def raised(self, area: str) -> Sequence[Json]:
        table = evaluation.c
        raised = sa.or_(table.stage == APPEALED, sa.and_(table.stage == RECTIFYING, table.escalation > 0))
        query = sa.select(evaluation).where(raised, table.region.startswith(area))
        return self._rows(query.order_by(table.id))

    def dim(self, now: datetime, limit: int) -> Sequence[str]:
        table, day = evaluation.c, now.date().isoformat()
        light = sa.case((table.rectify_by < day, RED), (table.yellow_from <= day, YELLOW), else_=GREEN)
        query = sa.select(table.id).where(table.stage == RECTIFYING, table.light != light, _waits(now))
        return list(self._work.connection.scalars(query.order_by(table.id).limit(limit)))

    def running(self, agency: str) -> Sequence[str]:
        table = evaluation.c
        query = sa.select(table.id).where(table.stage == RECTIFYING)
        query = query.where(table.agency == agency) if agency else query
        return list(self._work.connection.scalars(query.order_by(table.id)))

    def late(self, level: int, now: datetime, limit: int) -> Sequence[str]:
        table = evaluation.c
        query = sa.select(table.id).where(
            table.stage == RECTIFYING,
            table.answer_by < now.date().isoformat(),
            table.escalation < level,
            _waits(now),
        )
        return list(self._work.connection.scalars(query.order_by(table.answer_by, table.id).limit(limit)))

    def all(self) -> Sequence[Json]:
        table = evaluation.c
        shown = (table.agency, table.agency_name, table.level, table.stage, table.withdrawn_at)
        return self._rows(sa.select(*shown).order_by(table.agency, table.at))

    def change(self, id: str, was: Json, changes: Json) -> None:
        same = [evaluation.c[name] == value for name, value in was.items()]
        found = self._work.connection.execute(
            sa.update(evaluation).where(evaluation.c.id == id, *same), dict(changes)
        )
        if found.rowcount != 1:
            raise Conflict

    def _first(self, *where: sa.ColumnElement[bool]) -> Json | None:
        return next(iter(self._rows(sa.select(evaluation).where(*where))), None)

    def _rows(self, query: sa.Select[Any]) -> Sequence[Json]:
        return [dict(row._mapping) for row in self._work.connection.execute(query)]


def _waits(now: datetime) -> sa.ColumnElement[bool]:
    """Not held back because it failed before."""
    return ~held_back(evaluation.c.id, sa.literal("rating"), now)
