"""Who uses what, both ways."""

from __future__ import annotations

from typing import Any

from gdbos_contracts.envelope import Event
from gdbos_runtime.inbox import event_handler
from gdbos_runtime.rpc import rpc
from gdbos_runtime.unit_of_work import UnitOfWork
from services.standards import schemas
from services.standards.adapters.holders import HolderRepository
from services.standards.adapters.uses import UseRepository
from services.standards.entrypoints.base import Base
from services.standards.handlers import using


class Using(Base):
    """Uses are told by the owners' events; where-used and its other way round are read here."""

    @rpc
    def note_uses(self, request: dict[str, Any]) -> dict[str, Any]:
        rows = schemas.uses.NoteUses.read(request)["uses"]
        with self.db() as work:
            return using.note_uses(rows, self._registry(work), *self._users(work), work)

    @event_handler("elements.used")
    def on_elements_used(self, event: Event, work: UnitOfWork) -> None:
        rows = schemas.uses.NoteUses.read(dict(event.data))["uses"]
        using.note_told(rows, self._registry(work), *self._users(work), work)

    @event_handler("names.published")
    def on_names_published(self, event: Event, work: UnitOfWork) -> None:
        ids = schemas.uses.Names.read(dict(event.data))["ids"]
        using.note_names(ids, self._registry(work), HolderRepository(work.connection), work)

    @event_handler("cases.running")
    def on_cases_running(self, event: Event, work: UnitOfWork) -> None:
        using.note_running(schemas.uses.Running.read(dict(event.data)), UseRepository(work.connection), work)

    @rpc
    def where_used(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.Key.read(request)
        with self.db.read() as work:
            shelves = (self._registry(work), self._subjects(work), *self._users(work))
            return using.where_used(key["id"], key["version"], *shelves)

    @rpc
    def elements_of(self, request: dict[str, Any]) -> dict[str, Any]:
        user = schemas.uses.User.read(request)
        with self.db.read() as work:
            return using.elements_of(
                user["kind"], user["id"], user["version"], UseRepository(work.connection)
            )
