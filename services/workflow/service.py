"""Nameko entrypoints of the workflow: load → handler → dump."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gdbos_contracts.envelope import Event
from gdbos_runtime.context import current
from gdbos_runtime.db import Database
from gdbos_runtime.inbox import event_handler
from gdbos_runtime.rpc import Remote, rpc
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow import schemas
from services.workflow.adapters import processes
from services.workflow.adapters.clients import FlightBoard, Remembered
from services.workflow.adapters.desk import DraftRepository, TaskRepository
from services.workflow.adapters.printer import JinjaPrinter
from services.workflow.adapters.repository import KeyRepository
from services.workflow.adapters.rooms import others_of, room_of
from services.workflow.handlers import (
    bundling,
    changing,
    deciding,
    desk,
    firing,
    following,
    preparing,
    publishing,
    submitting,
)
from services.workflow.ports import Others, Room


class Service:
    """業務辦理: cases, processes, clocks, tasks. The only service that calls others."""

    name = "workflow"
    db = Database("workflow")
    catalog = Remote("catalog")
    standards = Remote("standards")
    datahub = Remote("datahub")
    remembered = Remembered()
    memory = processes.Memory()
    flights = FlightBoard()

    @rpc
    def publish_process(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.Process.read(request)
        with self._room() as room:
            return publishing.publish_process(command, room.processes, room.work)

    @rpc
    def publish_templates(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.Templates.read(request)
        with self._room() as room:
            return publishing.publish_templates(
                command["templates"], command["dry_run"], room.processes, JinjaPrinter(), room.work
            )

    @rpc
    def prefill(self, request: dict[str, Any]) -> dict[str, Any]:
        return preparing.prefill(schemas.Prefill.read(request), current().principal, self._others())

    @rpc
    def save_draft(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.Draft.read(request)
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
        command = schemas.Submit.read(request)
        return self._answered(command) or self._submit(command)

    @rpc
    def submit_bundle(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.SubmitBundle.read(request)
        return self._answered(command) or self._submit_bundle(command)

    @rpc
    def applications(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Applications.read(request)
        with self._room(reading=True) as room:
            return following.applications(query, current().principal, room)

    @rpc
    def application(self, request: dict[str, Any]) -> dict[str, Any]:
        case_no = schemas.CaseKey.read(request)["case_no"]
        with self._room(reading=True) as room:
            return following.application(case_no, current().principal, room)

    @rpc
    def timeline(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Timeline.read(request)
        with self._room(reading=True) as room:
            return following.timeline(query["case_no"], query["after"], current().principal, room)

    @rpc
    def document(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.Document.read(request)
        with self._room(reading=True) as room:
            return following.document(key["case_no"], key["id"], current().principal, room)

    @rpc
    def correct(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.Correct.read(request)
        with self._room() as room:
            return changing.correct(command, current().principal, self._others(), room)

    @rpc
    def withdraw(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.Reason.read(request)
        with self._room() as room:
            return changing.withdraw(command, current().principal, room)

    @rpc
    def rate(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.Rate.read(request)
        with self._room() as room:
            return changing.rate(command, current().principal, room)

    @rpc
    def add_message(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.Message.read(request)
        with self._room() as room:
            return changing.add_message(command, current().principal, room)

    @rpc
    def tasks(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Tasks.read(request)
        with self._room(reading=True) as room:
            return desk.queue(query, current().principal, room.tasks, room)

    @rpc
    def task(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self._room(reading=True) as room:
            return desk.one(id, current().principal, self._others().standards, room)

    @rpc
    def claim(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self._room() as room:
            return desk.claim(id, current().principal, room)

    @rpc
    def release(self, request: dict[str, Any]) -> dict[str, Any]:
        id = schemas.Key.read(request)["id"]
        with self._room() as room:
            return desk.release(id, current().principal, room)

    @rpc
    def complete(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.Complete.read(request)
        with self._room() as room:
            return deciding.complete(
                command["id"], command, current().principal, self._others().standards, room
            )

    @rpc
    def counts(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        with self._room(reading=True) as room:
            return desk.counts(current().principal, room.tasks, room)

    @rpc
    def fire_due(self, request: dict[str, Any]) -> dict[str, Any]:
        return firing.fire_due(schemas.Limit.read(request)["limit"], self._room)

    @rpc
    def ready(self, request: dict[str, Any]) -> dict[str, Any]:
        with self.db.read() as work:
            return {"ready": TaskRepository(work).get("") is None}

    @event_handler("item.published")
    def on_item_published(self, event: Event, work: UnitOfWork) -> None:
        self.remembered.situations.clear()

    @event_handler("licence.registered")
    def on_licence_registered(self, event: Event, work: UnitOfWork) -> None:
        firing.licence_registered(event.subject, room_of(work, self.memory))

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

    @contextmanager
    def _room(self, reading: bool = False) -> Iterator[Room]:
        with self.db.read() if reading else self.db() as work:
            yield room_of(work, self.memory)

    def _others(self) -> Others:
        return others_of(self.catalog, self.standards, self.datahub, self.remembered)
