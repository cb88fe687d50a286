"""Who refers to which element, code list or schema, and which of their versions are alive."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from services.standards.adapters import orm
from services.standards.domain.standing import Standing, living
from services.standards.domain.use import OPEN, Span, Use

_AT_ONCE = 400
"""Users asked of in one query: SQLite and PostgreSQL both have an end to their parameters."""

User = tuple[str, str]


class UseRepository:
    """One version of a user is replaced as a whole."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def of_element(self, id: str, version: int | None) -> Sequence[Use]:
        table = orm.element_use.c
        where = [table.element == id, *([table.element_version == version] if version else [])]
        return self._read(*where)

    def living_by(self, id: str, today: date) -> Sequence[Use]:
        uses = self.of_element(id, None)
        alive = {
            user: living(own, today)
            for user, own in self._standings({(use.kind, use.id) for use in uses}).items()
        }
        return [
            replace(use, cases=alive[use.kind, use.id][use.version])
            for use in uses
            if use.version in alive[use.kind, use.id]
        ]

    def of_user(self, kind: str, id: str, version: str) -> Sequence[Use]:
        return self._read(*_same(orm.element_use, kind, id, version))

    def replace(self, kind: str, id: str, version: str, uses: Sequence[Use], span: Span = OPEN) -> None:
        self._connection.execute(sa.delete(orm.element_use).where(*_same(orm.element_use, kind, id, version)))
        if uses:
            self._connection.execute(sa.insert(orm.element_use), [use.to_data() for use in uses])
        table = orm.user_version
        dates = {"valid_from": span[0], "valid_to": span[1]}
        told = sa.update(table).where(*_same(table, kind, id, version)).values(dates)
        if not self._connection.execute(told).rowcount:
            row = {"kind": kind, "id": id, "version": version, "cases": 0, **dates}
            self._connection.execute(sa.insert(table), [row])

    def run(self, kind: str, ids: Collection[str] | None, cases: Mapping[tuple[str, str], int]) -> None:
        table = orm.user_version
        of = [table.c.kind == kind, table.c.cases > 0]
        if ids is not None:
            of.append(table.c.id.in_(sorted(ids)))
        self._connection.execute(sa.update(table).where(*of).values(cases=0))
        rows = [{"b_id": id, "b_version": version, "n": n} for (id, version), n in sorted(cases.items())]
        if rows:
            same = (table.c.id == sa.bindparam("b_id"), table.c.version == sa.bindparam("b_version"))
            told = sa.update(table).where(table.c.kind == kind, *same).values(cases=sa.bindparam("n"))
            self._connection.execute(told, rows)

    def _standings(self, users: Collection[User]) -> Mapping[User, list[Standing]]:
        table, wanted = orm.user_version.c, sorted(users)
        found: dict[User, list[Standing]] = {user: [] for user in wanted}
        for first in range(0, len(wanted), _AT_ONCE):
            some = sa.tuple_(table.kind, table.id).in_(wanted[first : first + _AT_ONCE])
            for row in self._connection.execute(sa.select(orm.user_version).where(some)):
                standing = Standing(row.version, row.valid_from, row.valid_to, row.cases)
                found[row.kind, row.id].append(standing)
        return found

    def _read(self, *where: sa.ColumnElement[bool]) -> Sequence[Use]:
        table = orm.element_use.c
        order = (table.kind, table.id, table.version, table.element, table.element_version)
        rows = self._connection.execute(sa.select(orm.element_use).where(*where).order_by(*order))
        return [Use(row.kind, row.id, row.version, row.element, row.element_version) for row in rows]


def _same(table: sa.Table, kind: str, id: str, version: str) -> list[sa.ColumnElement[bool]]:
    return [table.c.kind == kind, table.c.id == id, table.c.version == version]
