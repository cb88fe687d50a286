"""Who refers to which element, code list or schema, and which of their versions are alive."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.prepared import Prepared
from services.standards.adapters import orm
from services.standards.domain.standing import Standing, living
from services.standards.domain.use import OPEN, Span, Use

_AT_ONCE = 400
"""Users asked of in one query: SQLite and PostgreSQL both have an end to their parameters."""

User = tuple[str, str]
_USE = orm.element_use.c
_SELECT = sa.select(orm.element_use).order_by(*_USE)
_OF_ELEMENT = _SELECT.where(_USE.element == sa.bindparam("element"))
_OF_VERSION = _OF_ELEMENT.where(_USE.element_version == sa.bindparam("version"))
_KEY = ("kind", "id", "version")
_USER = [_USE[name] == sa.bindparam(name) for name in _KEY]
_OF_USER = _SELECT.where(*_USER)
_FORGET = Prepared(sa.delete(orm.element_use).where(*_USER))


def _stand(dialect: Any) -> Any:
    """The dates of a version that is known already are told anew; its cases stay."""
    row = dialect.insert(orm.user_version)
    dates = {name: row.excluded[name] for name in ("valid_from", "valid_to")}
    return row.on_conflict_do_update(index_elements=_KEY, set_=dates)


_STAND = Prepared.of_dialect(_stand, (*_KEY, "valid_from", "valid_to", "cases"))


class UseRepository:
    """One version of a user is replaced as a whole."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def of_element(self, id: str, version: int | None) -> Sequence[Use]:
        if version is None:
            return self._read(_OF_ELEMENT, {"element": id})
        return self._read(_OF_VERSION, {"element": id, "version": version})

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
        return self._read(_OF_USER, {"kind": kind, "id": id, "version": version})

    def replace(self, kind: str, id: str, version: str, uses: Sequence[Use], span: Span = OPEN) -> None:
        user = {"kind": kind, "id": id, "version": version}
        _FORGET.run(self._connection, user)
        if uses:
            self._connection.execute(sa.insert(orm.element_use), [use.to_data() for use in uses])
        _STAND.run(self._connection, {**user, "valid_from": span[0], "valid_to": span[1], "cases": 0})

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

    def _read(self, query: sa.Select[Any], values: Mapping[str, Any]) -> Sequence[Use]:
        rows = self._connection.execute(query, values)
        return [Use(row.kind, row.id, row.version, row.element, row.element_version) for row in rows]
