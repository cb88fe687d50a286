"""Published processes and templates; graphs stay in memory once read, because a version never changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from gdbos_feel.dmn import Model, load
from gdbos_runtime.cache import PublishedCache, TtlCache
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.engine.graph import Graph

Json = Mapping[str, Any]


class Memory:
    """Outlives the unit of work."""

    def __init__(self) -> None:
        self.graphs: PublishedCache[Graph | None] = PublishedCache(2000)
        self.decisions: PublishedCache[Model] = PublishedCache(500)
        self.newest_decision: TtlCache[int | None] = TtlCache(2.0, 500)
        self.newest: TtlCache[int | None] = TtlCache(2.0, 2000)
        self.calendars: PublishedCache[Calendar] = PublishedCache(500)
        self.templates: TtlCache[Json | None] = TtlCache(2.0, 500)


class ProcessRepository:
    def __init__(self, work: UnitOfWork, memory: Memory) -> None:
        self._work = work
        self._memory = memory

    def graph(self, id: str, version: int | None) -> tuple[Graph, int] | None:
        """That version, or the newest."""
        number = version or self._memory.newest.get(id, lambda: self._newest(id))
        if number is None:
            return None
        graph = self._memory.graphs.get((id, number), lambda: self._load(id, number))
        if graph is None:
            self._memory.graphs.drop((id, number))
            return None
        return graph, number

    def digest(self, id: str) -> tuple[int, str] | None:
        table = orm.process.c
        row = self._work.connection.execute(
            sa.select(table.version, table.digest)
            .where(table.id == id)
            .order_by(table.version.desc())
            .limit(1)
        ).first()
        return (row.version, row.digest) if row else None

    def add(self, id: str, version: int, bpmn: str, graph: Json, digest: str) -> None:
        row = {"id": id, "version": version, "digest": digest, "bpmn": bpmn, "graph": dict(graph)}
        self._work.connection.execute(sa.insert(orm.process), row)
        self._work.forget(self._memory.newest)

    def bpmn(self, id: str, version: int) -> str | None:
        table = orm.process.c
        found: str | None = self._work.connection.scalar(
            sa.select(table.bpmn).where(table.id == id, table.version == version)
        )
        return found

    def decision(self, id: str) -> tuple[Model, int] | None:
        """The newest version; compiled once, because a version never changes."""
        number = self._memory.newest_decision.get(id, lambda: (self.decision_digest(id) or (None, ""))[0])
        if number is None:
            return None
        return self._memory.decisions.get((id, number), lambda: self._model(id, number)), number

    def decision_digest(self, id: str) -> tuple[int, str] | None:
        table = orm.decision.c
        row = self._work.connection.execute(
            sa.select(table.version, table.digest)
            .where(table.id == id)
            .order_by(table.version.desc())
            .limit(1)
        ).first()
        return (row.version, row.digest) if row else None

    def decisions(self) -> Sequence[Json]:
        table = orm.decision.c
        newest = sa.select(table.id, sa.func.max(table.version).label("version")).group_by(table.id)
        last = newest.subquery()
        rows = self._work.connection.execute(
            sa.select(table.id, table.version, table.dmn)
            .join(last, sa.and_(last.c.id == table.id, last.c.version == table.version))
            .order_by(table.id)
        )
        return [dict(row._mapping) for row in rows]

    def dmn(self, id: str, version: int) -> str | None:
        table = orm.decision.c
        found: str | None = self._work.connection.scalar(
            sa.select(table.dmn).where(table.id == id, table.version == version)
        )
        return found

    def add_decision(self, id: str, version: int, dmn: str, digest: str) -> None:
        row = {"id": id, "version": version, "digest": digest, "dmn": dmn}
        self._work.connection.execute(sa.insert(orm.decision), row)
        self._work.forget(self._memory.newest_decision)

    def _model(self, id: str, version: int) -> Model:
        table = orm.decision.c
        text = self._work.connection.scalar(
            sa.select(table.dmn).where(table.id == id, table.version == version)
        )
        return load(str(text).encode())

    def template(self, id: str) -> Json | None:
        def load() -> Json | None:
            row = self._work.connection.execute(
                sa.select(orm.template)
                .where(orm.template.c.id == id)
                .order_by(orm.template.c.version.desc())
                .limit(1)
            ).first()
            return dict(row._mapping) if row else None

        return self._memory.templates.get(id, load)

    def add_template(self, template: Json) -> None:
        self._work.connection.execute(sa.insert(orm.template), dict(template))
        self._work.forget(self._memory.templates)

    def _newest(self, id: str) -> int | None:
        found = self.digest(id)
        return found[0] if found else None

    def _load(self, id: str, version: int) -> Graph | None:
        table = orm.process.c
        data = self._work.connection.scalar(
            sa.select(table.graph).where(table.id == id, table.version == version)
        )
        return Graph.from_data(data) if data else None
