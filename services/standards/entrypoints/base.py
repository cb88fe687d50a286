"""What every entrypoint of the registry reaches."""

from __future__ import annotations

from typing import ClassVar

from gdbos_runtime.db import Database
from gdbos_runtime.turns import let_others
from gdbos_runtime.unit_of_work import UnitOfWork
from services.standards.adapters.holders import HolderRepository
from services.standards.adapters.lists import CrosswalkRepository
from services.standards.adapters.repository import Memory, RegistryRepository
from services.standards.adapters.subjects import SubjectRepository
from services.standards.adapters.uses import UseRepository


class Base:
    """The database, and the memory of published versions that outlives a unit of work."""

    db = Database("standards")
    memory: ClassVar[Memory] = {}

    def _registry(self, work: UnitOfWork) -> RegistryRepository:
        return RegistryRepository(work.connection, self.memory, let_others)

    def _subjects(self, work: UnitOfWork) -> SubjectRepository:
        return SubjectRepository(work.connection, self.memory)

    def _crosswalks(self, work: UnitOfWork) -> CrosswalkRepository:
        return CrosswalkRepository(work.connection, self.memory)

    def _users(self, work: UnitOfWork) -> tuple[UseRepository, HolderRepository]:
        return UseRepository(work.connection), HolderRepository(work.connection)
