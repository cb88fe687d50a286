"""The engine's history and its incidents in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.context import current
from gdbos_runtime.prepared import Prepared
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm
from services.workflow.domain.incidents import CASE, OUTLASTING, RATING
from services.workflow.domain.paging import opened

Json = Mapping[str, Any]
Condition = sa.ColumnElement[bool]
_ADD = Prepared(sa.insert(orm.history), orm.history.c.keys())
_FIND = Prepared(
    sa.select(orm.history.c.actor, orm.history.c.body).where(
        orm.history.c.case_no == sa.bindparam("no", type_=sa.String),
        orm.history.c.key == sa.bindparam("key", type_=sa.String),
        orm.history.c.key != "",
    )
)
_INCIDENT = Prepared(
    sa.select(orm.incident).where(
        orm.incident.c.case_no == sa.bindparam("no", type_=sa.String),
        orm.incident.c.token == sa.bindparam("wait", type_=sa.String),
    )
)


class HistoryRepository:
    """Rows are added, never changed."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def actor(self) -> str:
        return current().principal.id

    def add(self, step: Json) -> None:
        self._work.write(_ADD, step)

    def find(self, case_no: str, key: str) -> Json | None:
        return next(iter(self._work.read(_FIND, {"no": case_no, "key": key})), None)

    def of(self, case_no: str) -> Sequence[Json]:
        query = sa.select(orm.history).where(orm.history.c.case_no == case_no).order_by(orm.history.c.seq)
        return [dict(row._mapping) for row in self._work.connection.execute(query)]

    def cases(self, after: str, limit: int) -> Sequence[str]:
        """Numbers of the cases that have a history or should have one, in their order."""
        table = orm.case.c
        query = sa.select(table.case_no).where(table.case_no > after, table.steps > 0)
        return list(self._work.connection.scalars(query.order_by(table.case_no).limit(limit)))


class IncidentRepository:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def get(self, case_no: str, token: str) -> Json | None:
        return next(iter(self._work.read(_INCIDENT, {"no": case_no, "wait": token})), None)

    def put(self, row: Json) -> None:
        self._work.connection.execute(sa.delete(orm.incident).where(*_one(row["case_no"], row["token"])))
        self._work.connection.execute(sa.insert(orm.incident), dict(row))

    def resolve(self, case_no: str, token: str, at: str) -> None:
        self._work.connection.execute(
            sa.update(orm.incident).where(*_one(case_no, token)), {"resolved_at": at, "next_at": None}
        )

    def postpone(self, case_no: str, token: str, at: str) -> None:
        self._work.connection.execute(sa.update(orm.incident).where(*_one(case_no, token)), {"next_at": at})

    def held(self, token: str, due: datetime, limit: int) -> Sequence[str]:
        table = orm.incident.c
        query = sa.select(table.case_no).where(
            table.resolved_at.is_(None), table.token == token, table.next_at <= due.isoformat()
        )
        return list(self._work.connection.scalars(query.order_by(table.next_at).limit(limit)))

    def open(self, agencies: Sequence[str], cursor: str, limit: int) -> Sequence[Json]:
        table = orm.incident.c
        order = (table.at, table.case_no, table.token)
        agency = sa.func.coalesce(orm.case.c.agency, orm.evaluation.c.agency)
        query = sa.select(orm.incident, agency.label("agency"), *_OF_CASE, *_OF_RATING)
        query = query.outerjoin(orm.case, orm.case.c.case_no == table.case_no)
        query = query.outerjoin(orm.evaluation, orm.evaluation.c.id == table.case_no)
        query = query.where(table.resolved_at.is_(None), _LIVING).order_by(*order).limit(limit)
        if agencies:
            query = query.where(agency.in_(agencies))
        if cursor:
            query = query.where(sa.tuple_(*order) > sa.tuple_(*opened(cursor, len(order))))
        return [_listed(dict(row._mapping)) for row in self._work.connection.execute(query)]


_OF_CASE = [orm.case.c[name] for name in ("item", "name", "process", "process_version")]
_OF_RATING = [orm.evaluation.c.item.label("rated"), orm.evaluation.c.item_name.label("rated_name")]
_LIVING = sa.or_(
    sa.and_(orm.case.c.case_no.is_not(None), orm.case.c.outcome.is_(None)),
    orm.incident.c.kind.in_(OUTLASTING),
)
"""Of an ended case only what outlasts it is open: its timers and jobs are gone, whatever failed at them."""


def _listed(row: dict[str, Any]) -> dict[str, Any]:
    rated, name = row.pop("rated"), row.pop("rated_name")
    return {**row, "item": rated, "name": name, "of": RATING} if rated else {**row, "of": CASE}


def held_back(case_no: sa.ColumnElement[str], token: sa.ColumnElement[str], now: datetime) -> Condition:
    """Whether this failed before and is not to be tried again yet."""
    table = orm.incident.c
    return sa.exists().where(
        table.case_no == case_no,
        table.token == token,
        table.resolved_at.is_(None),
        table.next_at > now.isoformat(),
    )


def _one(case_no: str, token: str) -> tuple[sa.ColumnElement[bool], ...]:
    return orm.incident.c.case_no == case_no, orm.incident.c.token == token
