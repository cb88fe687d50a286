"""Cases, idempotency keys, timeline and papers in the database."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from gdbos_contracts.errors import Conflict, InFlight
from gdbos_contracts.principal import Principal
from gdbos_runtime.prepared import Prepared
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm
from services.workflow.adapters.prints import DUE, ON_REQUEST
from services.workflow.domain.case import Case, agency_name

Json = Mapping[str, Any]
_FIELDS = tuple(f.name for f in fields(Case))
_COLUMNS = [orm.case.c[name] for name in _FIELDS]
_MOVES = ("state", "outcome", "closed_at", "process_version", "doc", "body", "revision", "steps", "seal")
"""What of a case may change after it was filed."""
_ADD_CASE = Prepared(sa.insert(orm.case), _FIELDS)
_ADD_ENTRY = Prepared(sa.insert(orm.timeline), ("case_no", "root", "at", "event", "agency", "note"))
_DOCUMENT = ("case_no", "kind", "title", "html", "at", "code", "template_version", "facts", "printed")
_PUT_DOCUMENT = Prepared(sa.insert(orm.document), _DOCUMENT)
_ADD_DOCUMENT = Prepared(sa.insert(orm.document).returning(orm.document.c.id), _DOCUMENT)
_CASE = Prepared(sa.select(orm.case).where(orm.case.c.case_no == sa.bindparam("no", type_=sa.String)))
_SAVE = Prepared(
    sa.update(orm.case).where(
        orm.case.c.case_no == sa.bindparam("no", type_=sa.String),
        orm.case.c.revision == sa.bindparam("was", type_=sa.Integer),
    ),
    _MOVES,
)
_KEY = Prepared(
    sa.select(
        orm.application_key.c.body_hash, orm.application_key.c.status, orm.application_key.c.body
    ).where(
        orm.application_key.c.principal == sa.bindparam("principal", type_=sa.String),
        orm.application_key.c.key == sa.bindparam("key", type_=sa.String),
    )
)
_SERIAL = Prepared.of_dialect(
    lambda dialect: (
        dialect.insert(orm.serial)
        .values(key=sa.bindparam("key", type_=sa.String), last=1)
        .on_conflict_do_update(index_elements=["key"], set_={"last": orm.serial.c.last + 1})
        .returning(orm.serial.c.last)
    )
)
_ADD_KEY = Prepared.of_dialect(
    lambda dialect: dialect.insert(orm.application_key).on_conflict_do_nothing(),
    orm.application_key.c.keys(),
)


class CaseRepository:
    """Cases; `save` checks the revision that was read."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, case: Case) -> None:
        self._work.write(_ADD_CASE, _row(case))

    def get(self, case_no: str) -> Case | None:
        found = self._work.read(_CASE, {"no": case_no})
        return Case(**found[0]) if found else None

    def some(self, numbers: Sequence[str]) -> Mapping[str, Case]:
        rows = self._work.connection.execute(sa.select(*_COLUMNS).where(orm.case.c.case_no.in_(numbers)))
        return {row.case_no: Case(*row) for row in rows}

    def save(self, case: Case) -> None:
        changed = {name: getattr(case, name) for name in _MOVES}
        changed |= {"revision": case.revision + 1, "no": case.case_no, "was": case.revision}
        self._work.write(_SAVE, changed, one=Conflict)
        case.revision += 1

    def page(self, after: str, limit: int) -> Sequence[Case]:
        table = orm.case.c
        rows = self._work.connection.execute(
            sa.select(orm.case)
            .where(table.kind == "item", table.case_no > after)
            .order_by(table.case_no)
            .limit(limit)
        )
        return [_case(row) for row in rows]

    def children(self, case_no: str) -> Sequence[Case]:
        rows = self._work.connection.execute(
            sa.select(orm.case).where(orm.case.c.parent == case_no).order_by(orm.case.c.case_no)
        )
        return [_case(row) for row in rows]

    def running(self, process: str, version: int, agencies: Sequence[str]) -> Sequence[Case]:
        """Cases under way on that version of a process, by their number; every agency's without `agencies`."""
        table = orm.case.c
        query = sa.select(orm.case).where(
            table.process == process,
            table.process_version == version,
            table.outcome.is_(None),
            table.steps > 0,
        )
        if agencies:
            query = query.where(table.agency.in_(agencies))
        return [_case(row) for row in self._work.connection.execute(query.order_by(table.case_no))]

    def under_way(
        self, items: Collection[str] | None = None, process: str = ""
    ) -> Sequence[tuple[str, int, str, int, int]]:
        table = orm.case.c
        versions = (table.item, table.item_version, table.process, table.process_version)
        query = sa.select(*versions, sa.func.count()).where(table.kind == "item", table.closed_at.is_(None))
        if items is not None:
            query = query.where(table.item.in_(sorted(items)))
        if process:
            query = query.where(table.process == process)
        return [tuple(row) for row in self._work.connection.execute(query.group_by(*versions))]

    def of_applicant(self, principal: Principal, status: str, before: str, limit: int) -> Sequence[Case]:
        table = orm.case.c
        query = (
            sa.select(orm.case)
            .where(table.applicant == principal.id, table.parent.is_(None))
            .order_by(table.submitted_at.desc(), table.case_no.desc())
            .limit(limit)
        )
        if status:
            query = query.where(sa.or_(table.state == status, table.outcome == status))
        if before:
            last = sa.select(table.submitted_at).where(table.case_no == before).scalar_subquery()
            query = query.where(
                sa.or_(table.submitted_at < last, sa.and_(table.submitted_at == last, table.case_no < before))
            )
        return [_case(row) for row in self._work.connection.execute(query)]

    def serial(self, key: str) -> int:
        return int(self._work.read(_SERIAL, {"key": key})[0]["last"])

    def number(self, key: str) -> int:
        return int(self._work.aside(_SERIAL, {"key": key})[0]["last"])


