"""The likeness index of the registry: built from the tables once a process, brought up to date by version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from services.standards.adapters import orm
from services.standards.domain.element import DataElement
from services.standards.domain.likeness import Twin
from services.standards.domain.likeness_index import LikenessIndex, follow

_INDEX = ("likeness", "", 0)


class Alike:
    """Part of the registry's repository; the index lives in the memory that outlives the unit of work."""

    _connection: sa.Connection
    _memory: dict[tuple[str, str, int], Any]
    _rest: Callable[[], None]

    def alike(self, drafts: Sequence[DataElement]) -> Sequence[Twin]:
        index, beside = self._index(), LikenessIndex()
        found: dict[tuple[str, str], Twin] = {}
        for draft in drafts:
            for twin in (*index.near(draft), *beside.near(draft)):
                found[twin.one, twin.other] = twin
            beside.put(draft)
        return list(found.values())

    def twins(self, id: str) -> Sequence[Twin]:
        return self._index().twins(id)

    def _index(self) -> LikenessIndex:
        """As of now: whoever published, in whichever process, is seen by the newest version of each element. The first
        time that takes seconds, in which others have their turn; after the last such rest it is looked at again."""
        index: LikenessIndex = self._memory.setdefault(_INDEX, LikenessIndex())
        rested = True
        while rested:
            rested = False
            for left in follow(index, self._standing(), self._those):
                if left:
                    self._rest()
                    rested = True
        return index

    def _standing(self) -> dict[str, int]:
        """The newest version of each element, unless that is withdrawn: a merge ends with a withdrawal."""
        table = orm.element.c
        rows = self._connection.execute(
            sa.select(table.id, table.version, table.status).order_by(table.id, table.version)
        )
        newest = {row.id: row for row in rows}
        return {id: row.version for id, row in newest.items() if row.status != "withdrawn"}

    def _those(self, refs: Sequence[tuple[str, int]]) -> list[DataElement]:
        table = orm.element.c
        some = sa.tuple_(table.id, table.version).in_(refs)
        bodies = (
            self._connection.scalars(sa.select(table.body).where(some).order_by(table.id)) if refs else ()
        )
        return [DataElement.from_data(body) for body in bodies]
