"""業務再造: processes looked at, simulated, compared; what their cases went through."""

from __future__ import annotations

from typing import Any

from gdbos_contracts.errors import Forbidden
from gdbos_runtime.context import current
from gdbos_runtime.offload import offload
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.adapters.logs import LogRepository
from services.workflow.adapters.rooms import room_of
from services.workflow.entrypoints.base import Base
from services.workflow.handlers import reengineering


class Reengineering(Base):
    """業務再造: processes looked at, simulated, compared; what their cases went through."""

    @rpc
    def processes(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        _only("agency_admin", "admin", "supervisor")
        with self.db.read() as work:
            return reengineering.processes(LogRepository(work))

    @rpc
    def process(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.processes.ProcessVersion.read(request)
        _only("agency_admin", "admin", "supervisor")
        with self._room(reading=True) as room:
            return reengineering.process(key["id"], key["version"], room.processes)

    @rpc
    def simulate_process(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.processes.ProcessScenario.read(request)
        _only("agency_admin", "admin", "supervisor")
        with self._room(reading=True) as room:
            graph, calendar = reengineering.graph(key["id"], key["version"], room.processes), room.calendar
        return offload(reengineering.simulate, graph, key["scenario"], calendar)

    @rpc
    def compare_processes(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.processes.ProcessPair.read(request)
        _only("agency_admin", "admin", "supervisor")
        with self._room(reading=True) as room:
            return reengineering.compare(key["id"], key["old"], key["new"], room.processes)

    @rpc
    def process_variants(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        _only("admin", "supervisor")
        with self.db.read() as work:
            return reengineering.variants(id, room_of(work, self.memory), LogRepository(work))

    @rpc
    def event_log(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.processes.EventLog.read(request)
        _only("admin")
        with self.db.read() as work:
            return reengineering.event_log(query["format"], query["process"], LogRepository(work))


def _only(*kinds: str) -> None:
    """Forbidden to every other kind of principal."""
    if current().principal.kind not in (*kinds, "system"):
        raise Forbidden
