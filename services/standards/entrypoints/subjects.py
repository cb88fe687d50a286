"""Schemas published under an id."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.standards import schemas
from services.standards.adapters.uses import UseRepository
from services.standards.domain.compat import compare_history
from services.standards.entrypoints.base import Base
from services.standards.handlers import subjects


class Subjects(Base):
    """Schemas published under an id, each version checked against those before it."""

    @rpc
    def publish_schemas(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.subjects.PublishSchemas.read(request)
        with self.db() as work:
            held, uses = self._subjects(work), UseRepository(work.connection)
            ports = (held, uses, self._registry(work), compare_history, work)
            return subjects.publish_schemas(command, current().principal, *ports)

    @rpc
    def publish_schema(self, request: dict[str, Any]) -> dict[str, Any]:
        draft = schemas.subjects.PublishSchema.read(request)
        with self.db() as work:
            held, uses = self._subjects(work), UseRepository(work.connection)
            ports = (held, uses, self._registry(work), compare_history, work)
            return subjects.publish_schema(draft, current().principal, *ports)

    @rpc
    def set_mode(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.subjects.SetMode.read(request)
        with self.db() as work:
            return subjects.set_mode(command, current().principal, self._subjects(work), work)

    @rpc
    def subjects(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.ListSearch.read(request)
        with self.db.read() as work:
            return subjects.list_subjects(query, self._subjects(work))

    @rpc
    def subject(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.subjects.SubjectKey.read(request)["id"]
        with self.db.read() as work:
            return subjects.subject(id, self._subjects(work))

    @rpc
    def schema_version(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.VersionKey.read(request)
        with self.db.read() as work:
            held = self._subjects(work)
            return subjects.schema_version(key["id"], key["version"], held, self._registry(work))
