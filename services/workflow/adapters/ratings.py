"""Ratings 好差評 in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from gdbos_contracts.errors import Conflict
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters.orm import evaluation

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

    def bad(self, agency: str, stage: str) -> Sequence[Json]:
        table = evaluation.c
        query = sa.select(evaluation).where(table.stage.in_([stage] if stage else _LIVE)).order_by(table.id)
        return self._rows(query.where(table.agency == agency) if agency else query)

    def all(self) -> Sequence[Json]:
        table = evaluation.c
        shown = (table.agency, table.agency_name, table.level, table.stage, table.withdrawn_at)
        return self._rows(sa.select(*shown).order_by(table.agency, table.at))

    def change(self, id: str, was: str, changes: Json) -> None:
        """Conflict when the stage is no longer `was`."""
        table = evaluation.c
        found = self._work.connection.execute(
            sa.update(evaluation).where(table.id == id, table.stage == was), dict(changes)
        )
        if found.rowcount != 1:
            raise Conflict

    def _first(self, *where: sa.ColumnElement[bool]) -> Json | None:
        return next(iter(self._rows(sa.select(evaluation).where(*where))), None)

    def _rows(self, query: sa.Select[Any]) -> Sequence[Json]:
        return [dict(row._mapping) for row in self._work.connection.execute(query)]
