"""What stewards said of elements that look alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from services.standards.adapters import orm
from services.standards.domain.merging import TwinVerdict


class VerdictRepository:
    """One verdict on every two."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def every(self) -> Mapping[tuple[str, str], TwinVerdict]:
        rows = self._connection.execute(sa.select(orm.twin_verdict)).mappings()
        found = [TwinVerdict(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in rows]
        return {(verdict.one, verdict.other): verdict for verdict in found}

    def put(self, verdict: TwinVerdict) -> None:
        table = orm.twin_verdict
        same = (table.c.one == verdict.one, table.c.other == verdict.other)
        self._connection.execute(sa.delete(table).where(*same))
        self._connection.execute(sa.insert(table), [{**asdict(verdict), "at": verdict.at.isoformat()}])
