"""Templates made of elements."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from gdbos_runtime.unit_of_work import UnitOfWork
from services.standards import handlers, schemas
from services.standards.adapters.holders import TemplateRepository
from services.standards.adapters.repository import RegistryRepository
from services.standards.entrypoints.base import Base


class Templating(Base):
    """Published, shown, and as the schema of what they ask for."""

    @rpc
    def publish_templates(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.templates.PublishTemplates.read(request)
        with self.db() as work:
            ports = (*self._shelves(work), *self._users(work), work)
            return handlers.publish_templates(command, current().principal, *ports)

    @rpc
    def template(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.Key.read(request)
        with self.db.read() as work:
            return handlers.template(key["id"], key["version"], *self._shelves(work))

    @rpc
    def templates(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.templates.TemplateSearch.read(request)
        with self.db.read() as work:
            return handlers.list_templates(query["kind"], TemplateRepository(work.connection))

    @rpc
    def template_schema(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.Key.read(request)
        with self.db.read() as work:
            return handlers.template_schema(key["id"], key["version"], *self._shelves(work))

    def _shelves(self, work: UnitOfWork) -> tuple[RegistryRepository, TemplateRepository]:
        return self._registry(work), TemplateRepository(work.connection)
