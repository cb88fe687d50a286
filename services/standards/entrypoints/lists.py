"""Code lists as a whole, and crosswalks between them."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.standards import handlers, schemas
from services.standards.adapters.lists import CodeListRepository
from services.standards.adapters.uses import UseRepository
from services.standards.domain.compat import compare_history
from services.standards.entrypoints.base import Base


class Lists(Base):
    """Import and export of code lists; translation of codes."""

    @rpc
    def import_code_list(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.lists.ImportCodeList.read(request)
        with self.db() as work:
            ports = (self._registry(work), UseRepository(work.connection), compare_history, work)
            return handlers.import_code_list(command, current().principal, *ports)

    @rpc
    def code_list_text(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.lists.CodeListText.read(request)
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
        command = schemas.lists.PublishCrosswalks.read(request)
        with self.db() as work:
            ports = (self._registry(work), self._crosswalks(work), work)
            return handlers.publish_crosswalks(command, current().principal, *ports)

    @rpc
    def crosswalks(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.lists.CrosswalkSearch.read(request)
        with self.db.read() as work:
            return handlers.crosswalks(query["code_list"], self._crosswalks(work))

    @rpc
    def crosswalk(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.Key.read(request)
        with self.db.read() as work:
            return handlers.crosswalk(key["id"], key["version"], self._crosswalks(work))

    @rpc
    def translate(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.lists.Translate.read(request)
        with self.db.read() as work:
            return handlers.translate(query, self._registry(work), self._crosswalks(work))
