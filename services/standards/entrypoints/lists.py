"""Code lists as a whole, and crosswalks between them."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.standards import handlers, schemas
from services.standards.adapters.lists import CodeListRepository, CrosswalkRepository
from services.standards.adapters.uses import UseRepository
from services.standards.domain.compat import compare_history
from services.standards.entrypoints.base import Base


class Lists(Base):
    """Import and export of code lists; translation of codes."""

    @rpc
    def import_code_list(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.ImportCodeList.read(request)
        with self.db() as work:
            ports = (self._registry(work), UseRepository(work.connection), compare_history, work)
            return handlers.import_code_list(command, current().principal, *ports)

    @rpc
    def code_list_text(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.CodeListText.read(request)
        with self.db.read() as work:
            lists = CodeListRepository(work.connection)
            return handlers.code_list_text(query, self._registry(work), lists)

    @rpc
    def code_list_versions(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.Key.read(request)
        with self.db.read() as work:
            return handlers.code_list_versions(key["id"], CodeListRepository(work.connection))

    @rpc
    def publish_crosswalks(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.PublishCrosswalks.read(request)
        with self.db() as work:
            crosswalks = CrosswalkRepository(work.connection, self.memory)
            ports = (self._registry(work), crosswalks, work)
            return handlers.publish_crosswalks(command, current().principal, *ports)

    @rpc
    def crosswalks(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.CrosswalkSearch.read(request)
        with self.db.read() as work:
            crosswalks = CrosswalkRepository(work.connection, self.memory)
            return handlers.crosswalks(query["code_list"], crosswalks)

    @rpc
    def crosswalk(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.Key.read(request)
        with self.db.read() as work:
            crosswalks = CrosswalkRepository(work.connection, self.memory)
            return handlers.crosswalk(key["id"], key["version"], crosswalks)

    @rpc
    def translate(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Translate.read(request)
        with self.db.read() as work:
            crosswalks = CrosswalkRepository(work.connection, self.memory)
            return handlers.translate(query, self._registry(work), crosswalks)
