"""The archive 歸檔 of closed cases."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.entrypoints.base import Base, only
from services.workflow.handlers import archiving


class Archiving(Base):
    """The archive 歸檔 of closed cases."""

    @rpc
    def archive(self, request: dict[str, Any]) -> dict[str, Any]:
        case_no = schemas.CaseKey.read(request)["case_no"]
        with self._room() as room:
            return archiving.store(case_no, current().principal, room)

    @rpc
    def archive_package(self, request: dict[str, Any]) -> dict[str, Any]:
        case_no = schemas.CaseKey.read(request)["case_no"]
        with self._room() as room:
            return archiving.package(case_no, current().principal, room)

    @rpc
    def archive_contents(self, request: dict[str, Any]) -> dict[str, Any]:
        case_no = schemas.CaseKey.read(request)["case_no"]
        with self._room() as room:
            return archiving.contents(case_no, current().principal, room)

    @rpc
    def archive_days(self, request: dict[str, Any]) -> dict[str, Any]:
        days = schemas.serving.ArchiveDays.read(request)["days"]
        only("agency_admin")
        with self._room() as room:
            return archiving.set_days(days, current().principal, room)

    @rpc
    def archives(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.serving.Archives.read(request)
        with self._room(reading=True) as room:
            return archiving.index(query, current().principal, room)
