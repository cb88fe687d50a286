"""The floor of the hot path: one HTTP request → one RPC → one durable commit of as many rows as a submission
writes, in the same process layout, with nothing around it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from contextlib import nullcontext
from typing import Any

from support.green import patched

patched()

import sqlalchemy as sa  # noqa: E402
from eventlet.event import Event as Signal  # noqa: E402
from eventlet.semaphore import Semaphore  # noqa: E402
from nameko.extensions import DependencyProvider  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402

from gdbos_runtime import logs  # noqa: E402
from gdbos_runtime.httpd import WsgiServer  # noqa: E402
from gdbos_runtime.migrate import _locked, _prepare  # noqa: E402
from gdbos_runtime.rpc import rpc  # noqa: E402
from gdbos_runtime.rpc_client import client_of  # noqa: E402
from gdbos_runtime.settings import Settings, use  # noqa: E402
from gdbos_runtime.store import store_of  # noqa: E402

ROWS = 10
"""A submission: case, key, serial, task, timeline, document, history, clock, audit, outbox."""

ONE_WRITER = Semaphore()
"""SQLite has one; waiting in its busy handler would stop the process."""

metadata = sa.MetaData()
row = sa.Table(
    "floor",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)


class Door(DependencyProvider):  # type: ignore[misc]
    server = WsgiServer()

    def start(self) -> None:
        client = client_of(Settings.current())

        def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
            request = json.loads(environ["wsgi.input"].read())
            body = json.dumps(client.call("workflow", "write", request)).encode()
            start_response("201 Created", [("Content-Type", "application/json")])
            return [body]

        self.server.serve(application, lambda path: False)


class Floor:
    name = "workflow"
    door = Door()

    @rpc
    def write(self, request: dict[str, Any]) -> dict[str, Any]:
        store = store_of("workflow", Settings.current())
        text = json.dumps(request)
        with ONE_WRITER if store.sqlite else nullcontext(), store.writing.begin() as connection:
            for _ in range(ROWS):
                connection.execute(sa.insert(row), {"id": uuid.uuid4().hex, "body": text})
        return {"ok": True}


def prepare(settings: Settings) -> None:
    if settings.database_url:
        with _locked(settings) as raw:
            _prepare(raw, "workflow")
    metadata.create_all(store_of("workflow", settings).writing)


def main() -> None:
    settings = Settings.from_env()
    use(settings)
    logs.configure("CRITICAL")
    if "--worker" not in sys.argv:
        prepare(settings)
        if settings.workers > 1:
            command = [sys.executable, *sys.argv, "--worker"]
            workers = [subprocess.Popen(command, env=dict(os.environ)) for _ in range(settings.workers)]
            for worker in workers:
                worker.wait()
            return
    runner = ServiceRunner({"AMQP_URI": settings.amqp_uri, "max_workers": settings.max_workers})
    runner.add_service(Floor)
    runner.start()
    Signal().wait()


if __name__ == "__main__":
    main()
