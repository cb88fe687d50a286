"""Tasks, timers, drafts in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from gdbos_contracts.errors import BadInput
from gdbos_contracts.principal import Principal
from gdbos_runtime.prepared import Prepared
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm
from services.workflow.adapters.supervising import SuccessionRepository
from services.workflow.domain.faults import fault
from services.workflow.domain.succession import Succession

Json = Mapping[str, Any]
NO_DUE = "9999"
"""Sorts after every day: a task whose case has no due day yet."""
NEVER = 253402300799.0
"""The last second of the calendar: what waits for somebody to ask for it."""
MINE = "mine"
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
_OF_CASE = sa.update(orm.task).where(
    orm.task.c.case_no == sa.bindparam("no"), orm.task.c.status == sa.bindparam("was")
)


class TaskRepository:
    """One table, one index (status, agency, due): an inbox is one range of it."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def open(self, row: Json) -> None:
        fresh = {"status": "open", "due": None, "yellow_from": None, "paused": False, "claimed_by": None}
        _OPEN.run(self._work.connection, {**fresh, **row, "sort_due": NO_DUE})

    def end(self, case_no: str, token: str, status: str) -> None:
        _END.run(self._work.connection, {"task": f"{case_no}:{token}", "status": status})

    def end_all(self, case_no: str) -> None:
        self._work.connection.execute(_OF_CASE, {"no": case_no, "was": "open", "status": "cancelled"})

    def get(self, id: str) -> Json | None:
        row = self._work.connection.execute(_TASK, {"task": id}).first()
        return dict(row._mapping) if row else None

    def claim(self, id: str, principal: str | None) -> None:
        self._work.connection.execute(_CHANGE, {"task": id, "claimed_by": principal})

    def recolour(self, case_no: str, due: str | None, yellow: str | None, paused: bool) -> None:
        colours = {"due": due, "yellow_from": yellow, "paused": paused, "sort_due": due or NO_DUE}
        self._work.connection.execute(_OF_CASE, {"no": case_no, "was": "open", **colours})

    def queue(self, principal: Principal, query: Json, today: date) -> Sequence[Json]:
        table = orm.task.c
        statement = (
            sa.select(orm.task)
            .where(table.status == "open", *self._desk(principal, today))
            .order_by(table.sort_due, table.id)
            .limit(query["limit"])
        )
        if query["item"]:
            statement = statement.where(table.item == query["item"])
        if query["queue"]:
            own = table.claimed_by == principal.id
            statement = statement.where(own if query["queue"] == MINE else table.role == query["queue"])
        if query["light"]:
            statement = statement.where(_light(query["light"], today.isoformat()))
        if query["cursor"]:
            due, separator, id = query["cursor"].partition("|")
            if not separator:
                raise BadInput(faults=[fault("/cursor", "cursor")])
            statement = statement.where(
                sa.or_(table.sort_due > due, sa.and_(table.sort_due == due, table.id > id))
            )
        return [dict(row._mapping) for row in self._work.connection.execute(statement)]

    def counts(self, principal: Principal, today: date) -> dict[str, int]:
        table = orm.task.c
        lights = {
            name: sa.func.sum(sa.case((_light(name, today.isoformat()), 1), else_=0)).label(name)
            for name in ("green", "yellow", "red", "blue")
        }
        mine = sa.func.sum(sa.case((table.claimed_by == principal.id, 1), else_=0)).label(MINE)
        row = self._work.connection.execute(
            sa.select(sa.func.count().label("open"), mine, *lights.values()).where(
                table.status == "open", *self._desk(principal, today)
            )
        ).one()
        return {name: int(value or 0) for name, value in row._mapping.items()}

    def _desk(self, principal: Principal, today: date) -> list[sa.ColumnElement[bool]]:
        """Whose tasks: a clerk's agency, what it took over, and roles; everything for who supervises."""
        if principal.kind in ("supervisor", "admin", "system"):
            return []
        table, own = orm.task.c, principal.agency or ""
        line = Succession.on(today, SuccessionRepository(self._work).all()).line(own)
        agency = table.agency == own if line == (own,) else table.agency.in_(line)
        return [agency, table.role.in_(principal.roles)]


class TimerRepository:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def put(self, case_no: str, token: str, due: datetime) -> None:
        row = {"case_no": case_no, "token": token, "due": due.timestamp()}
        _SET.run(self._work.connection, row)

    def drop(self, case_no: str, token: str) -> None:
        _DROP.run(self._work.connection, {"no": case_no, "wait": token})

    def postpone(self, case_no: str, token: str, due: datetime | None) -> None:
        """None: until somebody asks for it."""
        table = orm.timer.c
        self._work.connection.execute(
            sa.update(orm.timer).where(table.case_no == case_no, table.token == token),
            {"due": due.timestamp() if due else NEVER},
        )

    def due(self, now: datetime, limit: int) -> Sequence[Json]:
        table = orm.timer.c
        rows = self._work.connection.execute(
            sa.select(table.case_no, table.token)
            .where(table.due <= now.timestamp())
            .order_by(table.due)
            .limit(limit)
        )
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


def _light(name: str, today: str) -> sa.ColumnElement[bool]:
    """The same colours as handlers.desk.light_of."""
    table = orm.task.c
    overdue, soon = table.sort_due < today, sa.func.coalesce(table.yellow_from, NO_DUE) <= today
    running = table.paused.is_(False)
    return {
        "blue": table.paused.is_(True),
        "red": sa.and_(running, overdue),
        "yellow": sa.and_(running, sa.not_(overdue), soon),
        "green": sa.and_(running, sa.not_(overdue), sa.not_(soon)),
    }[name]
