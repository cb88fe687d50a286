"""試算: simulations in the background, studies of bundles, arrivals of a year as numbers."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.offload import offload
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.adapters.logs import LogRepository
from services.workflow.adapters.rooms import room_of
from services.workflow.adapters.trials import TrialRepository
from services.workflow.domain.calendar import Calendar
from services.workflow.entrypoints.base import Base, only
from services.workflow.handlers import trying
from services.workflow.ports import Trials, Work

ANALYSTS = ("agency_admin", "admin", "supervisor")


class Trying(Base):
    """Simulations in the background, studies of bundles, arrivals of a year as numbers."""

    @rpc
    def ask_trial(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.reengineering.ProcessTrial.read(request)
        only(*ANALYSTS)
        with self.db() as work:
            held = room_of(work, self.memory).processes
            return trying.ask_process(command, secrets.token_hex(8), held, TrialRepository(work), work)

    @rpc
    def ask_study_trial(self, request: dict[str, Any]) -> dict[str, Any]:
        study = schemas.Key.read(request)["id"]
        only(*ANALYSTS)
        with self.db() as work:
            return trying.ask_study(study, secrets.token_hex(8), TrialRepository(work), work)

    @rpc
    def advance_trials(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Limit.read(request)
        only()
        return trying.advance(self._trials, offload)

    @rpc
    def trial(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        only(*ANALYSTS)
        with self.db.read() as work:
            return trying.trial(id, current().language, TrialRepository(work))

    @rpc
    def studies(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        only(*ANALYSTS)
        with self.db.read() as work:
            return trying.studies(TrialRepository(work))

    @rpc
    def study(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        only(*ANALYSTS)
        with self.db.read() as work:
            return trying.study(id, current().language, TrialRepository(work))

    @rpc
    def publish_study(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.reengineering.Study.read(request)
        only("admin")
        with self.db() as work:
            return trying.publish_study(command["study"], command["dry_run"], TrialRepository(work), work)

    @rpc
    def arrivals(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.reengineering.Arrivals.read(request)
        only(*ANALYSTS)
        with self.db.read() as work:
            room = room_of(work, self.memory)
            return trying.arrivals(query, room.processes, LogRepository(work), room.calendar, work)

    @contextmanager
    def _trials(self) -> Iterator[tuple[Trials, Calendar, Work]]:
        with self.db() as work:
            yield TrialRepository(work), room_of(work, self.memory).calendar, work
