"""The engine's dealings with machines: jobs, messages, incidents."""

from __future__ import annotations

import secrets
from typing import Any

from gdbos_contracts.envelope import Event
from gdbos_runtime.context import current
from gdbos_runtime.inbox import event_handler
from gdbos_runtime.rpc import rpc
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow import schemas
from services.workflow.adapters.repository import KeyRepository
from services.workflow.adapters.rooms import room_of
from services.workflow.entrypoints.base import Base
from services.workflow.handlers import failing, falling, migrating, resolving, working


class Engine(Base):
    """Jobs, messages, incidents."""

    @rpc
    def lease_jobs(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.engine.Lease.read(request)
        with self._room() as room:
            return working.lease(command, secrets.token_hex(16), current().principal, room)

    @rpc
    def extend_job(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.engine.Extend.read(request)
        with self._room() as room:
            return working.extend(command, current().principal, room)

    @rpc
    def complete_job(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.engine.JobDone.read(request)
        with self._room() as room:
            return working.complete(command, current().principal, room)

    @rpc
    def fail_job(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.engine.JobFailed.read(request)
        with self._room() as room:
            return working.fail(command, current().principal, room)

    @rpc
    def correlate(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.engine.Correlate.read(request)
        with self.db() as work:
            room, keys = room_of(work, self.memory), KeyRepository(work)
            return working.correlate(command, current().principal, keys, room)

    @rpc
    def incidents(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.engine.Incidents.read(request)
        with self._room(reading=True) as room:
            return failing.incidents(query, current().principal, room)

    @rpc
    def retry_incident(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.engine.Wait.read(request)
        with self._room() as room:
            return failing.retry(key["case_no"], key["token"], current().principal, room)

    @rpc
    def incident(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.engine.Wait.read(request)
        with self._room(reading=True) as room:
            return resolving.incident(key["case_no"], key["token"], current().principal, room)

    @rpc
    def resolve_incident(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.engine.Resolve.read(request)
        with self._room() as room:
            return resolving.resolve(command, current().principal, room)

    @rpc
    def migrate_cases(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.engine.Migrate.read(request)
        with self._room() as room:
            return migrating.migrate_cases(command, secrets.token_hex(8), current().principal, room)

    @rpc
    def migrations(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.engine.Migrations.read(request)
        with self._room(reading=True) as room:
            return migrating.migrations(query, current().principal, room)

    @rpc
    def undo_migration(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self._room() as room:
            return migrating.undo(id, current().principal, room)

    @event_handler("message.sent")
    def on_message_sent(self, event: Event, work: UnitOfWork) -> None:
        working.receive(event.subject, event.id, event.data, room_of(work, self.memory))

    @event_handler("licence.revoked")
    def on_licence_revoked(self, event: Event, work: UnitOfWork) -> None:
        falling.licence_revoked(event.subject, event.data, room_of(work, self.memory))

    @event_handler("case.revoked")
    def on_case_revoked(self, event: Event, work: UnitOfWork) -> None:
        falling.fall(event.subject, room_of(work, self.memory))
