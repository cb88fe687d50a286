"""Service 送達 of decisions."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.entrypoints.base import Base
from services.workflow.handlers import serving


class Serving(Base):
    """Service 送達 of decisions."""

    @rpc
    def serve(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.serving.Serve.read(request)
        with self._room() as room:
            return serving.serve(command, current().principal, room)

    @rpc
    def record_attempt(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.serving.Attempt.read(request)
        with self._room() as room:
            return serving.attempt(command, current().principal, room)

    @rpc
    def consent_to_service(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.CaseKey.read(request)
        with self._room() as room:
            return serving.consent(command, current().principal, room)
