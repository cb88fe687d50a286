"""Data contracts; versions never change, so those that were read are remembered until another is added."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from gdbos_runtime.cache import TtlCache
from gdbos_runtime.unit_of_work import UnitOfWork
from services.datahub.adapters import orm
from services.datahub.domain.contract import DataContract

_BODIES = (
    sa.select(orm.data_contract.c.body)
    .where(orm.data_contract.c.subject == sa.bindparam("subject"))
    .order_by(orm.data_contract.c.version)
)


class ContractRepository:
    """`remembered` outlives the unit of work, for two seconds."""

    def __init__(self, work: UnitOfWork, remembered: TtlCache[Sequence[DataContract]]) -> None:
        self._work = work
        self._remembered = remembered

    def of(self, subject: str) -> Sequence[DataContract]:
        def load() -> Sequence[DataContract]:
            bodies = self._work.connection.scalars(_BODIES, {"subject": subject})
            return [DataContract.from_data(body) for body in bodies]

        return self._remembered.get(subject, load)

    def add(self, contract: DataContract) -> None:
        self._remembered.clear()
        key = {"subject": contract.subject, "version": contract.version}
        self._work.connection.execute(sa.insert(orm.data_contract), {**key, "body": contract.to_data()})
