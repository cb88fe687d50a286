"""What leaves for the platforms above."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.entrypoints.base import Base
from services.workflow.handlers import exporting


class Exporting(Base):
    """What leaves for the platforms above."""

    @rpc
    def export_cases(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.processes.ExportCases.read(request)
        with self._room() as room:
            return exporting.case_library_page(query, current().principal, room)
