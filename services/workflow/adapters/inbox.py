"""The clerks' inbox in the database: for each role one range of one index.

`task_inbox` holds open tasks only and carries every column that a filter asks for: a page reads index entries
in the order of the clock, and then the rows that it shows. Nothing is cached: what is committed is listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from gdbos_contracts.principal import Principal
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm
from services.workflow.domain.case import MINE
from services.workflow.domain.jurisdiction import area, supervised
from services.workflow.domain.paging import opened

Json = Mapping[str, Any]
Condition = sa.ColumnElement[bool]
NO_DUE = "9999"
LIGHTS = ("green", "yellow", "red", "blue")
_TASK = orm.task.c
_IS_OPEN: Condition = _TASK.status == sa.literal_column("'open'")
"""Written out, not bound: SQLite takes a partial index only for a condition it can read."""


class InboxRepository:
    """`query` is {queue, item, region, light, text, cursor, limit, holders, person, agencies}; see handlers.desk."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def page(self, principal: Principal, query: Json, today: date) -> Sequence[Json]:
        """Open tasks for the principal, those due first first; at most `limit`."""
        statement = page_of(principal, query, today)
        if statement is None:
            return []
        return [dict(row._mapping) for row in self._work.connection.execute(statement)]

    def counts(self, principal: Principal, query: Json, today: date) -> Sequence[Json]:
        """[{item, item_name, open, mine, green, yellow, red, blue}], one for each item with open tasks."""
        rows = self._work.connection.execute(counts_of(principal, query, today))
        return [{**row._mapping, **{n: int(row._mapping[n] or 0) for n in (MINE, *LIGHTS)}} for row in rows]


def page_of(principal: Principal, query: Json, today: date) -> sa.Select[Any] | None:
    """The one statement of a page; None for a clerk without a role."""
    branches = [_branch(scope, query, today) for scope in _scopes(principal, query)]
    if not branches:
        return None
    found = branches[0].subquery()
    if len(branches) > 1:
        found = sa.union_all(*(sa.select(branch.subquery()) for branch in branches)).subquery()
    return (
        sa.select(orm.task)
        .join(found, found.c.id == _TASK.id)
        .order_by(found.c.sort_due, found.c.id)
        .limit(query["limit"])
    )


def counts_of(principal: Principal, query: Json, today: date) -> sa.Select[Any]:
    """Counts by item and light over the whole desk, and the name of each item from one of its tasks."""
    columns = {name: light_is(name, today.isoformat()) for name in LIGHTS}
    columns[MINE] = _TASK.claimed_by.in_(query["holders"])
    sums = [sa.func.sum(sa.case((holds, 1), else_=0)).label(name) for name, holds in columns.items()]
    grouped = (
        sa.select(_TASK.item, sa.func.count().label("open"), sa.func.min(_TASK.id).label("one"), *sums)
        .where(_IS_OPEN, *_desk(principal, query), *_not_own(query))
        .group_by(_TASK.item)
        .subquery()
    )
    named = [grouped.c[name] for name in ("item", "open", *columns)]
    return (
        sa.select(*named, _TASK.item_name).join(grouped, grouped.c.one == _TASK.id).order_by(grouped.c.item)
    )


def _branch(scope: Sequence[Condition], query: Json, today: date) -> sa.Select[Any]:
    """The first entries of one role, in the order of the index."""
    return (
        sa.select(_TASK.id, _TASK.sort_due)
        .where(_IS_OPEN, *scope, *_filters(query, today), *_not_own(query))
        .order_by(_TASK.sort_due, _TASK.id)
        .limit(query["limit"])
    )


def _filters(query: Json, today: date) -> list[Condition]:
    found: list[Condition] = []
    if query["item"]:
        found.append(_TASK.item == query["item"])
    if query["queue"] == MINE:
        found.append(_TASK.claimed_by.in_(query["holders"]))
    elif query["queue"]:
        found.append(_TASK.role == query["queue"])
    if query["region"]:
        found.append(_TASK.region.startswith(area(query["region"]), autoescape=True))
    if query["light"]:
        found.append(light_is(query["light"], today.isoformat()))
    if query["text"]:
        found.append(sa.or_(_TASK.id.contains(query["text"], autoescape=True), _TASK.person == query["text"]))
    if query["cursor"]:
        due, id = opened(query["cursor"], 2)
        found.append(sa.tuple_(_TASK.sort_due, _TASK.id) > sa.tuple_(sa.literal(due), sa.literal(id)))
    return found


def _not_own(query: Json) -> list[Condition]:
    """Nobody is shown an application of their own at the desk."""
    if not query["person"]:
        return []
    return [sa.func.coalesce(column, "") != query["person"] for column in (_TASK.person, _TASK.filer)]


def _scopes(principal: Principal, query: Json) -> list[list[Condition]]:
    """A clerk's agency, and each whose work it took over, with each role; for who supervises, their area."""
    if principal.kind in ("supervisor", "admin", "system"):
        return [_area(principal)]
    roles = dict.fromkeys(principal.roles)
    return [[_TASK.agency == agency, _TASK.role == role] for agency in query["agencies"] for role in roles]


def _desk(principal: Principal, query: Json) -> list[Condition]:
    if principal.kind in ("supervisor", "admin", "system"):
        return _area(principal)
    return [_TASK.agency.in_(query["agencies"]), _TASK.role.in_(principal.roles)]


def _area(principal: Principal) -> list[Condition]:
    within = supervised(principal)
    return [_TASK.region.startswith(within, autoescape=True)] if within else []


def light_is(name: str, today: str) -> Condition:
    """The same colours as handlers.desk.light_of."""
    overdue, soon = _TASK.sort_due < today, sa.func.coalesce(_TASK.yellow_from, NO_DUE) <= today
    running = _TASK.paused.is_(False)
    return {
        "blue": _TASK.paused.is_(True),
        "red": sa.and_(running, overdue),
        "yellow": sa.and_(running, sa.not_(overdue), soon),
        "green": sa.and_(running, sa.not_(overdue), sa.not_(soon)),
    }[name]
