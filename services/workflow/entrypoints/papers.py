"""Documents as signed files."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.adapters.press import press
from services.workflow.entrypoints.base import Base
from services.workflow.handlers import printing
from services.workflow.ports import Room


class Papers(Base):
    """Documents as signed files."""

    @rpc
    def print_due(self, request: dict[str, Any]) -> dict[str, Any]:
        limit = schemas.Limit.read(request)["limit"]
        return printing.print_due(limit, press(), self._reading, self._room)

    @rpc
    def document_file(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.cases.Document.read(request)
        who = current().principal
        return printing.file(key["case_no"], key["id"], who, press(), self._reading, self._room)

    @rpc
    def verify_document(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.cases.VerifyDocument.read(request)
        with self._room(reading=True) as room:
            return printing.verify(query, room)

    def _reading(self) -> AbstractContextManager[Room]:
        return self._room(reading=True)
