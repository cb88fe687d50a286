"""Nameko entrypoints of the registry: load → handler → dump."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.standards import handlers, schemas
from services.standards.adapters.holders import HolderRepository, TemplateRepository
from services.standards.adapters.lists import CodeListRepository
from services.standards.adapters.uses import UseRepository
from services.standards.adapters.verdicts import VerdictRepository
from services.standards.domain.compat import compare_history
from services.standards.entrypoints.lists import Lists
from services.standards.entrypoints.moving import Moving
from services.standards.entrypoints.scheduling import Scheduling
from services.standards.entrypoints.subjects import Subjects
from services.standards.entrypoints.uses import Using


class Service(Lists, Moving, Scheduling, Subjects, Using):
    """標準支撐: elements, code lists, composed schemas, validation, compatibility."""

    name = "standards"

    @rpc
    def publish(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.Publish.read(request)
        with self.db() as work:
            uses = UseRepository(work.connection)
            return handlers.publish(command, self._registry(work), uses, compare_history, work)

    @rpc
    def submit(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.Submit.read(request)
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
        query = schemas.Search.read(request)
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
        query = schemas.Compose.read(request)
        with self.db.read() as work:
            return handlers.compose(query["elements"], query["on"], self._registry(work))

    @rpc
    def validate(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.Validate.read(request)
        with self.db.read() as work:
            return handlers.validate(command, self._registry(work))

    @rpc
    def compatibility(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.Compare.read(request)
        with self.db.read() as work:
            return handlers.compatibility(command, self._registry(work), compare_history)

    @rpc
    def set_status(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.SetStatus.read(request)
        with self.db() as work:
            ports = (self._registry(work), UseRepository(work.connection))
            return handlers.set_status(command, current().principal, *ports, compare_history, work)

    @rpc
    def propose(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Propose.read(request)
        with self.db.read() as work:
            return handlers.propose(query, self._registry(work))

    @rpc
    def likeness(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Likeness.read(request)
        with self.db.read() as work:
            ports = (self._registry(work), VerdictRepository(work.connection))
            return handlers.likeness(query, current().principal, *ports)

    @rpc
    def judge_twins(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.JudgeTwins.read(request)
        with self.db() as work:
            ports = (self._registry(work), VerdictRepository(work.connection), work)
            return handlers.judge_twins(command, current().principal, *ports)

    @rpc
    def naming(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Naming.read(request)
        with self.db.read() as work:
            return handlers.naming(query, self._registry(work))

    @rpc
    def coverage(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Coverage.read(request)
        with self.db.read() as work:
            return handlers.coverage(query["agency"], HolderRepository(work.connection))

    @rpc
    def publish_templates(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.PublishTemplates.read(request)
        with self.db() as work:
            uses, holders = UseRepository(work.connection), HolderRepository(work.connection)
            ports = (self._registry(work), TemplateRepository(work.connection), uses, holders, work)
            return handlers.publish_templates(command, current().principal, *ports)

    @rpc
    def template(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.Key.read(request)
        with self.db.read() as work:
            templates = TemplateRepository(work.connection)
            return handlers.template(key["id"], key["version"], self._registry(work), templates)

    @rpc
    def templates(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.TemplateSearch.read(request)
        with self.db.read() as work:
            return handlers.list_templates(query["kind"], TemplateRepository(work.connection))

    @rpc
    def template_schema(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.Key.read(request)
        with self.db.read() as work:
            templates = TemplateRepository(work.connection)
            return handlers.template_schema(key["id"], key["version"], self._registry(work), templates)
