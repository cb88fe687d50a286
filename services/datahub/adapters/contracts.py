"""Data contracts; a version that was read once is remembered for ever."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from gdbos_runtime.cache import PublishedCache, TtlCache
from gdbos_runtime.unit_of_work import UnitOfWork
from services.datahub.adapters import orm
from services.datahub.domain.contract import DataContract

_OF = orm.data_contract.c.subject == sa.bindparam("subject")
_BODIES = sa.select(orm.data_contract.c.body).where(_OF).order_by(orm.data_contract.c.version)
_COUNT = sa.select(sa.func.count()).select_from(orm.data_contract).where(_OF)

Versions = Sequence[DataContract]


class Remembered:
    """Outlives the units of work: versions by their number for ever, the newest of late for two seconds."""

    def __init__(self) -> None:
        self.versions: PublishedCache[Versions] = PublishedCache(500)
        self.late: TtlCache[Versions] = TtlCache(2.0, 500)


class ContractRepository:
    """How many versions there are is asked each time a record is written; what is in them is not."""

    def __init__(self, work: UnitOfWork, remembered: Remembered) -> None:
        self._work = work
        self._remembered = remembered

    def of(self, subject: str) -> Versions:
        count = self._work.connection.scalar(_COUNT, {"subject": subject})
        if not count:
            return ()
        return self._remembered.versions.get((subject, count), lambda: self._read(subject))

    def lately(self, subject: str) -> Versions:
        return self._remembered.late.get(subject, lambda: self.of(subject))

    def add(self, contract: DataContract) -> None:
        self._work.forget(self._remembered.late)
        key = {"subject": contract.subject, "version": contract.version}
        self._work.connection.execute(sa.insert(orm.data_contract), {**key, "body": contract.to_data()})

    def _read(self, subject: str) -> Versions:
        bodies = self._work.connection.scalars(_BODIES, {"subject": subject})
        return [DataContract.from_data(body) for body in bodies]
