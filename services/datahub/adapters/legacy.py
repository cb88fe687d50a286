"""Looks a subject up in several legacy systems at once, each within its own time limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eventlet.greenpool import GreenPool
from eventlet.timeout import Timeout
from nameko.extensions import DependencyProvider

from gdbos_contracts.errors import Unavailable
from gdbos_runtime.settings import Settings
from services.datahub.adapters.sources import KINDS
from services.datahub.adapters.sources.base import Table
from services.datahub.domain.holdings import Offer
from services.datahub.domain.source import Source


class GreenLegacyReader:
    """One hanging source costs its own time limit and nothing else: its elements stay questions."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._tables: dict[str, tuple[Source, Table]] = {}

    def look_up(
        self, wanted: Sequence[tuple[Source, frozenset[str]]], subject: Mapping[str, str]
    ) -> tuple[list[Offer], list[str]]:
        if len(wanted) == 1:
            answers = [self._one(*wanted[0], subject)]
        else:
            pool = GreenPool(size=max(1, len(wanted)))
            answers = list(pool.starmap(self._one, [(s, e, subject) for s, e in wanted]))
        offers = [offer for found in answers if found is not None for offer in found]
        return offers, [
            source.id for (source, _), found in zip(wanted, answers, strict=True) if found is None
        ]

    def columns(self, source: Source) -> Sequence[str]:
        try:
            with Timeout(source.timeout):
                return list(self._table(source).columns())
        except (Unavailable, Timeout):
            return []

    def test(self, source: Source) -> Mapping[str, Any]:
        table = self._table(source)
        return {"columns": list(table.columns()), "rows": table.count()}

    def _one(
        self, source: Source, elements: frozenset[str], subject: Mapping[str, str]
    ) -> list[Offer] | None:
        try:
            with Timeout(source.timeout):
                row = self._table(source).find(source.columns[source.subject], subject[source.subject])
        except (Unavailable, Timeout):
            return None
        return [] if row is None else _offers(source, elements, row)

    def _table(self, source: Source) -> Table:
        held = self._tables.get(source.id)
        if held is None or held[0] != source:
            held = self._tables[source.id] = (source, KINDS[source.kind](source, self._data))
        return held[1]


def _offers(source: Source, elements: frozenset[str], row: Mapping[str, Any]) -> list[Offer]:
    return [
        Offer(
            element=element,
            value=row.get(source.columns[element]),
            source=source.id,
            source_name=source.name,
            as_of=str(row.get(source.as_of, "")) if source.as_of else "",
            ground=source.ground,
            rank=source.rank,
            needs_consent=source.sharing == "consent",
        )
        for element in sorted(elements)
    ]


class Legacy(DependencyProvider):  # type: ignore[misc]
    """The reader as a dependency of the service; one per process, so that tables stay open."""

    def setup(self) -> None:
        self._reader = GreenLegacyReader(Settings.current().data)

    def get_dependency(self, worker_ctx: Any) -> GreenLegacyReader:
        return self._reader
