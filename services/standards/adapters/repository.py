"""Published elements and code lists, kept in memory once read: a version never changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from gdbos_contracts.errors import Conflict
from services.standards.adapters import orm
from services.standards.adapters.alike import Alike
from services.standards.domain import finding
from services.standards.domain.codelist import CodeList, facts
from services.standards.domain.element import DataElement
from services.standards.domain.lifecycle import Step
from services.standards.domain.migration import MigrationRule
from services.standards.domain.use import Use

Found = TypeVar("Found")
Memory = dict[tuple[str, str, int], Any]


class RegistryRepository(Alike):
    """`memory` outlives the unit of work; only exact versions go into it. `rest` lets others have their turn."""

    def __init__(
        self, connection: sa.Connection, memory: Memory, rest: Callable[[], None] = lambda: None
    ) -> None:
        self._connection = connection
        self._memory = memory
        self._rest = rest

    def element(self, id: str, version: int | None = None) -> DataElement | None:
        return self._one(orm.element, DataElement.from_data, id, version)

    def code_list(self, id: str, version: int | None = None) -> CodeList | None:
        return self._one(orm.code_list, CodeList.from_data, id, version)

    def newest(self) -> Sequence[DataElement]:
        rows = self._connection.execute(self._latest().order_by(orm.element.c.id))
        return [self._keep(orm.element, DataElement.from_data, row.id, row.version, row.body) for row in rows]

    def search(self, q: str, after: str, limit: int, status: str) -> Sequence[tuple[DataElement, str]]:
        words = finding.terms(q)
        query = self._latest().with_only_columns(
            orm.element.c.id, orm.element.c.version, orm.element.c.status, orm.element.c.names
        )
        for word in words:
            query = query.where(orm.element.c.names.contains(word, autoescape=True))
        if status:
            query = query.where(orm.element.c.status == status)
        if not words:
            query = query.where(orm.element.c.id > after).order_by(orm.element.c.id).limit(limit)
        placed = sorted(
            (place, row.id, row.version, row.status)
            for row in self._connection.execute(query)
            if (place := finding.place(words, row.id, row.names)) > after
        )
        found = [(self.element(id, version), status) for _, id, version, status in placed[:limit]]
        return [(element, status) for element, status in found if element is not None]

    def versions(self, id: str) -> Sequence[tuple[int, str]]:
        table = orm.element.c
        query = sa.select(table.version, table.status).where(table.id == id).order_by(table.version)
        return [(row.version, row.status) for row in self._connection.execute(query)]

    def history(self, id: str, version: int) -> Sequence[Step]:
        table = orm.status_step.c
        query = sa.select(orm.status_step).where(table.id == id, table.version == version)
        return [
            Step(row.number, row.before, row.after, row.by, datetime.fromisoformat(row.at), row.note)
            for row in self._connection.execute(query.order_by(table.number))
        ]

    def add_step(self, id: str, version: int, step: Step) -> None:
        """The earlier status is part of the condition: of two that step at once, one finds nothing to change."""
        where = (
            orm.element.c.id == id,
            orm.element.c.version == version,
            orm.element.c.status == step.before,
        )
        taken = self._connection.execute(sa.update(orm.element).where(*where).values(status=step.after))
        if taken.rowcount != 1:
            raise Conflict
        row = {
            "id": id,
            "version": version,
            "number": step.number,
            "before": step.before,
            "after": step.after,
            "by": step.by,
            "at": step.at.isoformat(),
            "note": step.note,
        }
        self._connection.execute(sa.insert(orm.status_step), [row])

    def bound_to(self, code_list: str, version: int | None) -> Sequence[Use]:
        column = orm.element.c.code_list
        bound = (
            column == f"{code_list}@{version}"
            if version
            else column.startswith(f"{code_list}@", autoescape=True)
        )
        query = sa.select(orm.element.c.id, orm.element.c.version, column).where(bound)
        return [
            Use("element", row.id, str(row.version), code_list, int(row.code_list.rpartition("@")[2]))
            for row in self._connection.execute(query.order_by(orm.element.c.id, orm.element.c.version))
        ]

    def rules(self, id: str, version: int) -> Sequence[MigrationRule]:
        table = orm.migration_rule.c
        query = sa.select(orm.migration_rule).where(table.id == id, table.new == version)
        return [MigrationRule(*row) for row in self._connection.execute(query.order_by(table.old))]

    def every_element(self) -> Sequence[DataElement]:
        return self._every(orm.element, DataElement.from_data)

    def every_code_list(self) -> Sequence[CodeList]:
        return self._every(orm.code_list, CodeList.from_data)

    def every_rule(self) -> Sequence[MigrationRule]:
        table = orm.migration_rule.c
        query = sa.select(orm.migration_rule).order_by(table.id, table.old, table.new)
        return [MigrationRule(*row) for row in self._connection.execute(query)]

    def _every(self, table: sa.Table, read: Callable[[Any], Found]) -> list[Found]:
        rows = self._connection.execute(sa.select(table).order_by(table.c.id, table.c.version))
        return [self._keep(table, read, row.id, row.version, row.body) for row in rows]

    def add_rules(self, rules: Sequence[MigrationRule]) -> None:
        if rules:
            rows = [dict(zip(orm.migration_rule.c.keys(), astuple(rule), strict=True)) for rule in rules]
            self._connection.execute(sa.insert(orm.migration_rule), rows)

    def add_elements(self, elements: Sequence[DataElement]) -> None:
        rows = [
            {
                "id": e.id,
                "version": e.version,
                "status": e.status,
                "names": finding.searched(e),
                "code_list": f"{e.code_list.id}@{e.code_list.version}" if e.code_list else "",
                "body": e.to_data(),
            }
            for e in elements
        ]
        if rows:
            self._connection.execute(sa.insert(orm.element), rows)

    def add_code_lists(self, lists: Sequence[CodeList]) -> None:
        rows = [
            {
                "id": c.id,
                "version": c.version,
                "facts": facts(c),
                "names": finding.searched(c),
                "body": c.to_data(),
            }
            for c in lists
        ]
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
            return self._keep(table, read, id, version, body)
        found: Found = self._memory[key]
        return found

    def _keep(self, table: sa.Table, read: Callable[[Any], Found], id: str, version: int, body: Any) -> Found:
        """Reads a body once for ever: a version's content never changes, only its status does."""
        key = (table.name, id, version)
        if key not in self._memory:
            self._memory[key] = read(body)
        found: Found = self._memory[key]
        return found

    def _latest(self) -> sa.Select[Any]:
        newest = sa.select(orm.element.c.id, sa.func.max(orm.element.c.version).label("version"))
        latest = newest.group_by(orm.element.c.id).subquery()
        same = sa.and_(latest.c.id == orm.element.c.id, latest.c.version == orm.element.c.version)
        return sa.select(orm.element).join(latest, same)
