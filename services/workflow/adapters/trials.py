"""Drafts, studies and trials in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm

Json = Mapping[str, Any]
_HEAD = (
    orm.trial.c.id,
    orm.trial.c.title,
    orm.trial.c.subject,
    orm.trial.c.state,
    orm.trial.c.done,
    orm.trial.c.total,
    orm.trial.c.asked_at,
)


class TrialRepository:
    """Trials 試算, worked off one replication at a time by whoever holds the lease."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, row: Json) -> None:
        self._work.connection.execute(sa.insert(orm.trial), dict(row))

    def get(self, id: str) -> Json | None:
        row = self._work.connection.execute(sa.select(orm.trial).where(orm.trial.c.id == id)).first()
        return dict(row._mapping) if row else None

    def of(self, subject: str, limit: int) -> Sequence[Json]:
        table = orm.trial.c
        wanted = sa.select(*_HEAD).where(table.subject == subject).order_by(table.asked_at.desc())
        return [dict(row._mapping) for row in self._work.connection.execute(wanted.limit(limit))]

    def lease(self, now: datetime, until: datetime) -> Json | None:
        table = orm.trial.c
        free = sa.and_(table.state == "running", table.leased_until <= now.timestamp())
        id = self._work.connection.scalar(sa.select(table.id).where(free).order_by(table.asked_at).limit(1))
        taken = sa.update(orm.trial).where(table.id == id, free).values(leased_until=until.timestamp())
        if id is None or not self._work.connection.execute(taken).rowcount:
            return None
        return self.get(id)

    def save(self, id: str, done: int, values: Json) -> bool:
        """False when another has saved that replication before."""
        table = orm.trial.c
        change = sa.update(orm.trial).where(table.id == id, table.done == done, table.state == "running")
        return bool(self._work.connection.execute(change.values(**values)).rowcount)

    def studies(self) -> Sequence[Json]:
        rows = self._work.connection.execute(sa.select(orm.study.c.body).order_by(orm.study.c.id))
        return [row.body for row in rows]

    def study(self, id: str) -> Json | None:
        found: Json | None = self._work.connection.scalar(
            sa.select(orm.study.c.body).where(orm.study.c.id == id)
        )
        return found

    def put_study(self, id: str, digest: str, body: Json) -> bool:
        """False when it is there already, letter for letter."""
        table = orm.study
        held = self._work.connection.scalar(sa.select(table.c.digest).where(table.c.id == id))
        if held == digest:
            return False
        self._work.connection.execute(sa.delete(table).where(table.c.id == id))
        self._work.connection.execute(sa.insert(table), {"id": id, "digest": digest, "body": dict(body)})
        return True


class ModelDraftRepository:
    """Drafts of processes and decisions: one for each, whoever works at it, told apart by revision."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def get(self, kind: str, id: str) -> Json | None:
        table = orm.model_draft
        row = self._work.connection.execute(
            sa.select(table).where(table.c.id == id, table.c.kind == kind)
        ).first()
        return dict(row._mapping) if row else None

    def put(self, kind: str, id: str, revision: int, content: str, at: str) -> bool:
        """Revision 1 makes it; any other replaces the one before. False when somebody was quicker."""
        table = orm.model_draft
        if revision == 1 and self.get(kind, id) is None:
            row = {"id": id, "kind": kind, "revision": 1, "content": content, "at": at}
            self._work.connection.execute(sa.insert(table), row)
            return True
        mine = sa.and_(table.c.id == id, table.c.kind == kind, table.c.revision == revision - 1)
        change = sa.update(table).where(mine).values(revision=revision, content=content, at=at)
        return bool(self._work.connection.execute(change).rowcount)

    def ids(self, kind: str) -> Sequence[str]:
        table = orm.model_draft.c
        return list(
            self._work.connection.scalars(sa.select(table.id).where(table.kind == kind).order_by(table.id))
        )

    def drop(self, kind: str, id: str) -> None:
        table = orm.model_draft
        self._work.connection.execute(sa.delete(table).where(table.c.id == id, table.c.kind == kind))
