"""The gateway: a Nameko service that hosts the HTTP application."""

from __future__ import annotations

import re
from typing import Any

from nameko.extensions import DependencyProvider

from gateway import auth, schemas
from gateway.adapters.files import FileStore
from gateway.adapters.repository import AccountRepository
from gateway.http import create_app
from gateway.shelf import Shelf
from gdbos_contracts.errors import Forbidden
from gdbos_runtime import context
from gdbos_runtime.db import Database, Session
from gdbos_runtime.httpd import WsgiServer
from gdbos_runtime.rpc import rpc
from gdbos_runtime.rpc_client import client_of
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import store_of

_UPLOADS = re.compile(
    r"/api/v1/(?:files|standards/codelists/import|(?:processes|decisions)/.*)"
    r"|/(?:items|bundles|cases)/[^/]+/.*"
    r"|/agency/(?:processes|decisions)/[^/]+/(?:deploy|edit)"
)
"""Paths whose bodies may hold files; every other body is small."""


class Accounts(DependencyProvider):  # type: ignore[misc]
    """The HTTP application with its collaborators, and the accounts as a dependency."""

    server = WsgiServer()

    def setup(self) -> None:
        settings = Settings.current()
        store = store_of("gateway", settings)
        self._accounts = AccountRepository(Session(store))
        files = FileStore(Session(store), settings.data / "files")
        self._application = Shelf(create_app(settings, client_of(settings), self._accounts, files))

    def start(self) -> None:
        if Settings.current().port >= 0:
            self.server.serve(self._application, lambda path: bool(_UPLOADS.fullmatch(path)))

    def get_dependency(self, worker_ctx: Any) -> AccountRepository:
        return self._accounts


class Service:
    """The one door 一網通辦: HTTP outside, RPC inside."""

    name = "gateway"
    db = Database("gateway")
    accounts = Accounts()

    @rpc
    def publish_accounts(self, request: dict[str, Any]) -> dict[str, Any]:
        """Create demonstration accounts that are absent; never outside a development data folder."""
        command = schemas.sessions.PublishAccounts.read(request)
        if context.current().principal.kind != "system" or Settings.current().environment != "development":
            raise Forbidden
        accounts = [
            {
                "username": account["username"],
                "password_hash": auth.hash_password(account["password"]),
                "principal": auth.linked(account["principal"], Settings.current().signing_key()),
            }
            for account in self.accounts.absent(command["accounts"])
        ]
        return {"created": self.accounts.publish(accounts)}
