"""Nameko entrypoints of the registry: load → handler → dump."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.standards import handlers, schemas
from services.standards.adapters.comparing import compared
from services.standards.adapters.lists import CodeListRepository
from services.standards.adapters.uses import UseRepository
from services.standards.domain.compat import compare_history
from services.standards.entrypoints.governance import Governance
from services.standards.entrypoints.lists import Lists
from services.standards.entrypoints.moving import Moving
from services.standards.entrypoints.scheduling import Scheduling
from services.standards.entrypoints.subjects import Subjects
from services.standards.entrypoints.templating import Templating
from services.standards.entrypoints.uses import Using


class Service(Governance, Lists, Moving, Scheduling, Subjects, Templating, Using):
    """標準支撐: elements, code lists, composed schemas, validation, compatibility."""

    name = "standards"

    @rpc
    def publish(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.elements.Publish.read(request)
        with self.db() as work:
            uses = UseRepository(work.connection)
            return handlers.publish(command, self._registry(work), uses, compare_history, work)

    @rpc
    def submit(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.elements.Submit.read(request)
        with self.db() as work:
            ports = (self._registry(work), UseRepository(work.connection))
            return handlers.submit(command, current().principal, *ports, compare_history, work)

    @rpc
    def element(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.Key.read(request)
        with self.db.read() as work:
            return handlers.element(key["id"], key["version"], current().principal, self._registry(work))

    @rpc
    def elements(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.elements.Search.read(request)
        with self.db.read() as work:
            return handlers.elements(query, self._registry(work))

    @rpc
    def code_list(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.Key.read(request)
        with self.db.read() as work:
            return handlers.code_list(key["id"], key["version"], self._registry(work))

    @rpc
    def code_lists(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.ListSearch.read(request)
        with self.db.read() as work:
            return handlers.code_lists(query, CodeListRepository(work.connection))

    @rpc
    def schema(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.elements.Compose.read(request)
        with self.db.read() as work:
            return handlers.compose(query["elements"], query["on"], self._registry(work))

    @rpc
    def validate(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.elements.Validate.read(request)
        with self.db.read() as work:
            return handlers.validate(command, self._registry(work))

    @rpc
    def compatibility(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.elements.Compare.read(request)
        with self.db.read() as work:
            return handlers.compatibility(command, self._registry(work), compared)

    @rpc
    def set_status(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.elements.SetStatus.read(request)
        with self.db() as work:
            ports = (self._registry(work), UseRepository(work.connection))
            return handlers.set_status(command, current().principal, *ports, compare_history, work)
