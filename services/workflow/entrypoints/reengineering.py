"""業務再造: processes looked at, simulated, compared; what their cases went through."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.offload import offload
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.adapters.logs import LogRepository
from services.workflow.adapters.rooms import room_of
from services.workflow.adapters.trials import ModelDraftRepository
from services.workflow.entrypoints.base import Base, only
from services.workflow.handlers import drafting, reengineering


class Reengineering(Base):
    """業務再造: processes looked at, simulated, compared; what their cases went through."""

    @rpc
    def processes(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        only("agency_admin", "admin", "supervisor")
        with self.db.read() as work:
            found = reengineering.processes(LogRepository(work))
            return found | drafting.begun("process", found["processes"], ModelDraftRepository(work))

    @rpc
    def process(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.processes.ProcessVersion.read(request)
        only("agency_admin", "admin", "supervisor")
        with self.db.read() as work:
            found = reengineering.process(key["id"], key["version"], room_of(work, self.memory).processes)
            return found | drafting.held("process", key["id"], ModelDraftRepository(work))

    @rpc
    def lint_process(self, request: dict[str, Any]) -> dict[str, Any]:
        text = schemas.reengineering.Lint.read(request)["bpmn"]
        only("agency_admin", "admin", "supervisor")
        return offload(reengineering.looked_at, text)

    @rpc
    def process_difference(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.reengineering.Difference.read(request)
        only("agency_admin", "admin", "supervisor")
        with self._room(reading=True) as room:
            return reengineering.difference(command["id"], command["bpmn"], room.processes)

    @rpc
    def save_model_draft(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.reengineering.Draft.read(request)
        only("agency_admin", "admin")
        with self.db() as work:
            return drafting.save(command, ModelDraftRepository(work), work)

    @rpc
    def begin_model(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.reengineering.Begin.read(request)
        only("agency_admin", "admin")
        with self.db() as work:
            held = room_of(work, self.memory).processes
            return drafting.begin(command, ModelDraftRepository(work), held, work)

    @rpc
    def model(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.reengineering.Model.read(request)
        only("agency_admin", "admin", "supervisor")
        with self.db.read() as work:
            held = room_of(work, self.memory).processes
            return drafting.model(key["kind"], key["id"], ModelDraftRepository(work), held)

    @rpc
    def compare_processes(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.processes.ProcessPair.read(request)
        only("agency_admin", "admin", "supervisor")
        with self._room(reading=True) as room:
            return reengineering.compare(key["id"], key["old"], key["new"], room.processes)

    @rpc
    def process_variants(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        only("admin", "supervisor")
        with self.db.read() as work:
            return reengineering.variants(id, room_of(work, self.memory), LogRepository(work))

    @rpc
    def event_log(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.processes.EventLog.read(request)
        only("admin")
        with self.db.read() as work:
            return reengineering.event_log(query["format"], query["process"], LogRepository(work))
