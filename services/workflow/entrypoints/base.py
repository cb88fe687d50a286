"""What every entrypoint of the workflow stands on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gdbos_contracts.errors import Forbidden
from gdbos_runtime.context import current
from gdbos_runtime.db import Database
from gdbos_runtime.rpc import Remote
from services.workflow.adapters import processes
from services.workflow.adapters.clients import FlightBoard, Remembered
from services.workflow.adapters.rooms import others_of, room_of
from services.workflow.handlers.telling import Told
from services.workflow.ports import Others, Room


class Base:
    """The database, the other services, and what this process remembers."""

    db = Database("workflow")
    catalog = Remote("catalog")
    standards = Remote("standards")
    datahub = Remote("datahub")
    remembered = Remembered()
    memory = processes.Memory()
    flights = FlightBoard()
    told = Told()

    @contextmanager
    def _room(self, reading: bool = False) -> Iterator[Room]:
        with self.db.read() if reading else self.db() as work:
            yield room_of(work, self.memory)

    def _others(self) -> Others:
        return others_of(self.catalog, self.standards, self.datahub, self.remembered)


def only(*kinds: str) -> None:
    """Forbidden to every other kind of principal; the house itself may always."""
    if current().principal.kind not in (*kinds, "system"):
        raise Forbidden
