"""The inbox of clerks 辦件箱 and their tasks."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.entrypoints.base import Base
from services.workflow.handlers import deciding, desk


class Desk(Base):
    """The inbox of clerks 辦件箱 and their tasks."""

    @rpc
    def tasks(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Tasks.read(request)
        with self._room(reading=True) as room:
            return desk.queue(query, current().principal, room.tasks, room)

    @rpc
    def task(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self._room(reading=True) as room:
            return desk.one(id, current().principal, self._others().standards, room)

    @rpc
    def claim(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self._room() as room:
            return desk.claim(id, current().principal, room)

    @rpc
    def release(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self._room() as room:
            return desk.release(id, current().principal, room)

    @rpc
    def complete(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.Complete.read(request)
        with self._room() as room:
            return deciding.complete(
                command["id"], command, current().principal, self._others().standards, room
            )

    @rpc
    def counts(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        with self._room(reading=True) as room:
            return desk.counts(current().principal, room.tasks, room)
