"""Items, bundles and the search index in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from gdbos_runtime.cache import PublishedCache, TtlCache
from gdbos_runtime.unit_of_work import UnitOfWork
from services.catalog.adapters import orm
from services.catalog.domain.item import Item
from services.catalog.domain.search import Terms

Json = Mapping[str, Any]
SECONDS = 2.0


class Memory:
    """Outlives the unit of work: exact versions for ever, what is in force for two seconds."""

    def __init__(self) -> None:
        self.versions: PublishedCache[Json | None] = PublishedCache(5000)
        self.candidates: TtlCache[Sequence[Json]] = TtlCache(SECONDS, 5000)


class ItemRepository:
    """Items and their versions."""

    def __init__(self, work: UnitOfWork, memory: Memory) -> None:
        self._work = work
        self._memory = memory

    def get(self, code: str) -> Item | None:
        row = self._work.connection.execute(sa.select(orm.item).where(orm.item.c.code == code)).first()
        return Item(**row._mapping) if row else None

    def children(self, code: str) -> Sequence[Item]:
        rows = self._work.connection.execute(sa.select(orm.item).where(orm.item.c.parent == code))
        return [Item(**row._mapping) for row in rows]

    def save(self, item: Item) -> None:
        self._work.connection.execute(sa.delete(orm.item).where(orm.item.c.code == item.code))
        row = {name: getattr(item, name) for name in ("code", "level", "region", "parent")}
        self._work.connection.execute(sa.insert(orm.item), {**row, "own": dict(item.own)})

    def version(self, code: str, version: int) -> Json | None:
        table = orm.item_version.c

        def load() -> Json | None:
            return self._work.connection.scalar(
                sa.select(table.body).where(table.code == code, table.version == version)
            )

        found = self._memory.versions.get((code, version), load)
        if found is None:
            self._memory.versions.drop((code, version))
        return found

    def newest(self, code: str) -> Json | None:
        table = orm.item_version.c
        body: Json | None = self._work.connection.scalar(
            sa.select(table.body).where(table.code == code).order_by(table.version.desc()).limit(1)
        )
        return body

    def candidates(self, code: str) -> Sequence[Json]:
        table = orm.item_version.c

        def load() -> Sequence[Json]:
            return list(
                self._work.connection.scalars(
                    sa.select(table.body)
                    .where(sa.or_(table.code == code, table.catalog_code == code))
                    .order_by(table.code, table.version)
                )
            )

        return self._memory.candidates.get(code, load)

    def add_version(self, version: Json) -> None:
        row = {name: version[name] for name in ("code", "version", "catalog_code")}
        self._work.connection.execute(sa.insert(orm.item_version), {**row, "body": dict(version)})
        self._work.forget(self._memory.candidates)


class BundleRepository:
    """Bundles; a city has some dozens."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def get(self, code: str) -> Json | None:
        body: Json | None = self._work.connection.scalar(
            sa.select(orm.bundle.c.body).where(orm.bundle.c.code == code)
        )
        return body

    def all(self) -> Sequence[Json]:
        return list(self._work.connection.scalars(sa.select(orm.bundle.c.body).order_by(orm.bundle.c.code)))

    def save(self, bundle: Json) -> None:
        self._work.connection.execute(sa.delete(orm.bundle).where(orm.bundle.c.code == bundle["code"]))
        self._work.connection.execute(sa.insert(orm.bundle), {"code": bundle["code"], "body": dict(bundle)})


class SearchIndex:
    """Words of entries: an own table, because neither database splits Chinese into pairs by itself."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def put(self, entry: Json, words: Iterable[str]) -> None:
        code, connection = entry["code"], self._work.connection
        connection.execute(sa.delete(orm.word).where(orm.word.c.code == code))
        connection.execute(sa.delete(orm.entry).where(orm.entry.c.code == code))
        connection.execute(sa.insert(orm.entry), {"code": code, "body": dict(entry)})
        rows = [{"word": word[:64], "code": code} for word in dict.fromkeys(w[:64] for w in words)]
        if rows:
            connection.execute(sa.insert(orm.word), rows)

    def find(self, terms: Terms, limit: int) -> Sequence[Json]:
        query = sa.select(orm.entry.c.body).order_by(orm.entry.c.code).limit(limit)
        for condition in _conditions(terms):
            query = query.where(orm.entry.c.code.in_(sa.select(orm.word.c.code).where(condition)))
        return list(self._work.connection.scalars(query))


def _conditions(terms: Terms) -> Iterable[sa.ColumnElement[bool]]:
    for word in terms.words:
        yield orm.word.c.word == word
    for prefix in terms.prefixes:
        # A range, not LIKE: it uses the primary key on both databases whatever their collation.
        yield sa.and_(orm.word.c.word >= prefix, orm.word.c.word < prefix + "\U0010ffff")
