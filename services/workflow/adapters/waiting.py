"""Subscriptions and jobs in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm
from services.workflow.adapters.desk import NEVER

Json = Mapping[str, Any]


class SubscriptionRepository:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def put(self, case_no: str, token: str, name: str, key: str, kind: str) -> None:
        row = {"case_no": case_no, "token": token, "name": name, "key": key, "kind": kind}
        self._work.connection.execute(sa.insert(orm.subscription), row)

    def drop(self, case_no: str, token: str) -> None:
        table = orm.subscription.c
        self._work.connection.execute(
            sa.delete(orm.subscription).where(table.case_no == case_no, table.token == token)
        )

    def waiting(self, name: str, key: str | None, kind: str, agencies: Sequence[str] = ()) -> Sequence[str]:
        table = orm.subscription.c
        query = sa.select(table.case_no).where(table.name == name, table.kind == kind).order_by(table.id)
        query = query.where(_of(table.case_no, agencies))
        if key is not None:
            query = query.where(table.key == key)
        return list(dict.fromkeys(self._work.connection.scalars(query)))


class JobRepository:
    """`due`: when the job may be leased; a lease moves it to its end, so that a dead worker's job comes back."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def put(self, case_no: str, token: str, kind: str, element: str, attributes: Json) -> None:
        row = {
            "case_no": case_no,
            "token": token,
            "kind": kind,
            "element": element,
            "attributes": dict(attributes),
            "lease": "",
            "due": 0.0,
        }
        self._work.connection.execute(sa.insert(orm.job), row)

    def drop(self, case_no: str, token: str) -> None:
        self._work.connection.execute(sa.delete(orm.job).where(*_one(case_no, token)))

    def lease(
        self,
        kinds: Sequence[str],
        agencies: Sequence[str],
        lease: str,
        now: datetime,
        until: datetime,
        limit: int,
    ) -> Sequence[Json]:
        """Two who ask at once get different jobs: rows that another transaction holds are skipped."""
        table = orm.job.c
        query = (
            sa.select(orm.job)
            .where(table.kind.in_(kinds), table.due <= now.timestamp(), _of(table.case_no, agencies))
            .order_by(table.due, table.case_no, table.token)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = [dict(row._mapping) for row in self._work.connection.execute(query)]
        for row in rows:
            self._work.connection.execute(
                sa.update(orm.job).where(*_one(row["case_no"], row["token"])),
                {"lease": lease, "due": until.timestamp()},
            )
        return rows

    def get(self, case_no: str, token: str) -> Json | None:
        row = self._work.connection.execute(sa.select(orm.job).where(*_one(case_no, token))).first()
        return dict(row._mapping) if row else None

    def extend(self, case_no: str, token: str, until: datetime) -> None:
        """Whoever holds the lease keeps it until then."""
        self._work.connection.execute(
            sa.update(orm.job).where(*_one(case_no, token)), {"due": until.timestamp()}
        )

    def postpone(self, case_no: str, token: str, due: datetime | None) -> None:
        """Free it, to be leased again at `due`; None: until somebody asks for it."""
        self._work.connection.execute(
            sa.update(orm.job).where(*_one(case_no, token)),
            {"lease": "", "due": due.timestamp() if due else NEVER},
        )


def _of(case_no: sa.ColumnElement[str], agencies: Sequence[str]) -> sa.ColumnElement[bool]:
    """Cases of these agencies; every one's without `agencies`."""
    if not agencies:
        return sa.true()
    return case_no.in_(sa.select(orm.case.c.case_no).where(orm.case.c.agency.in_(agencies)))


def _one(case_no: str, token: str) -> tuple[sa.ColumnElement[bool], ...]:
    return orm.job.c.case_no == case_no, orm.job.c.token == token
