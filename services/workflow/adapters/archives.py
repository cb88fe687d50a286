"""Archive packages in the database, written once and never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm

Json = Mapping[str, Any]


class ArchiveRepository:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, row: Json) -> None:
        self._work.connection.execute(sa.insert(orm.archive), dict(row))

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

    def numbers(self, after: str, limit: int) -> Sequence[str]:
        """Case numbers of what is archived, in their order, from the first after `after`."""
        table = orm.archive.c
        query = sa.select(table.case_no).where(table.case_no > after).order_by(table.case_no).limit(limit)
        return list(self._work.connection.scalars(query))
