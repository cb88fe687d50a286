"""Documents as files, in the database of the cases: they are committed with what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm

Json = Mapping[str, Any]
DUE, MADE, FAILED, ON_REQUEST = 0, 1, 2, 3
"""`document.printed`: still to be made, made, tried in vain, made when somebody asks."""
_PUT = {
    dialect.__name__.rpartition(".")[2]: dialect.insert(orm.document_file).on_conflict_do_nothing()
    for dialect in (sqlite, postgresql)
}
_SOURCE = sa.select(orm.document, sa.func.coalesce(orm.template.c.layout, "").label("layout")).outerjoin(
    orm.template,
    sa.and_(
        orm.template.c.id == orm.document.c.kind, orm.template.c.version == orm.document.c.template_version
    ),
)
_KNOWN = sa.select(
    *(orm.document.c[name] for name in ("id", "case_no", "kind", "title", "at", "code")),
    orm.document_file.c.sha256,
).outerjoin(orm.document_file, orm.document_file.c.id == orm.document.c.id)


class PrintRepository:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def waiting(self, limit: int) -> Sequence[Json]:
        query = _SOURCE.where(orm.document.c.printed == sa.literal_column(str(DUE)))
        rows = self._work.connection.execute(query.order_by(orm.document.c.id).limit(limit))
        return [_named(row) for row in rows]

    def source(self, id: str) -> Json | None:
        return self._one(_SOURCE, orm.document.c.id, id)

    def put(self, id: str, pdf: bytes, sha256: str, at: str) -> bool:
        row = {"id": int(id), "pdf": pdf, "sha256": sha256, "at": at}
        connection = self._work.connection
        first = connection.execute(_PUT[connection.dialect.name], row).rowcount == 1
        self._mark(id, MADE)
        return first

    def fail(self, id: str) -> None:
        self._mark(id, FAILED)

    def pdf(self, id: str) -> tuple[bytes, str] | None:
        table = orm.document_file.c
        row = self._one(sa.select(table.id, table.pdf, table.sha256), table.id, id)
        return (row["pdf"], row["sha256"]) if row else None

    def known(self, id: str = "", sha256: str = "") -> Json | None:
        if not sha256:
            return self._one(_KNOWN, orm.document.c.id, id)
        row = self._work.connection.execute(_KNOWN.where(orm.document_file.c.sha256 == sha256)).first()
        return _named(row) if row else None

    def _mark(self, id: str, printed: int) -> None:
        unmade = sa.and_(orm.document.c.id == int(id), orm.document.c.printed != MADE)
        self._work.connection.execute(sa.update(orm.document).where(unmade).values(printed=printed))

    def _one(self, query: sa.Select[Any], key: sa.Column[Any], id: str) -> Json | None:
        if not id.isdecimal() or len(id) > 18:
            return None
        row = self._work.connection.execute(query.where(key == int(id))).first()
        return _named(row) if row else None


def _named(row: Any) -> dict[str, Any]:
    return {**row._mapping, "id": str(row.id)}
