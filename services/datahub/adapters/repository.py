"""Sources, licences and accesses in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.unit_of_work import UnitOfWork
from services.datahub.adapters import orm
from services.datahub.domain.licence import Licence
from services.datahub.domain.source import Source


class SourceRepository:
    """Registered sources; a handful per agency, so all are read at once."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def save(self, source: Source) -> None:
        self._work.connection.execute(sa.delete(orm.source).where(orm.source.c.id == source.id))
        self._work.connection.execute(
            sa.insert(orm.source), {"id": source.id, "agency": source.agency, "body": source.to_data()}
        )

    def all(self) -> Sequence[Source]:
        rows = self._work.connection.execute(sa.select(orm.source.c.body).order_by(orm.source.c.id))
        return [Source(**row.body) for row in rows]

    def get(self, id: str) -> Source | None:
        body = self._work.connection.scalar(sa.select(orm.source.c.body).where(orm.source.c.id == id))
        return Source(**body) if body else None


class LicenceRepository:
    """Licences, found by identifier or by any identifying element of the holder."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, licence: Licence) -> bool:
        """False when the identifier is there already: a redelivered event changes nothing."""
        if self.get(licence.id) is not None:
            return False
        body = licence.to_data()
        self._work.connection.execute(
            sa.insert(orm.licence),
            {k: body[k] for k in ("id", "type", "status", "issued_on")} | {"body": body},
        )
        holders = [{"element": e, "value": v, "licence": licence.id} for e, v in licence.holder.items()]
        self._work.connection.execute(sa.insert(orm.licence_holder), holders)
        return True

    def get(self, id: str) -> Licence | None:
        body = self._work.connection.scalar(sa.select(orm.licence.c.body).where(orm.licence.c.id == id))
        return Licence(**body) if body else None

    def held_by(self, subject: Mapping[str, str]) -> Sequence[Licence]:
        if not subject:
            return []
        holder = orm.licence_holder.c
        ids = sa.select(holder.licence).where(
            sa.or_(*(sa.and_(holder.element == e, holder.value == v) for e, v in subject.items()))
        )
        rows = self._work.connection.execute(
            sa.select(orm.licence.c.body)
            .where(orm.licence.c.id.in_(ids))
            .order_by(orm.licence.c.issued_on.desc(), orm.licence.c.id.desc())
        )
        return [Licence(**row.body) for row in rows]


class AccessRepository:
    """The access log that the person sees."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        batch = [dict(row) for row in rows]
        if batch:
            self._work.connection.execute(sa.insert(orm.access), batch)

    def about(self, subject: Mapping[str, str], limit: int) -> Sequence[Mapping[str, Any]]:
        if not subject:
            return []
        access = orm.access.c
        shown = (
            access.at,
            access.actor_name,
            access.purpose,
            access.case_no,
            access.elements,
            access.source,
            access.ground,
        )
        rows = self._work.connection.execute(
            sa.select(*shown)
            .where(
                sa.or_(
                    *(
                        sa.and_(access.subject_element == e, access.subject_value == v)
                        for e, v in subject.items()
                    )
                )
            )
            .order_by(access.id.desc())
            .limit(limit)
        )
        return [dict(row._mapping) for row in rows]
