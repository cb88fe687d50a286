"""Code lists by what is told of them, and crosswalks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.standards.adapters import orm
from services.standards.adapters.repository import Memory
from services.standards.domain import finding
from services.standards.domain.crosswalk import Crosswalk


class CodeListRepository:
    """Reads the facts of versions; their codes stay where they are."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def search(self, q: str, after: str, limit: int) -> Sequence[tuple[str, Mapping[str, Any]]]:
        words, table = finding.terms(q), orm.code_list.c
        query = _newest(orm.code_list, table.id, table.names, table.facts)
        for word in words:
            query = query.where(table.names.contains(word, autoescape=True))
        if not words:
            query = query.where(table.id > after).order_by(table.id).limit(limit)
        placed = (
            (finding.place(words, row.id, row.names), row.facts) for row in self._connection.execute(query)
        )
        return sorted((each for each in placed if each[0] > after), key=lambda each: each[0])[:limit]

    def versions(self, id: str) -> Sequence[Mapping[str, Any]]:
        table = orm.code_list.c
        query = sa.select(table.facts).where(table.id == id).order_by(table.version)
        return list(self._connection.scalars(query))


class CrosswalkRepository:
    """Published crosswalks; `memory` outlives the unit of work and holds exact versions only."""

    def __init__(self, connection: sa.Connection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory

    def crosswalk(self, id: str, version: int | None = None) -> Crosswalk | None:
        table = orm.crosswalk.c
        if version is None:
            version = self._connection.scalar(sa.select(sa.func.max(table.version)).where(table.id == id))
        key = (orm.crosswalk.name, id, version or 0)
        if key not in self._memory:
            query = sa.select(table.body).where(table.id == id, table.version == version)
            body = self._connection.scalar(query)
            if body is None:
                return None
            self._memory[key] = Crosswalk.from_data(body)
        found: Crosswalk = self._memory[key]
        return found

    def facts(self, code_list: str) -> Sequence[Mapping[str, Any]]:
        table = orm.crosswalk.c
        query = _newest(orm.crosswalk, table.facts).order_by(table.id)
        if code_list:
            query = query.where(sa.or_(table.source == code_list, table.target == code_list))
        return list(self._connection.scalars(query))

    def every(self) -> Sequence[Crosswalk]:
        table = orm.crosswalk.c
        bodies = self._connection.scalars(sa.select(table.body).order_by(table.id, table.version))
        return [Crosswalk.from_data(body) for body in bodies]

    def add(self, crosswalks: Sequence[Crosswalk]) -> None:
        rows = [
            {
                "id": c.id,
                "version": c.version,
                "source": c.source.id,
                "target": c.target.id,
                "facts": c.facts(),
                "body": c.to_data(),
            }
            for c in crosswalks
        ]
        if rows:
            self._connection.execute(sa.insert(orm.crosswalk), rows)


def _newest(table: sa.Table, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """`columns` of the newest version of each id."""
    last = (
        sa.select(table.c.id, sa.func.max(table.c.version).label("version")).group_by(table.c.id).subquery()
    )
    same = sa.and_(last.c.id == table.c.id, last.c.version == table.c.version)
    return sa.select(*columns).join(last, same)
