"""Documents as files, in the database of the cases: they are committed with what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
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

    def waits(self, now: datetime) -> bool:
        return self._work.connection.execute(_due(now).limit(1)).first() is not None

    def take(self, now: datetime, until: datetime, limit: int) -> Sequence[Json]:
        """Rows that another worker takes at this moment are skipped."""
        table, connection = orm.document, self._work.connection
        some = _due(now).limit(limit).with_for_update(skip_locked=True)
        taken = sa.update(table).where(table.c.id.in_(some)).values(print_due=until.timestamp())
        ids = list(connection.scalars(taken.returning(table.c.id)))
        rows = connection.execute(_SOURCE.where(table.c.id.in_(ids)).order_by(table.c.id)) if ids else ()
        return [_named(row) for row in rows]

    def source(self, id: str) -> Json | None:
        return self._one(_SOURCE, orm.document.c.id, id)

    def put(self, id: str, pdf: bytes, sha256: str, at: str) -> bool:
        row = {"id": int(id), "pdf": pdf, "sha256": sha256, "at": at}
        connection = self._work.connection
        first = connection.execute(_PUT[connection.dialect.name], row).rowcount == 1
        self._mark(id, MADE)
        return first

    def fail(self, id: str, due: datetime | None) -> None:
        if due is None:
            self._mark(id, FAILED)
        else:
            self._mark(id, DUE, due.timestamp())

    def pdf(self, id: str) -> tuple[bytes, str] | None:
        table = orm.document_file.c
        row = self._one(sa.select(table.id, table.pdf, table.sha256), table.id, id)
        return (row["pdf"], row["sha256"]) if row else None

    def known(self, id: str = "", sha256: str = "") -> Json | None:
        if not sha256:
            return self._one(_KNOWN, orm.document.c.id, id)
        row = self._work.connection.execute(_KNOWN.where(orm.document_file.c.sha256 == sha256)).first()
        return _named(row) if row else None

    def again(self, id: str) -> bool:
        return self._mark(id, DUE)

    def _mark(self, id: str, printed: int, due: float = 0.0) -> bool:
        """False when its file is there: nothing changes that."""
        unmade = sa.and_(orm.document.c.id == int(id), orm.document.c.printed != MADE)
        change = sa.update(orm.document).where(unmade).values(printed=printed, print_due=due)
        return self._work.connection.execute(change).rowcount == 1

    def _one(self, query: sa.Select[Any], key: sa.Column[Any], id: str) -> Json | None:
        if not id.isdecimal() or len(id) > 18:
            return None
        row = self._work.connection.execute(query.where(key == int(id))).first()
        return _named(row) if row else None


def _due(now: datetime) -> sa.Select[Any]:
    """Their ids; the state is written out, so that the partial index serves."""
    table = orm.document.c
    waiting = sa.and_(table.printed == sa.literal_column(str(DUE)), table.print_due <= now.timestamp())
    return sa.select(table.id).where(waiting).order_by(table.print_due, table.id)


def _named(row: Any) -> dict[str, Any]:
    return {**row._mapping, "id": str(row.id)}
