"""Published elements and code lists, kept in memory once read: a version never changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from services.standards.adapters import orm
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement

Found = TypeVar("Found")
Memory = dict[tuple[str, str, int], Any]


class RegistryRepository:
    """`memory` outlives the unit of work; only exact versions go into it."""

    def __init__(self, connection: sa.Connection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory

    def element(self, id: str, version: int | None = None) -> DataElement | None:
        return self._one(orm.element, DataElement.from_data, id, version)

    def code_list(self, id: str, version: int | None = None) -> CodeList | None:
        return self._one(orm.code_list, CodeList.from_data, id, version)

    def search(self, q: str, after: str, limit: int) -> Sequence[DataElement]:
        newest = sa.select(orm.element.c.id, sa.func.max(orm.element.c.version).label("version"))
        latest = newest.group_by(orm.element.c.id).subquery()
        query = (
            sa.select(orm.element.c.body)
            .join(latest, sa.and_(latest.c.id == orm.element.c.id, latest.c.version == orm.element.c.version))
            .where(orm.element.c.id > after)
            .order_by(orm.element.c.id)
            .limit(limit)
        )
        if q:
            query = query.where(orm.element.c.names.contains(q.lower(), autoescape=True))
        return [DataElement.from_data(body) for body in self._connection.scalars(query)]

    def add_elements(self, elements: Sequence[DataElement]) -> None:
        rows = [
            {
                "id": e.id,
                "version": e.version,
                "status": e.status,
                "names": " ".join((e.id, *e.names.values(), *e.synonyms)).lower(),
                "body": e.to_data(),
            }
            for e in elements
        ]
        if rows:
            self._connection.execute(sa.insert(orm.element), rows)

    def add_code_lists(self, lists: Sequence[CodeList]) -> None:
        rows = [{"id": c.id, "version": c.version, "body": c.to_data()} for c in lists]
        if rows:
            self._connection.execute(sa.insert(orm.code_list), rows)

    def _one(
        self, table: sa.Table, read: Callable[[Any], Found], id: str, version: int | None
    ) -> Found | None:
        if version is None:
            newest = sa.select(sa.func.max(table.c.version)).where(table.c.id == id)
            version = self._connection.scalar(newest)
            if version is None:
                return None
        key = (table.name, id, version)
        if key not in self._memory:
            body = self._connection.scalar(
                sa.select(table.c.body).where(table.c.id == id, table.c.version == version)
            )
            if body is None:
                return None
            self._memory[key] = read(body)
        found: Found = self._memory[key]
        return found
