"""What stands at a clerk's desk beside the tasks: delegations and saved filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm

Json = Mapping[str, Any]


class DelegationRepository:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, row: Json) -> bool:
        """False when it is there already."""
        table = orm.delegation
        if self._work.connection.scalar(sa.select(table.c.id).where(table.c.id == row["id"])):
            return False
        self._work.connection.execute(sa.insert(table), dict(row))
        return True

    def end(self, id: str, giver: str) -> bool:
        table = orm.delegation
        done = self._work.connection.execute(sa.delete(table).where(table.c.id == id, table.c.giver == giver))
        return done.rowcount > 0

    def of(self, principal: str, today: str) -> Sequence[Json]:
        """Given or received, and not over."""
        table = orm.delegation.c
        return self._rows(sa.or_(table.giver == principal, table.taker == principal), table.last_day >= today)

    def givers(self, taker: str, today: str) -> Sequence[Json]:
        """In force today."""
        table = orm.delegation.c
        return self._rows(table.taker == taker, table.last_day >= today, table.first_day <= today)

    def _rows(self, *where: sa.ColumnElement[bool]) -> Sequence[Json]:
        query = sa.select(orm.delegation).where(*where).order_by(orm.delegation.c.first_day)
        return [dict(row._mapping) for row in self._work.connection.execute(query)]


class FilterRepository:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def all(self, owner: str) -> Sequence[Json]:
        table = orm.saved_filter.c
        query = sa.select(table.name, table.query).where(table.owner == owner).order_by(table.name)
        return [dict(row._mapping) for row in self._work.connection.execute(query)]

    def put(self, owner: str, name: str, query: Json) -> None:
        self.delete(owner, name)
        row = {"owner": owner, "name": name, "query": dict(query)}
        self._work.connection.execute(sa.insert(orm.saved_filter), row)

    def delete(self, owner: str, name: str) -> bool:
        table = orm.saved_filter
        done = self._work.connection.execute(
            sa.delete(table).where(table.c.owner == owner, table.c.name == name)
        )
        return done.rowcount > 0
