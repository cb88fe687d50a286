"""Two small services on the real runtime: `workflow` tells, `datahub` listens. They use the names of real
services because events have declared subscribers."""

from __future__ import annotations

from typing import Any

import eventlet
import sqlalchemy as sa

from gdbos_contracts.envelope import Event
from gdbos_contracts.errors import BadInput, Fault
from gdbos_runtime import context
from gdbos_runtime.db import Database
from gdbos_runtime.inbox import event_handler
from gdbos_runtime.migrate import _locked, _prepare
from gdbos_runtime.rpc import Remote, rpc
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import store_of
from gdbos_runtime.tables import runtime_tables
from gdbos_runtime.unit_of_work import UnitOfWork

metadata = sa.MetaData()
runtime = runtime_tables(metadata)
fact = sa.Table("fact", metadata, sa.Column("id", sa.String(128), primary_key=True))

FAILURES: dict[str, int] = {}
"""Subject → how many more times its handler fails."""


class Teller:
    name = "workflow"
    db = Database("workflow")
    hub = Remote("datahub")

    @rpc
    def tell(self, request: dict[str, Any]) -> dict[str, Any]:
        with self.db() as work:
            work.connection.execute(sa.insert(fact), {"id": request["id"]})
            work.audit("tell", request["id"])
            work.emit("case.submitted", request["id"], {"id": request["id"]})
            work.commit()
        return {"id": request["id"]}

    @rpc
    def change_mind(self, request: dict[str, Any]) -> dict[str, Any]:
        with self.db() as work:
            work.connection.execute(sa.insert(fact), {"id": request["id"]})
            work.emit("case.submitted", request["id"], {})
        return {}

    @rpc
    def relay(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.hub.call("echo", request)

    @rpc
    def refuse(self, request: dict[str, Any]) -> dict[str, Any]:
        raise BadInput(faults=[Fault("/id", "bad", {"en": "no", "zh-Hans": "不"})])

    @rpc
    def break_down(self, request: dict[str, Any]) -> dict[str, Any]:
        raise ValueError("of 110101199003077352")

    @rpc
    def dawdle(self, request: dict[str, Any]) -> dict[str, Any]:
        eventlet.sleep(request["seconds"])
        return {}

    @event_handler("licence.registered")
    def on_licence(self, event: Event, work: UnitOfWork) -> None: ...

    @event_handler("item.published")
    def on_item(self, event: Event, work: UnitOfWork) -> None: ...


class Listener:
    name = "datahub"
    db = Database("datahub")

    @rpc
    def echo(self, request: dict[str, Any]) -> dict[str, Any]:
        now = context.current()
        return {**request, "who": now.principal.id, "language": now.language, "trace": now.traceparent[3:35]}

    @event_handler("case.submitted")
    def on_submitted(self, event: Event, work: UnitOfWork) -> None:
        work.connection.execute(sa.insert(fact), {"id": event.subject})
        if FAILURES.get(event.subject, 0) > 0:
            FAILURES[event.subject] -= 1
            raise ValueError("not yet")

    @event_handler("result.issued")
    def on_result(self, event: Event, work: UnitOfWork) -> None: ...


def create_tables(settings: Settings) -> None:
    if settings.database_url:
        with _locked(settings) as raw:
            for service in ("workflow", "datahub"):
                _prepare(raw, service)
    for service in ("workflow", "datahub"):
        metadata.create_all(store_of(service, settings).writing)


def count(settings: Settings, service: str, table: sa.Table, *where: Any) -> int:
    with UnitOfWork(store_of(service, settings), writing=False) as work:
        return int(work.connection.scalar(sa.select(sa.func.count()).select_from(table).where(*where)) or 0)
