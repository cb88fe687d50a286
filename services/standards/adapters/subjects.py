"""Schema subjects and their versions; a version that was read once stays in memory."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from services.standards.adapters import orm
from services.standards.adapters.repository import Memory
from services.standards.domain.subject import Subject, text_of

_SUBJECT = sa.select(orm.schema_subject).where(orm.schema_subject.c.id == sa.bindparam("id"))
_LAST = sa.select(sa.func.max(orm.schema_version.c.version)).where(
    orm.schema_version.c.id == sa.bindparam("id")
)
_BODY = sa.select(orm.schema_version.c.body).where(
    orm.schema_version.c.id == sa.bindparam("id"), orm.schema_version.c.version == sa.bindparam("version")
)


class SubjectRepository:
    """`memory` outlives the unit of work; only what is committed goes into it."""

    def __init__(self, connection: sa.Connection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory
        self._uncommitted: dict[tuple[str, int], Any] = {}

    def subject(self, id: str) -> Subject | None:
        row = self._connection.execute(_SUBJECT, {"id": id}).first()
        return Subject(**row._mapping) if row else None

    def every(self) -> Sequence[Subject]:
        rows = self._connection.execute(sa.select(orm.schema_subject).order_by(orm.schema_subject.c.id))
        return [Subject(**row._mapping) for row in rows]

    def last(self, id: str) -> int:
        return int(self._connection.scalar(_LAST, {"id": id}) or 0)

    def schema(self, id: str, version: int) -> Any:
        key = ("schema", id, version)
        if key in self._memory:
            return self._memory[key]
        if (id, version) in self._uncommitted:
            return self._uncommitted[id, version]
        body = self._connection.scalar(_BODY, {"id": id, "version": version})
        if body is None:
            return None
        self._memory[key] = json.loads(body)
        return self._memory[key]

    def add(self, subject: Subject, version: int, schema: Any, now: datetime) -> None:
        if version == 1:
            self._connection.execute(sa.insert(orm.schema_subject), subject.to_data())
        row = {"id": subject.id, "version": version, "body": text_of(schema), "at": now.isoformat()}
        self._connection.execute(sa.insert(orm.schema_version), row)
        self._uncommitted[subject.id, version] = schema

    def change(self, subject: Subject) -> None:
        where = orm.schema_subject.c.id == subject.id
        values = {"mode": subject.mode, "lenient": subject.lenient, "steward": subject.steward}
        self._connection.execute(sa.update(orm.schema_subject).where(where).values(values))
