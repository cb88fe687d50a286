"""Running clocks and their lights in the database: lights change by sets, no case is touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.prepared import Prepared
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters.journal import held_back
from services.workflow.adapters.orm import supervision as tables
from services.workflow.domain.case import Case, agency_name

Json = Mapping[str, Any]
_CLOCK = tables.case_clock
_OPEN = _CLOCK.c.open.is_(True)
_CLOSE = Prepared(sa.update(_CLOCK).where(_CLOCK.c.case_no == sa.bindparam("no", type_=sa.String)), ["open"])
_LIGHTS = ("green", "yellow", "red", "blue")


@cache
def _put(names: tuple[str, ...], changed: tuple[str, ...]) -> Prepared:
    """Insert a row, or set what `changed` names in the one that is there."""

    def upsert(dialect: Any) -> Any:
        insert = dialect.insert(_CLOCK)
        return insert.on_conflict_do_update(
            index_elements=["case_no"], set_={name: insert.excluded[name] for name in changed}
        )

    return Prepared.of_dialect(upsert, names)


class ClockRepository:
    """One row for each case that is under way; the end of the case closes it."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def put(self, case: Case, row: Json) -> None:
        """Write the days of the case's clock; the light follows when the next sweep passes."""
        fresh = {
            "case_no": case.case_no,
            "agency": case.agency,
            "agency_name": dict(agency_name(case)),
            "item": case.item,
            "item_name": dict(case.name),
            "region": case.region,
            "open": True,
            "paused": False,
            "light": "green",
            "was": "green",
        }
        both = {**fresh, **row}
        self._work.write(_put(tuple(both), tuple(row)), both)

    def close(self, case_no: str) -> None:
        """The days stay as they were: a closed case's due day never moves."""
        self._work.write(_CLOSE, {"no": case_no, "open": False})

    def shine(self, today: date, limit: int) -> Sequence[Json]:
        """Give up to `limit` open clocks the light of `today`; the rows that changed, with the light before."""
        wrong = sa.and_(_OPEN, _CLOCK.c.light != _light(today))
        some = sa.select(_CLOCK.c.case_no).where(wrong).limit(limit)
        rows = self._work.connection.execute(
            sa.update(_CLOCK)
            .where(wrong, _CLOCK.c.case_no.in_(some))
            .values(was=_CLOCK.c.light, light=_light(today))
            .returning(
                _CLOCK.c.case_no,
                _CLOCK.c.agency,
                _CLOCK.c.region,
                _CLOCK.c.light,
                _CLOCK.c.was,
                _CLOCK.c.due,
                _CLOCK.c.item_name,
            )
        )
        return [dict(row._mapping) for row in rows]

    def unanswered(self, now: datetime, limit: int) -> Sequence[str]:
        """Cases whose applicant has heard nothing by the end of the fifth working day (Art. 32)."""
        query = sa.select(_CLOCK.c.case_no).where(_OPEN, _CLOCK.c.notice_due < now.date().isoformat())
        query = query.where(~held_back(_CLOCK.c.case_no, sa.literal("notice"), now))
        return list(self._work.connection.scalars(query.order_by(_CLOCK.c.notice_due).limit(limit)))

    def after(self, cursor: str, agency: str, limit: int) -> Sequence[str]:
        """Open cases on the calendar of `agency` ("" is everybody's) with a number above `cursor`."""
        query = sa.select(_CLOCK.c.case_no).where(_OPEN, _CLOCK.c.case_no > cursor)
        if agency:
            query = query.where(_CLOCK.c.agency == agency)
        return list(self._work.connection.scalars(query.order_by(_CLOCK.c.case_no).limit(limit)))

    def due_from(self, day: date, agency: str, limit: int) -> tuple[int, Sequence[Json]]:
        """The days after its due day move no clock, so only these can follow a change of `day`."""
        chosen = sa.and_(_OPEN, _CLOCK.c.due >= day.isoformat())
        if agency:
            chosen = sa.and_(chosen, _CLOCK.c.agency == agency)
        count = int(self._work.connection.scalar(sa.select(sa.func.count()).where(chosen)) or 0)
        query = sa.select(_CLOCK).where(chosen).order_by(_CLOCK.c.due, _CLOCK.c.case_no).limit(limit)
        return count, [dict(row._mapping) for row in self._work.connection.execute(query)]

    def of_agency(self, agency: str) -> int:
        query = sa.select(sa.func.count()).where(_OPEN, _CLOCK.c.agency == agency)
        return int(self._work.connection.scalar(query) or 0)

    def board(self, today: date, area: str) -> Sequence[Json]:
        """{agency, agency_name, item, item_name, open, green, yellow, red, blue} of every agency and item."""
        light = _light(today)
        counts = [sa.func.sum(sa.case((light == name, 1), else_=0)).label(name) for name in _LIGHTS]
        names = [
            sa.func.max(sa.cast(_CLOCK.c[name], sa.Text)).label(name) for name in ("item_name", "agency_name")
        ]
        rows = self._work.connection.execute(
            sa.select(_CLOCK.c.agency, _CLOCK.c.item, *names, sa.func.count().label("open"), *counts)
            .where(_OPEN, _CLOCK.c.region.startswith(area))
            .group_by(_CLOCK.c.agency, _CLOCK.c.item)
            .order_by(_CLOCK.c.agency, _CLOCK.c.item)
        )
        return [dict(row._mapping) for row in rows]

    def overdue(self, today: date, area: str) -> Sequence[Json]:
        """{agency, due, cases}: open cases behind their day, together by day."""
        due = _CLOCK.c.due
        rows = self._work.connection.execute(
            sa.select(_CLOCK.c.agency, due, sa.func.count().label("cases"))
            .where(_OPEN, _CLOCK.c.paused.is_(False), due < today.isoformat())
            .where(_CLOCK.c.region.startswith(area))
            .group_by(_CLOCK.c.agency, due)
        )
        return [dict(row._mapping) for row in rows]

    def get(self, case_no: str) -> Json | None:
        row = self._work.connection.execute(sa.select(_CLOCK).where(_CLOCK.c.case_no == case_no)).first()
        return dict(row._mapping) if row else None


def _light(today: date) -> sa.ColumnElement[str]:
    """The same colours as domain.clock.Clock.light, told by the days in the row."""
    day = today.isoformat()
    return sa.case(
        (_CLOCK.c.due.is_(None), "green"),
        (_CLOCK.c.paused.is_(True), "blue"),
        (_CLOCK.c.due < day, "red"),
        (_CLOCK.c.yellow_from <= day, "yellow"),
        else_="green",
    )
