"""Event logs and process versions read for analysis: no name, no answer and no note is selected."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from gdbos_contracts.text import pick
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm
from services.workflow.domain.mining import Entry, Trace

Json = Mapping[str, Any]
LANGUAGE = "zh-Hans"
_BUNDLE = orm.case.alias("bundle")


class LogRepository:
    """What happened to cases, by process."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def traces(self, process: str, limit: int) -> Sequence[Trace]:
        """The newest cases of the process ("" for every one), oldest first, each with its entries."""
        case, line = orm.case.c, orm.timeline.c
        wanted = sa.select(case.case_no).where(case.kind == "item").order_by(case.submitted_at.desc())
        if process:
            wanted = wanted.where(case.process == process)
        chosen = wanted.limit(limit).subquery()
        rows = self._work.connection.execute(
            sa.select(case.case_no, case.item, case.process, case.outcome, line.at, line.event, line.agency)
            .join_from(orm.case, chosen, chosen.c.case_no == case.case_no)
            .join(orm.timeline, line.case_no == case.case_no)
            .order_by(case.submitted_at, case.case_no, line.id)
        )
        found: dict[str, tuple[Any, list[Entry]]] = {}
        for row in rows:
            entry = Entry(datetime.fromisoformat(row.at), row.event, pick(row.agency or {}, LANGUAGE))
            found.setdefault(row.case_no, (row, []))[1].append(entry)
        return [
            Trace(number, row.item, row.process, row.outcome or "", tuple(entries))
            for number, (row, entries) in found.items()
        ]

    def arrivals(
        self, process: str, since: date, item: str = "", bundle: str = ""
    ) -> Sequence[tuple[str, int, int]]:
        """(day, hour, cases) since a day: counted by the database, no case leaves it."""
        case = orm.case.c
        day, hour = sa.func.substr(case.submitted_at, 1, 10), sa.func.substr(case.submitted_at, 12, 2)
        wanted = sa.select(day, hour, sa.func.count()).where(*_arrived(process, since))
        if item:
            wanted = wanted.where(case.item == item)
        if bundle:
            wanted = wanted.join_from(orm.case, _BUNDLE, _BUNDLE.c.case_no == case.parent)
            wanted = wanted.where(_BUNDLE.c.item == bundle)
        rows = self._work.connection.execute(wanted.group_by(day, hour))
        return [(str(when), int(at), int(cases)) for when, at, cases in rows]

    def ways(self, process: str, since: date) -> Mapping[str, Sequence[Json]]:
        """{items, bundles: [{code, name, cases}]} of what arrived, the most first."""
        alone = sa.select(orm.case)
        whole = alone.join_from(orm.case, _BUNDLE, _BUNDLE.c.case_no == orm.case.c.parent)
        return {
            "items": self._counted(alone, orm.case.c, process, since),
            "bundles": self._counted(whole, _BUNDLE.c, process, since),
        }

    def _counted(self, rows: Any, table: Any, process: str, since: date) -> Sequence[Json]:
        name = sa.func.max(sa.cast(table.name, sa.Text))
        cases = sa.func.count().label("cases")
        wanted = rows.with_only_columns(table.item, name.label("name"), cases).where(
            *_arrived(process, since)
        )
        found = self._work.connection.execute(wanted.group_by(table.item).order_by(cases.desc(), table.item))
        return [{"code": row.item, "name": json.loads(row.name), "cases": row.cases} for row in found]

    def processes(self) -> Sequence[Json]:
        """[{id, version, name}] of every process in its newest version."""
        table = orm.process.c
        newest = (
            sa.select(table.id, sa.func.max(table.version).label("version")).group_by(table.id).subquery()
        )
        rows = self._work.connection.execute(
            sa.select(table.id, table.version, table.graph)
            .join(newest, sa.and_(newest.c.id == table.id, newest.c.version == table.version))
            .order_by(table.id)
        )
        return [{"id": row.id, "version": row.version, "name": row.graph["name"]} for row in rows]


def _arrived(process: str, since: date) -> tuple[sa.ColumnElement[bool], ...]:
    case = orm.case.c
    return case.process == process, case.kind == "item", case.submitted_at >= since.isoformat()
