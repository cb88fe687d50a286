"""Nameko entrypoints of the catalogue: load → handler → dump."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.db import Database
from gdbos_runtime.rpc import rpc
from gdbos_runtime.unit_of_work import UnitOfWork
from services.catalog import schemas
from services.catalog.adapters.repository import BundleRepository, ItemRepository, Memory, SearchIndex
from services.catalog.handlers import bundling, finding, publishing


class Service:
    """事項管理: items, their inheritance, guides and bundles."""

    name = "catalog"
    db = Database("catalog")
    memory = Memory()

    @rpc
    def publish_items(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.PublishItems.read(request)
        with self.db() as work:
            return publishing.publish_items(command, *self._all(work), SearchIndex(work), work)

    @rpc
    def import_items(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.ImportItems.read(request)
        with self.db() as work:
            return publishing.import_items(command, *self._all(work), SearchIndex(work), work)

    @rpc
    def search(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Search.read(request)
        with self.db.read() as work:
            return finding.find(query, SearchIndex(work))

    @rpc
    def item(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Place.read(request)
        with self.db.read() as work:
            found = finding.item(query["code"], query["region"], query["on"], self._items(work), work)
            return dict(found["version"])

    @rpc
    def resolve(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Place.read(request)
        with self.db.read() as work:
            return finding.item(query["code"], query["region"], query["on"], self._items(work), work)

    @rpc
    def item_version(self, request: dict[str, Any]) -> dict[str, Any]:
        key = schemas.Version.read(request)
        with self.db.read() as work:
            return finding.item_version(key["code"], key["version"], self._items(work))

    @rpc
    def guide(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Guide.read(request)
        with self.db.read() as work:
            return finding.walk(query, self._items(work), work)

    @rpc
    def situation(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Situation.read(request)
        with self.db.read() as work:
            return finding.situation(query, self._items(work), work)

    @rpc
    def bundles(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Region.read(request)
        with self.db.read() as work:
            return bundling.offered(query["region"], BundleRepository(work))

    @rpc
    def bundle(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Place.read(request)
        with self.db.read() as work:
            return bundling.one(query["code"], BundleRepository(work))

    @rpc
    def bundle_guide(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Guide.read(request)
        with self.db.read() as work:
            return bundling.walk(query, BundleRepository(work), self._items(work), work)

    @rpc
    def bundle_situation(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.Situation.read(request)
        with self.db.read() as work:
            return bundling.situation(query, BundleRepository(work), self._items(work), work)

    def _items(self, work: UnitOfWork) -> ItemRepository:
        return ItemRepository(work, self.memory)

    def _all(self, work: UnitOfWork) -> tuple[ItemRepository, BundleRepository]:
        return self._items(work), BundleRepository(work)
