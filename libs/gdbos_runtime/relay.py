"""The outbox relay: publishes what was committed until its receiver has reported its own commit.

A row is claimed by moving its `due` ahead, published with confirmation, and deleted by the receipt. What
nobody receipts becomes due again: this survives lost messages, a killed process and a wiped broker.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

import eventlet
import sqlalchemy as sa
from eventlet.event import Event as Signal
from nameko.extensions import SharedExtension

from gdbos_contracts.errors import GdbosError
from gdbos_runtime import broker, crash, logs, metrics, wake
from gdbos_runtime.prepared import Prepared
from gdbos_runtime.publisher import Publisher
from gdbos_runtime.receipts import Receipts
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store, store_of
from gdbos_runtime.unit_of_work import RUNTIME, UnitOfWork

OUTBOX = RUNTIME["outbox"]
BATCH, POLL, GATHER = 200, 1.0, 0.02
"""`GATHER`: commits of the next 20 ms are claimed with this one, in one commit of the relay's own."""
TOGETHER, LARGE = 50, 256 * 1024
"""Events in one message, and its characters: a message costs more than what it carries."""
_DUE = (
    sa.select(OUTBOX.c.id)
    .where(OUTBOX.c.due <= sa.bindparam("now", type_=sa.Float))
    .order_by(OUTBOX.c.due)
    .limit(BATCH)
)
_FIRST = Prepared(_DUE.limit(1))
_CLAIM = {
    is_sqlite: sa.update(OUTBOX)
    .where(OUTBOX.c.id.in_(_DUE if is_sqlite else _DUE.with_for_update(skip_locked=True)))
    .values(due=sa.bindparam("again"), published=OUTBOX.c.published + 1)
    .returning(OUTBOX.c.id, OUTBOX.c.event_id, OUTBOX.c.destination, OUTBOX.c.body)
    for is_sqlite in (True, False)
}


def together(
    rows: Iterable[Any], most: int = TOGETHER, large: int = LARGE
) -> Iterator[tuple[str, list[str], bytes]]:
    """(destination, event ids, body) of the messages that carry `rows`, each destination's in their order: one
    event by itself, several as a list of at most `most` and about `large` characters."""
    held: dict[str, list[Any]] = {}
    for row in rows:
        group = held.setdefault(row.destination, [])
        if len(group) == most or sum(len(each.body) for each in group) + len(row.body) > large:
            if group:
                yield _message(group)
            held[row.destination] = group = []
        group.append(row)
    for group in held.values():
        yield _message(group)


def _message(group: list[Any]) -> tuple[str, list[str], bytes]:
    bodies = ",".join(row.body for row in group)
    text = bodies if len(group) == 1 else f"[{bodies}]"
    return group[0].destination, [row.event_id for row in group], text.encode()


class Relay(SharedExtension):  # type: ignore[misc]
    """One per service and process; several processes share the work by SKIP LOCKED."""

    def setup(self) -> None:
        self._settings = Settings.current()
        self._service = str(self.container.service_name)
        self._store: Store = store_of(self._service, self._settings)
        self._publisher = Publisher(self._settings, confirm=True)
        self._receipts = Receipts(self._settings, self._store)
        self._running = False
        self._stopped = Signal()

    def start(self) -> None:
        self._running = True
        self._receipts.start()
        eventlet.spawn(self._run)

    def stop(self) -> None:
        if self._running:
            self._running = False
            wake.bell(f"relay.{self._service}").ring()
            self._stopped.wait()
            self._receipts.stop()
            self._publisher.close()

    def _run(self) -> None:
        bell = wake.bell(f"relay.{self._service}")
        while self._running:
            try:
                if self._publish_due() == BATCH:
                    continue
            except GdbosError as error:
                logs.get(__name__).warning("relay_waits", service=self._service, cause=error.code)
                eventlet.sleep(POLL)
            except Exception:  # noqa: BLE001 - the relay must outlive any one row
                logs.get(__name__).exception("relay", service=self._service)
                eventlet.sleep(POLL)
            if bell.wait(POLL):
                eventlet.sleep(GATHER)
        self._stopped.send()

    def _publish_due(self) -> int:
        rows = self._claim()
        for destination, ids, body in together(rows):
            crash.point("publish.before", self._service)
            self._publisher.publish(
                body, broker.EVENT_EXCHANGE, destination, mandatory=True, delivery_mode=2, message_id=ids[0]
            )
            crash.point("publish.after", self._service)
        metrics.EVENTS_PUBLISHED.labels(self._service).inc(len(rows))
        return len(rows)

    def _claim(self) -> list[Any]:
        now = time.time()
        if self._nothing_due(now):
            return []
        with UnitOfWork(self._store) as work:
            again = now + self._settings.receipt_after
            rows = work.connection.execute(_CLAIM[self._store.sqlite], {"now": now, "again": again}).all()
            work.commit()
        crash.point("claim.after", self._service)
        return sorted(rows, key=lambda row: int(row.id))

    def _nothing_due(self, now: float) -> bool:
        """Looked up without the writer's place: the idle poll must not wait for it or take it."""
        with UnitOfWork(self._store, writing=False) as work:
            return _FIRST.one(work.connection, {"now": now}) is None
