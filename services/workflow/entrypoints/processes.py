"""Processes, templates and what time sets off."""

from __future__ import annotations

from typing import Any

from gdbos_contracts.envelope import Event
from gdbos_runtime.inbox import event_handler
from gdbos_runtime.rpc import rpc
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow import schemas
from services.workflow.adapters.desk import TaskRepository
from services.workflow.adapters.press import press
from services.workflow.adapters.repository import CaseRepository
from services.workflow.adapters.rooms import room_of
from services.workflow.entrypoints.base import Base
from services.workflow.handlers import firing, publishing, telling


class Processes(Base):
    """Processes, templates and what time sets off."""

    @rpc
    def publish_process(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.processes.Process.read(request)
        with self._room() as room:
            return publishing.publish_process(command, room.processes, room.cases, room.work)

    @rpc
    def publish_decision(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.processes.Decision.read(request)
        with self._room() as room:
            return publishing.publish_decision(command, room.processes, room.work)

    @rpc
    def publish_templates(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.processes.Templates.read(request)
        with self._room() as room:
            given, rehearsed, standards = command["templates"], command["dry_run"], self._others().standards
            return publishing.publish_templates(
                given, rehearsed, room.processes, room.printer, press().typesetter, standards, room.work
            )

    @rpc
    def fire_due(self, request: dict[str, Any]) -> dict[str, Any]:
        return firing.fire_due(schemas.Limit.read(request)["limit"], self._room)

    @rpc
    def ready(self, request: dict[str, Any]) -> dict[str, Any]:
        with self.db.read() as work:
            return {"ready": TaskRepository(work).get("") is None}

    @event_handler("item.published")
    def on_item_published(self, event: Event, work: UnitOfWork) -> None:
        self.remembered.situations.clear()
        telling.of_items(event.data["codes"], CaseRepository(work), work)

    @event_handler("licence.registered")
    def on_licence_registered(self, event: Event, work: UnitOfWork) -> None:
        firing.licence_registered(event.subject, room_of(work, self.memory))
