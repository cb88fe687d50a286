"""A whole registry in and out."""

from __future__ import annotations

from typing import Any

from gdbos_contracts.errors import Forbidden
from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from gdbos_runtime.unit_of_work import UnitOfWork
from services.standards import schemas
from services.standards.adapters.holders import HolderRepository, TemplateRepository
from services.standards.adapters.lists import CrosswalkRepository
from services.standards.adapters.repository import RegistryRepository
from services.standards.adapters.subjects import SubjectRepository
from services.standards.adapters.uses import UseRepository
from services.standards.domain.compat import compare_history
from services.standards.entrypoints.base import Base
from services.standards.handlers import moving


class Moving(Base):
    """For the system alone: whoever moves a registry speaks for all its stewards."""

    @rpc
    def export_registry(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        with self.db.read() as work:
            return moving.export_registry(_shelves(work))

    @rpc
    def import_registry(self, request: dict[str, Any]) -> dict[str, Any]:
        command, principal = schemas.moving.ImportRegistry.read(request), current().principal
        if principal.kind != "system":
            raise Forbidden
        with self.db() as work:
            ports = (principal, _shelves(work), compare_history, work)
            return moving.import_registry(command["registry"], command["dry_run"], *ports)


def _shelves(work: UnitOfWork) -> moving.Shelves:
    """With a memory of their own: an import reads what it has not committed yet."""
    connection = work.connection
    registry, subjects = RegistryRepository(connection, {}), SubjectRepository(connection, {})
    users = (UseRepository(connection), HolderRepository(connection))
    made = (TemplateRepository(connection), CrosswalkRepository(connection, {}))
    return moving.Shelves(registry, subjects, *made, *users)
