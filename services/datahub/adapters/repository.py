"""Sources, licences and accesses in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.cache import TtlCache
from gdbos_runtime.unit_of_work import UnitOfWork
from services.datahub.adapters import orm
from services.datahub.domain.licence import KeptLicence, Licence
from services.datahub.domain.source import KeptSource, Source

_SOURCES = sa.select(orm.source.c.body).order_by(orm.source.c.id)
_ADD_ACCESS = sa.insert(orm.access)
_LICENCE = sa.select(orm.licence.c.body).where(orm.licence.c.id == sa.bindparam("id"))


@cache
def _held(count: int) -> sa.Select[Any]:
    """Licences of a holder with `count` identifying elements, bound as e0, v0, e1, v1 …"""
    holder = orm.licence_holder.c
    ids = sa.select(holder.licence).where(
        sa.or_(
            *(
                sa.and_(holder.element == sa.bindparam(f"e{n}"), holder.value == sa.bindparam(f"v{n}"))
                for n in range(count)
            )
        )
    )
    return (
        sa.select(orm.licence.c.body)
        .where(orm.licence.c.id.in_(ids))
        .order_by(orm.licence.c.issued_on.desc(), orm.licence.c.id.desc())
    )


class SourceRepository:
    """Registered sources; a handful per agency, so all are read at once and remembered for two seconds."""

    def __init__(self, work: UnitOfWork, remembered: TtlCache[Sequence[Source]]) -> None:
        self._work = work
        self._remembered = remembered

    def save(self, source: KeptSource) -> None:
        self._work.forget(self._remembered)
        self._work.connection.execute(sa.delete(orm.source).where(orm.source.c.id == source.id))
        self._work.connection.execute(
            sa.insert(orm.source), {"id": source.id, "agency": source.agency, "body": source.to_data()}
        )

    def all(self) -> Sequence[Source]:
        return self._remembered.get("all", self._read)

    def _read(self) -> Sequence[Source]:
        return [Source(**row.body) for row in self._work.connection.execute(_SOURCES)]

    def get(self, id: str) -> Source | None:
        body = self._work.connection.scalar(sa.select(orm.source.c.body).where(orm.source.c.id == id))
        return Source(**body) if body else None


class LicenceRepository:
    """Licences, found by identifier or by any identifying element of the holder."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, licence: KeptLicence) -> bool:
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
        body = self._work.connection.scalar(_LICENCE, {"id": id})
        return Licence(**body) if body else None

    def change(self, licence: KeptLicence) -> None:
        body = licence.to_data()
        self._work.connection.execute(
            sa.update(orm.licence).where(orm.licence.c.id == licence.id),
            {"status": body["status"], "body": body},
        )

    def held_by(self, subject: Mapping[str, str]) -> Sequence[Licence]:
        if not subject:
            return []
        bound = {f"e{n}": element for n, element in enumerate(subject)}
        bound |= {f"v{n}": value for n, value in enumerate(subject.values())}
        return [Licence(**row.body) for row in self._work.connection.execute(_held(len(subject)), bound)]


class AccessRepository:
    """The access log that the person sees."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        batch = [dict(row) for row in rows]
        if batch:
            self._work.connection.execute(_ADD_ACCESS, batch)

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
