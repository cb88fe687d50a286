"""Nameko entrypoints of the data hub: load → handler → dump."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gdbos_contracts.envelope import Event
from gdbos_runtime.cache import TtlCache
from gdbos_runtime.context import current
from gdbos_runtime.db import Database
from gdbos_runtime.inbox import event_handler
from gdbos_runtime.rpc import rpc
from gdbos_runtime.unit_of_work import UnitOfWork
from services.datahub import handlers, schemas
from services.datahub.adapters.contracts import ContractRepository, Remembered
from services.datahub.adapters.legacy import Legacy
from services.datahub.adapters.repository import AccessRepository, LicenceRepository, SourceRepository
from services.datahub.domain.source import Source
from services.datahub.handlers import contracting
from services.datahub.handlers.supplying import Hub


class Service:
    """數據體系: sources, once-only look-up, licences and the access log."""

    name = "datahub"
    db = Database("datahub")
    legacy = Legacy()
    contracts = Remembered()
    remembered: TtlCache[Sequence[Source]] = TtlCache(2.0, 1)

    @rpc
    def publish_sources(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.PublishSources.read(request)
        with self.db() as work:
            ports = (SourceRepository(work, self.remembered), self._contracts(work), self.legacy, work)
            return handlers.publish_sources(command["sources"], command["dry_run"], *ports)

    @rpc
    def prefill(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Prefill.read(request)
        with self.db() as work:
            ports = (self._hub(work), AccessRepository(work), work)
            return handlers.prefill(query, current().principal, *ports)

    @rpc
    def match(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Match.read(request)
        with self.db.read() as work:
            return handlers.match(query, current().principal, self._hub(work), work)

    @rpc
    def register_licences(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.RegisterLicences.read(request)
        with self.db() as work:
            ports = (LicenceRepository(work), self._contracts(work))
            return handlers.register_licences(command["licences"], *ports, work)

    @rpc
    def publish_contracts(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.PublishContracts.read(request)
        with self.db() as work:
            ports = (self._contracts(work), SourceRepository(work, self.remembered), work)
            made = (command["contracts"], current().principal, command["dry_run"])
            return contracting.publish_contracts(*made, *ports)

    @rpc
    def contract(self, request: dict[str, Any]) -> dict[str, Any]:
        subject = schemas.ContractKey.read(request)["subject"]
        with self.db.read() as work:
            return contracting.contract(subject, self._contracts(work))

    @rpc
    def convert(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Convert.read(request)
        with self.db.read() as work:
            return contracting.convert(query, self._contracts(work))

    @rpc
    def licences(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        with self.db.read() as work:
            return handlers.held_licences(current().principal, LicenceRepository(work), work)

    @rpc
    def licence(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.LicenceKey.read(request)["licence"]
        with self.db.read() as work:
            return handlers.one_licence(key, current().principal, LicenceRepository(work), work)

    @rpc
    def verify(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.LicenceKey.read(request)["licence"]
        with self.db.read() as work:
            return handlers.verify(key, LicenceRepository(work), work)

    @rpc
    def revoke_licence(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.RevokeLicence.read(request)
        with self.db() as work:
            return handlers.revoke_licence(command, current().principal, LicenceRepository(work), work)

    @rpc
    def check_licences(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.LicenceCheck.read(request)
        with self.db.read() as work:
            licences = LicenceRepository(work)
            return handlers.check_licences(query["licences"], query["subject"], licences, work)

    @rpc
    def accesses(self, request: dict[str, Any]) -> dict[str, Any]:
        limit = schemas.Page.read(request)["limit"]
        with self.db.read() as work:
            return handlers.accesses_about(current().principal, limit, AccessRepository(work))

    @rpc
    def sources(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        with self.db.read() as work:
            return handlers.list_sources(current().principal, SourceRepository(work, self.remembered))

    @rpc
    def test_source(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.SourceKey.read(request)["source"]
        with self.db.read() as work:
            return handlers.test_source(
                key, current().principal, SourceRepository(work, self.remembered), self.legacy
            )

    @event_handler("result.issued")
    def on_result_issued(self, event: Event, work: UnitOfWork) -> None:
        handlers.register_issued(event, LicenceRepository(work), self._contracts(work), work)

    @event_handler("result.revoked")
    def on_result_revoked(self, event: Event, work: UnitOfWork) -> None:
        handlers.revoke(event, LicenceRepository(work), work)

    @event_handler("case.submitted")
    def on_case_submitted(self, event: Event, work: UnitOfWork) -> None:
        handlers.record_consents(event, AccessRepository(work), work)

    def _contracts(self, work: UnitOfWork) -> ContractRepository:
        return ContractRepository(work, self.contracts)

    def _hub(self, work: UnitOfWork) -> Hub:
        sources, licences = SourceRepository(work, self.remembered), LicenceRepository(work)
        return Hub(sources, licences, self.legacy, self._contracts(work))
