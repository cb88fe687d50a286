"""What a steward is told and asked: legacy columns, look-alikes, names, coverage."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.standards import handlers, schemas
from services.standards.adapters.holders import HolderRepository
from services.standards.adapters.verdicts import VerdictRepository
from services.standards.entrypoints.base import Base


class Governance(Base):
    """Advice on what is published; a person decides."""

    @rpc
    def propose(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.governance.Propose.read(request)
        with self.db.read() as work:
            return handlers.propose(query, self._registry(work))

    @rpc
    def likeness(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.governance.Likeness.read(request)
        with self.db.read() as work:
            ports = (self._registry(work), VerdictRepository(work.connection))
            return handlers.likeness(query, current().principal, *ports)

    @rpc
    def judge_twins(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.governance.JudgeTwins.read(request)
        with self.db() as work:
            ports = (self._registry(work), VerdictRepository(work.connection), work)
            return handlers.judge_twins(command, current().principal, *ports)

    @rpc
    def naming(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.governance.Naming.read(request)
        with self.db.read() as work:
            return handlers.naming(query, self._registry(work))

    @rpc
    def coverage(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.governance.Coverage.read(request)
        with self.db.read() as work:
            return handlers.coverage(query["agency"], HolderRepository(work.connection))
