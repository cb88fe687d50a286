"""What follows upon a case as it was filed: materials that were deferred, an application taken up again."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.entrypoints.base import Base
from services.workflow.handlers import deferring, reopening
from services.workflow.handlers.vouching import vouched


class Remedying(Base):
    """What follows upon a case as it was filed."""

    @rpc
    def supplement(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.cases.Supplement.read(request)
        principal = current().principal
        with self._room(reading=True) as room:
            claims = deferring.claims(command, principal, room)
        known = vouched(claims, principal, self._others())
        with self._room() as room:
            return deferring.supplement(command, principal, known, room)

    @rpc
    def reopen(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.cases.Reason.read(request)
        with self._room() as room:
            return reopening.reopen(command, current().principal, room)
