"""The database as a Nameko dependency: `with self.db() as work` writes, `with self.db.read() as work` reads."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider

from gdbos_runtime.relay import Relay
from gdbos_runtime.seal import Sealer
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store, store_of
from gdbos_runtime.unit_of_work import UnitOfWork


class Session:
    """What a service method gets. Nothing is opened before a unit of work uses its connection."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self) -> UnitOfWork:
        return UnitOfWork(self._store)

    def read(self) -> UnitOfWork:
        return UnitOfWork(self._store, writing=False)


class Database(DependencyProvider):  # type: ignore[misc]
    """The service's own schema, the relay of its outbox and the seal of its audit log."""

    relay = Relay()

    def __init__(self, service: str) -> None:
        self.service = service

    def setup(self) -> None:
        store = store_of(self.service, Settings.current())
        self.session = Session(store)
        self._sealer = Sealer(store)

    def start(self) -> None:
        self._sealer.start()

    def stop(self) -> None:
        self._sealer.stop()

    def get_dependency(self, worker_ctx: Any) -> Session:
        return self.session
