"""Archive packages in the database, written once and never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.prepared import Prepared
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm
from services.workflow.adapters.journal import held_back
from services.workflow.domain.archive import ARCHIVE, DAYS

Json = Mapping[str, Any]
_RULE, _DUE = orm.archive_rule, orm.archive_due
_DAYS = sa.select(_RULE.c.days).where(_RULE.c.agency == sa.bindparam("of", type_=sa.String))
_EXPECT = Prepared(
    sa.insert(_DUE).values(
        due=sa.bindparam("closed", type_=sa.Integer) + sa.func.coalesce(_DAYS.scalar_subquery(), DAYS)
    ),
    ["case_no", "agency", "closed_day"],
)


class ArchiveRepository:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, row: Json) -> None:
        """The case is expected no longer."""
        self._work.connection.execute(sa.insert(orm.archive), dict(row))
        self.forget(row["case_no"])

    def get(self, case_no: str) -> Json | None:
        query = sa.select(orm.archive).where(orm.archive.c.case_no == case_no)
        row = self._work.connection.execute(query).first()
        return dict(row._mapping) if row else None

    def entry(self, case_no: str) -> Json | None:
        table = orm.archive.c
        query = sa.select(table.archive_no, table.retention, table.keep_until, table.digest, table.at)
        row = self._work.connection.execute(query.where(table.case_no == case_no)).first()
        return dict(row._mapping) if row else None

    def page(self, agencies: Sequence[str], area: str, before: str, limit: int) -> Sequence[Json]:
        """By descending 檔號 below `before`, "" for the first page; every agency's without `agencies`, of cases in `area`."""
        table = orm.archive.c
        columns = [column for column in table if column.name != "package"]
        query = sa.select(*columns).order_by(table.archive_no.desc()).limit(limit)
        if agencies:
            query = query.where(table.agency.in_(agencies))
        if area:
            within = sa.select(orm.case.c.case_no).where(orm.case.c.region.startswith(area))
            query = query.where(table.case_no.in_(within))
        if before:
            query = query.where(table.archive_no < before)
        return [dict(row._mapping) for row in self._work.connection.execute(query)]

    def days(self, agency: str) -> int:
        found = self._work.connection.scalar(sa.select(_RULE.c.days).where(_RULE.c.agency == agency))
        return DAYS if found is None else int(found)

    def put_days(self, agency: str, days: int) -> None:
        """Those that are waiting for their day get the new one."""
        connection = self._work.connection
        connection.execute(sa.delete(_RULE).where(_RULE.c.agency == agency))
        connection.execute(sa.insert(_RULE), {"agency": agency, "days": days})
        waiting = sa.update(_DUE).where(_DUE.c.agency == agency)
        connection.execute(waiting.values(due=_DUE.c.closed_day + days))

    def expect(self, case_no: str, agency: str, closed: date) -> None:
        day = closed.toordinal()
        row = {"case_no": case_no, "agency": agency, "closed_day": day}
        self._work.write(_EXPECT, {**row, "closed": day, "of": agency})

    def due(self, now: datetime, limit: int) -> Sequence[str]:
        query = sa.select(_DUE.c.case_no).where(_DUE.c.due <= now.date().toordinal())
        query = query.where(~held_back(_DUE.c.case_no, sa.literal(ARCHIVE), now))
        return list(self._work.connection.scalars(query.order_by(_DUE.c.due, _DUE.c.case_no).limit(limit)))

    def postpone(self, case_no: str, until: date) -> None:
        change = sa.update(_DUE).where(_DUE.c.case_no == case_no)
        self._work.connection.execute(change.values(due=until.toordinal()))

    def forget(self, case_no: str) -> None:
        self._work.connection.execute(sa.delete(_DUE).where(_DUE.c.case_no == case_no))

    def numbers(self, after: str, limit: int) -> Sequence[str]:
        """Case numbers of what is archived, in their order, from the first after `after`."""
        table = orm.archive.c
        query = sa.select(table.case_no).where(table.case_no > after).order_by(table.case_no).limit(limit)
        return list(self._work.connection.scalars(query))
