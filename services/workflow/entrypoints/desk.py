"""The inbox of clerks 辦件箱 and their tasks."""

from __future__ import annotations

from typing import Any

from gdbos_contracts.principal import Principal
from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.entrypoints.base import Base
from services.workflow.handlers import bulk, claiming, deciding, desk, filtering


class Desk(Base):
    """The inbox of clerks 辦件箱 and their tasks."""

    @rpc
    def tasks(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.desk.Tasks.read(request)
        with self._room(reading=True) as room:
            return desk.queue(query, current().principal, room)

    @rpc
    def counts(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        with self._room(reading=True) as room:
            return desk.counts(current().principal, room)

    @rpc
    def task(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self._room(reading=True) as room:
            return desk.one(id, current().principal, self._others().standards, room)

    @rpc
    def claim(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self._room() as room:
            return claiming.committed(claiming.claim(id, current().principal, room), room)

    @rpc
    def release(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self._room() as room:
            return claiming.committed(claiming.release(id, current().principal, room), room)

    @rpc
    def assign(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.desk.Assign.read(request)
        to = Principal.from_data(command["to"])
        with self._room() as room:
            return claiming.committed(claiming.assign(command["id"], to, current().principal, room), room)

    @rpc
    def undo(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self._room() as room:
            return claiming.committed(claiming.undo(id, current().principal, room), room)

    @rpc
    def complete(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.desk.Complete.read(request)
        with self._room() as room:
            return deciding.complete(
                command["id"], command, current().principal, self._others().standards, room
            )

    @rpc
    def bulk(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.desk.Bulk.read(request)
        to = Principal.from_data(command["to"]) if command["to"] else None
        with self._room() as room:
            return bulk.bulk(command, to, current().principal, self._others().standards, room)

    @rpc
    def delegate(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.desk.Delegate.read(request)
        with self._room() as room:
            return claiming.delegate(command, Principal.from_data(command["to"]), current().principal, room)

    @rpc
    def delegations(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        with self._room(reading=True) as room:
            return claiming.delegations(current().principal, room)

    @rpc
    def end_delegation(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self._room() as room:
            return claiming.end_delegation(id, current().principal, room)

    @rpc
    def filters(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        with self._room(reading=True) as room:
            return filtering.filters(current().principal, room)

    @rpc
    def keep_filter(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.desk.SavedFilter.read(request)
        with self._room() as room:
            return filtering.keep(command["name"], command["query"], current().principal, room)

    @rpc
    def forget_filter(self, request: dict[str, Any]) -> dict[str, Any]:
        name = schemas.desk.FilterName.read(request)["name"]
        with self._room() as room:
            return filtering.forget(name, current().principal, room)

    @rpc
    def applicant_code(self, request: dict[str, Any]) -> dict[str, Any]:
        number = schemas.desk.Applicant.read(request)["number"]
        with self._room(reading=True) as room:
            return desk.applicant_code(number, current().principal, room)
