"""決策: decision models looked at, tried with values and explained."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.offload import offload
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.adapters.rooms import room_of
from services.workflow.adapters.trials import ModelDraftRepository
from services.workflow.domain import decisions as models
from services.workflow.entrypoints.base import Base, only
from services.workflow.handlers import drafting, judging

ANALYSTS = ("agency_admin", "admin", "supervisor")


class Judging(Base):
    """Decision models looked at, tried with values and explained."""

    @rpc
    def decisions(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        only(*ANALYSTS)
        with self.db.read() as work:
            found = judging.every(room_of(work, self.memory).processes)
            return found | drafting.begun("decision", found["decisions"], ModelDraftRepository(work))

    @rpc
    def decision(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.processes.ProcessVersion.read(request)
        only(*ANALYSTS)
        with self.db.read() as work:
            found = judging.one(key["id"], key["version"], room_of(work, self.memory).processes)
            return found | drafting.held("decision", key["id"], ModelDraftRepository(work))

    @rpc
    def lint_decision(self, request: dict[str, Any]) -> dict[str, Any]:
        text = schemas.reengineering.DecisionText.read(request)["dmn"]
        only(*ANALYSTS)
        return offload(models.looked_at, text)

    @rpc
    def try_decision(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.reengineering.DecisionTrial.read(request)
        only(*ANALYSTS)
        with self._room(reading=True) as room:
            text = judging.text_of(command, room.processes)
        return offload(models.tried, text, command["decision"], command["inputs"])