class KeyRepository:
    """Idempotency keys, in the same commit as the case."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def get(self, principal: str, key: str) -> Json | None:
        return next(iter(self._work.read(_KEY, {"principal": principal, "key": key})), None)

    def add(self, principal: str, key: str, body_hash: str, status: int, body: str) -> None:
        row = {"principal": principal, "key": key, "body_hash": body_hash, "status": status, "body": body}
        self._work.write(_ADD_KEY, row, one=InFlight)


class TimelineRepository:
    """What happened, in order; a bundle also shows what happened to its members."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, case: Case, at: str, event: str, note: Json) -> None:
        row = {
            "case_no": case.case_no,
            "root": case.parent or case.case_no,
            "at": at,
            "event": event,
            "agency": dict(agency_name(case)),
            "note": dict(note),
        }
        self._work.write(_ADD_ENTRY, row)

    def of(self, case_no: str, after: int) -> Sequence[Json]:
        table = orm.timeline.c
        rows = self._work.connection.execute(
            sa.select(table.id, table.case_no, table.at, table.event, table.agency, table.note)
            .where(sa.or_(table.case_no == case_no, table.root == case_no), table.id > after)
            .order_by(table.id)
        )
        return [dict(row._mapping) for row in rows]


class PaperRepository:
    """Documents, messages."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def put_document(self, document: Json) -> None:
        self._work.write(_PUT_DOCUMENT, _document(document))

    def add_document(self, document: Json) -> str:
        return str(self._work.read(_ADD_DOCUMENT, _document(document))[0]["id"])

    def documents(self, case_no: str) -> Sequence[Json]:
        table = orm.document.c
        rows = self._work.connection.execute(
            sa.select(table.id, table.kind, table.title, table.at)
            .where(table.case_no == case_no)
            .order_by(table.id)
        )
        return [{**row._mapping, "id": str(row.id)} for row in rows]

    def document(self, case_no: str, id: str) -> Json | None:
        if not id.isdigit():
            return None
        table = orm.document.c
        row = self._work.connection.execute(
            sa.select(table.title, table.html, table.at).where(table.case_no == case_no, table.id == int(id))
        ).first()
        return dict(row._mapping) if row else None

    def add_message(self, case_no: str, by: str, kind: str, text: str, at: str) -> None:
        row = {"case_no": case_no, "by": by, "kind": kind, "text": text, "at": at}
        self._work.connection.execute(sa.insert(orm.message), row)

    def messages(self, case_no: str) -> Sequence[Json]:
        table = orm.message.c
        rows = self._work.connection.execute(
            sa.select(table.by, table.kind, table.text, table.at)
            .where(table.case_no == case_no)
            .order_by(table.id)
        )
        return [dict(row._mapping) for row in rows]


def _document(document: Json) -> dict[str, Any]:
    row = {name: document[name] for name in _DOCUMENT if name in document}
    printed = ON_REQUEST if document["on_request"] else DUE
    return {**row, "title": dict(row["title"]), "code": secrets.token_hex(8).upper(), "printed": printed}


def _row(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in _FIELDS} | {
        "subject": dict(case.subject),
        "name": dict(case.name),
    }


def _case(row: Any) -> Case:
    return Case(**{name: row._mapping[name] for name in _FIELDS})
