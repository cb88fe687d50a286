"""Migrations of running cases in the database: what was carried where, and whether it can still be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm
from services.workflow.domain.paging import opened

Json = Mapping[str, Any]
_RUN, _CARRIED, _CASE = orm.migration.c, orm.migration_case.c, orm.case.c
_CARRIED_CASES = orm.migration_case.join(orm.case, _CASE.case_no == _CARRIED.case_no)
_MOVED_ON = sa.or_(_CASE.steps != _CARRIED.seq, _CASE.closed_at.is_not(None))
"""It did something since, or is over: with one of these nothing is undone."""


class MigrationRepository:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, row: Json, cases: Mapping[str, int]) -> None:
        connection = self._work.connection
        connection.execute(sa.insert(orm.migration), {**row, "cases": len(cases)})
        carried = [{"migration": row["id"], "case_no": case_no, "seq": seq} for case_no, seq in cases.items()]
        connection.execute(sa.insert(orm.migration_case), carried)

    def cases(self, id: str) -> Mapping[str, int]:
        query = sa.select(_CARRIED.case_no, _CARRIED.seq).where(_CARRIED.migration == id)
        rows = self._work.connection.execute(query.order_by(_CARRIED.case_no))
        return {row.case_no: row.seq for row in rows}

    def undone(self, id: str, at: str, by: str) -> None:
        change = sa.update(orm.migration).where(_RUN.id == id).values(undone_at=at, undone_by=by)
        self._work.connection.execute(change)

    def page(self, agencies: Sequence[str], process: str, cursor: str, limit: int) -> Sequence[Json]:
        ours = _CASE.agency.in_(agencies) if agencies else sa.true()
        cases, moved_on = _count(ours), _count(ours, _MOVED_ON)
        others = (_RUN.cases - cases).label("others")
        query = sa.select(orm.migration, cases.label("ours"), moved_on.label("moved_on"), others)
        query = query.where(cases > 0).order_by(_RUN.at.desc(), _RUN.id.desc()).limit(limit)
        if process:
            query = query.where(_RUN.process == process)
        if cursor:
            query = query.where(sa.tuple_(_RUN.at, _RUN.id) < sa.tuple_(*opened(cursor, 2)))
        rows = [dict(row._mapping) for row in self._work.connection.execute(query)]
        return [{**row, "cases": row.pop("ours")} for row in rows]


def _count(*where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """How many cases of the migration."""
    carried = (
        sa.select(sa.func.count()).select_from(_CARRIED_CASES).where(_CARRIED.migration == _RUN.id, *where)
    )
    return carried.correlate(orm.migration).scalar_subquery()
