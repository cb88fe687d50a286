"""Tasks, timers, drafts in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.prepared import Prepared
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm

Json = Mapping[str, Any]
NO_DUE = "9999"
"""Sorts after every day: a task whose case has no due day yet."""
NEVER = 253402300799.0
"""The last second of the calendar: what waits for somebody to ask for it."""
_OPEN = Prepared(sa.insert(orm.task), orm.task.c.keys())
_CHANGE = sa.update(orm.task).where(orm.task.c.id == sa.bindparam("task"))
_END = Prepared(sa.update(orm.task).where(orm.task.c.id == sa.bindparam("task", type_=sa.String)), ["status"])
_TASK = sa.select(orm.task).where(orm.task.c.id == sa.bindparam("task"))
_SET = Prepared(sa.insert(orm.timer), orm.timer.c.keys())
_DROP = Prepared(
    sa.delete(orm.timer).where(
        orm.timer.c.case_no == sa.bindparam("no", type_=sa.String),
        orm.timer.c.token == sa.bindparam("wait", type_=sa.String),
    )
)
_FAILED = sa.exists().where(
    orm.incident.c.case_no == orm.timer.c.case_no, orm.incident.c.token == orm.timer.c.token
)
_DUE = (
    sa.select(orm.timer.c.case_no, orm.timer.c.token, _FAILED.label("failed"))
    .where(orm.timer.c.due <= sa.bindparam("now"))
    .order_by(orm.timer.c.due)
    .limit(sa.bindparam("limit"))
    .with_for_update(skip_locked=True, of=orm.timer)
)
_UNCLAIMED = {"claimed_by": None, "last_claim": None}
_OF_CASE = sa.update(orm.task).where(
    orm.task.c.case_no == sa.bindparam("no", type_=sa.String), orm.task.c.status == "open"
)
_END_ALL = Prepared(_OF_CASE, ["status"])
_RECOLOUR = Prepared(_OF_CASE, ["due", "yellow_from", "paused", "sort_due"])


class TaskRepository:
    """The tasks of cases; `adapters.inbox` lists them."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def open(self, row: Json) -> None:
        fresh = {**_UNCLAIMED, "status": "open", "due": None, "yellow_from": None, "paused": False}
        self._work.write(_OPEN, {**fresh, **row, "sort_due": NO_DUE})

    def revise(self, case_no: str, token: str, row: Json) -> None:
        self._work.connection.execute(_CHANGE, {"task": f"{case_no}:{token}", **row})

    def end(self, case_no: str, token: str, status: str) -> None:
        self._work.write(_END, {"task": f"{case_no}:{token}", "status": status})

    def end_all(self, case_no: str) -> None:
        self._work.write(_END_ALL, {"no": case_no, "status": "cancelled"})

    def get(self, id: str) -> Json | None:
        row = self._work.connection.execute(_TASK, {"task": id}).first()
        return dict(row._mapping) if row else None

    def claim(self, id: str, holder: str | None, last: Json) -> None:
        """`last` is {by, before, undone}: who changed the holder, and what an undo would restore."""
        self._work.connection.execute(_CHANGE, {"task": id, "claimed_by": holder, "last_claim": dict(last)})

    def of_case(self, case_no: str) -> Sequence[Json]:
        """Every task the case has had, open or not."""
        rows = self._work.connection.execute(sa.select(orm.task).where(orm.task.c.case_no == case_no))
        return [dict(row._mapping) for row in rows]

    def recolour(self, case_no: str, due: str | None, yellow: str | None, paused: bool) -> None:
        colours = {"due": due, "yellow_from": yellow, "paused": paused, "sort_due": due or NO_DUE}
        self._work.write(_RECOLOUR, {"no": case_no, **colours})


class TimerRepository:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def put(self, case_no: str, token: str, due: datetime) -> None:
        row = {"case_no": case_no, "token": token, "due": due.timestamp()}
        self._work.write(_SET, row)

    def drop(self, case_no: str, token: str) -> None:
        self._work.write(_DROP, {"no": case_no, "wait": token})

    def postpone(self, case_no: str, token: str, due: datetime | None) -> None:
        """None: until somebody asks for it."""
        table = orm.timer.c
        self._work.connection.execute(
            sa.update(orm.timer).where(table.case_no == case_no, table.token == token),
            {"due": due.timestamp() if due else NEVER},
        )

    def due(self, now: datetime, limit: int) -> Sequence[Json]:
        rows = self._work.connection.execute(_DUE, {"now": now.timestamp(), "limit": limit})
        return [dict(row._mapping) for row in rows]


class DraftRepository:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def put(self, owner: str, id: str, body: Json, at: str) -> None:
        self.delete(owner, id)
        row = {"owner": owner, "id": id, "body": dict(body), "at": at}
        self._work.connection.execute(sa.insert(orm.draft), row)

    def get(self, owner: str, id: str) -> Json | None:
        table = orm.draft.c
        row = self._work.connection.execute(
            sa.select(table.id, table.body, table.at).where(table.owner == owner, table.id == id)
        ).first()
        return dict(row._mapping) if row else None

    def all(self, owner: str) -> Sequence[Json]:
        table = orm.draft.c
        rows = self._work.connection.execute(
            sa.select(table.id, table.body, table.at).where(table.owner == owner).order_by(table.at.desc())
        )
        return [dict(row._mapping) for row in rows]

    def delete(self, owner: str, id: str) -> None:
        table = orm.draft.c
        self._work.connection.execute(sa.delete(orm.draft).where(table.owner == owner, table.id == id))
