"""Before a case exists: prefill, drafts, submission."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.adapters.desk import DraftRepository
from services.workflow.adapters.repository import KeyRepository
from services.workflow.adapters.rooms import room_of
from services.workflow.entrypoints.base import Base
from services.workflow.handlers import bundling, preparing, submitting


class Applying(Base):
    """Before a case exists: prefill, drafts, submission."""

    @rpc
    def prefill(self, request: dict[str, Any]) -> dict[str, Any]:
        return preparing.prefill(schemas.applying.Prefill.read(request), current().principal, self._others())

    @rpc
    def save_draft(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.applying.Draft.read(request)
        with self.db() as work:
            return preparing.save_draft(
                command["id"], command["body"], current().principal, DraftRepository(work), work
            )

    @rpc
    def draft(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self.db.read() as work:
            return preparing.draft(id, current().principal, DraftRepository(work))

    @rpc
    def drafts(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        with self.db.read() as work:
            return preparing.all_drafts(current().principal, DraftRepository(work))

    @rpc
    def delete_draft(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self.db() as work:
            return preparing.delete_draft(id, current().principal, DraftRepository(work), work)

    @rpc
    def submit(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.applying.Submit.read(request)
        return self._answered(command) or self._submit(command)

    @rpc
    def submit_bundle(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.applying.SubmitBundle.read(request)
        return self._answered(command) or self._submit_bundle(command)

    def _answered(self, command: dict[str, Any]) -> dict[str, Any] | None:
        with self.db.read() as work:
            return submitting.answered(command, current().principal, KeyRepository(work))

    def _submit(self, command: dict[str, Any]) -> dict[str, Any]:
        with self.db() as work:
            room, keys = room_of(work, self.memory), KeyRepository(work)
            return submitting.submit(command, current().principal, self._others(), self.flights, keys, room)

    def _submit_bundle(self, command: dict[str, Any]) -> dict[str, Any]:
        with self.db() as work:
            room, keys = room_of(work, self.memory), KeyRepository(work)
            return bundling.submit_bundle(
                command, current().principal, self._others(), self.flights, keys, room
            )
