"""Publications for a later day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gdbos_contracts.errors import Forbidden
from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from gdbos_runtime.unit_of_work import UnitOfWork
from services.standards import schemas
from services.standards.adapters.scheduled import ScheduleRepository
from services.standards.adapters.uses import UseRepository
from services.standards.domain.compat import compare_history
from services.standards.entrypoints.base import Base
from services.standards.handlers import scheduled, scheduling


class Scheduling(Base):
    """Scheduled, shown, cancelled, planned again; `publish_due` is called by the clock."""

    @rpc
    def schedule(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.scheduling.Schedule.read(request)
        with self._desk() as desk:
            return scheduling.schedule(command, current().principal, desk, compare_history)

    @rpc
    def scheduled(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.scheduling.ScheduledSearch.read(request)
        with self.db.read() as work:
            held, today = ScheduleRepository(work.connection), work.now.date()
            return scheduled.scheduled(query["status"], current().principal, held, today)

    @rpc
    def one_scheduled(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.scheduling.ScheduledKey.read(request)["id"]
        with self.db.read() as work:
            return scheduled.one_scheduled(id, current().principal, self._at(work), compare_history)

    @rpc
    def plan_scheduled(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.scheduling.PlanAgain.read(request)
        with self._desk() as desk:
            return scheduling.plan(command, current().principal, desk, compare_history)

    @rpc
    def cancel_scheduled(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.scheduling.ScheduledKey.read(request)["id"]
        with self.db() as work:
            return scheduling.cancel(id, current().principal, ScheduleRepository(work.connection), work)

    @rpc
    def publish_due(self, request: dict[str, Any]) -> dict[str, Any]:
        limit = schemas.Limit.read(request)["limit"]
        if current().principal.kind != "system":
            raise Forbidden
        return scheduling.publish_due(limit, self._desk, compare_history)

    @contextmanager
    def _desk(self) -> Iterator[scheduling.Desk]:
        with self.db() as work:
            yield self._at(work)

    def _at(self, work: UnitOfWork) -> scheduling.Desk:
        ports = (ScheduleRepository(work.connection), self._registry(work), UseRepository(work.connection))
        return scheduling.Desk(*ports, work)
