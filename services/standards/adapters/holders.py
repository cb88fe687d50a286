"""Templates and whatever else holds fields, with how many of them are standards."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from gdbos_contracts.text import Text
from services.standards.adapters import orm
from services.standards.domain.coverage import Holder
from services.standards.domain.mapping import Spelled
from services.standards.domain.template import Template
from services.standards.ports import Named

_AT_ONCE = 500
"""Ids in one statement, well below what any database takes."""


class HolderRepository:
    """Beside the uses of a version of a user: whose it is, what it is called, how many fields it has."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def note(self, holder: Holder) -> None:
        table = orm.field_holder
        key = {"kind": holder.kind, "id": holder.id, "version": holder.version}
        where = [table.c[name] == value for name, value in key.items()]
        self._connection.execute(sa.delete(table).where(*where))
        row = {**key, "agency": holder.agency, "names": dict(holder.names), "fields": holder.fields}
        row["unmapped"] = [column.to_data() for column in holder.unmapped]
        self._connection.execute(sa.insert(table), [row])

    def unmapped(self) -> Mapping[Named, Sequence[Spelled]]:
        held = orm.field_holder.c
        rows = self._connection.execute(sa.select(held.kind, held.id, held.version, held.unmapped))
        return {
            (row.kind, row.id, row.version): [Spelled(**column) for column in row.unmapped]
            for row in rows
            if row.unmapped
        }

    def propose(self, holder: Named, columns: Sequence[Spelled]) -> None:
        held = orm.field_holder.c
        same = (held.kind == holder[0], held.id == holder[1], held.version == holder[2])
        told = [column.to_data() for column in columns]
        self._connection.execute(sa.update(orm.field_holder).where(*same).values(unmapped=told))

    def names(self, users: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Text]:
        held = orm.field_holder.c
        wanted = sorted({id for _, id in users})
        found: dict[tuple[str, str], Text] = {}
        for first in range(0, len(wanted), _AT_ONCE):
            query = sa.select(held.kind, held.id, held.names).where(
                held.id.in_(wanted[first : first + _AT_ONCE])
            )
            rows = self._connection.execute(query.order_by(held.version))
            found |= {(row.kind, row.id): row.names for row in rows if row.names}
        return {key: found[key] for key in users if key in found}

    def all(self, standing: Collection[str]) -> Sequence[Holder]:
        use, held, element = orm.element_use.c, orm.field_holder.c, orm.element.c
        used = sa.and_(use.kind == held.kind, use.id == held.id, use.version == held.version)
        meant = sa.and_(element.id == use.element, element.version == use.element_version)
        standard = sa.func.sum(sa.case((element.status.in_(standing), 1), else_=0)).label("standard")
        counted = (
            sa.select(held.kind, held.id, held.version, sa.func.count(element.id).label("elements"), standard)
            .select_from(orm.field_holder.outerjoin(orm.element_use, used).outerjoin(orm.element, meant))
            .group_by(held.kind, held.id, held.version)
            .subquery()
        )
        same = sa.and_(
            counted.c.kind == held.kind, counted.c.id == held.id, counted.c.version == held.version
        )
        query = sa.select(orm.field_holder, counted.c.elements, counted.c.standard)
        rows = self._connection.execute(query.join(counted, same).order_by(held.kind, held.id, held.version))
        return [
            Holder(
                row.kind,
                row.id,
                row.version,
                row.agency,
                row.names,
                max(row.fields, row.elements),
                row.elements,
                int(row.standard or 0),
                tuple(Spelled(**column) for column in row.unmapped),
            )
            for row in rows
        ]


class TemplateRepository:
    """Published templates; a version never changes."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def template(self, id: str, version: int | None = None) -> Template | None:
        table = orm.template.c
        query = sa.select(table.body).where(table.id == id).order_by(table.version.desc()).limit(1)
        body = self._connection.scalar(query.where(table.version == version) if version else query)
        return Template.from_data(body) if body is not None else None

    def newest(self, kind: str) -> Sequence[Template]:
        table = orm.template.c
        last = sa.select(table.id, sa.func.max(table.version).label("version")).group_by(table.id).subquery()
        same = sa.and_(last.c.id == table.id, last.c.version == table.version)
        query = sa.select(table.body).join(last, same).order_by(table.id)
        rows = self._connection.scalars(query.where(table.kind == kind) if kind else query)
        return [Template.from_data(body) for body in rows]

    def versions(self, id: str) -> Sequence[int]:
        table = orm.template.c
        return list(
            self._connection.scalars(sa.select(table.version).where(table.id == id).order_by(table.version))
        )

    def add(self, templates: Sequence[Template]) -> None:
        rows = [{"id": t.id, "version": t.version, "kind": t.kind, "body": t.to_data()} for t in templates]
        if rows:
            self._connection.execute(sa.insert(orm.template), rows)
