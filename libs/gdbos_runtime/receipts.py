"""Receipts: a receiver has committed an event, so the source may forget it. Deleted in batches.

A receipt that is lost costs nothing but a second delivery, which the receiver's inbox recognises.
"""

from __future__ import annotations

import json
from typing import Any

import eventlet
import sqlalchemy as sa

from gdbos_contracts.errors import GdbosError
from gdbos_runtime import broker, crash, listener, parking
from gdbos_runtime.publisher import Publisher
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from gdbos_runtime.unit_of_work import RUNTIME, UnitOfWork

OUTBOX = RUNTIME["outbox"]
GATHER, AWAY = 0.05, 1.0
LIMIT = 256


class Receipts:
    """The source's side: reads its receipt queue and deletes what was received."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._store = store
        self._queue = broker.receipt_queue(store.service)
        self._waiting: list[tuple[str, list[str], Any]] = []
        self._flushing = False
        self._listener = listener.Listener(settings, self._queue, self._read, LIMIT, store.service)

    def start(self) -> None:
        self._listener.start()

    def stop(self) -> None:
        self._listener.stop()

    def _read(self, message: Any) -> None:
        """A receipt that says something else is parked, not believed."""
        try:
            receipt = json.loads(listener.raw(message))
            destination, ids = str(receipt["by"]), [str(id) for id in receipt["ids"]]
        except (ValueError, TypeError, KeyError, RecursionError):
            parking.park(self._store, message, self._queue.name, "not a receipt")
            listener.ack(message)
            return
        self._waiting.append((destination, ids, message))
        if not self._flushing:
            self._flushing = True
            eventlet.spawn_n(self._flush)

    def _flush(self) -> None:
        eventlet.sleep(GATHER)
        batch, self._waiting, self._flushing = self._waiting, [], False
        try:
            self._delete(batch)
        except GdbosError:
            eventlet.sleep(AWAY)
            for _, _, message in batch:
                listener.requeue(message)
            return
        for _, _, message in batch:
            listener.ack(message, self._store.service)

    def _delete(self, batch: list[tuple[str, list[str], Any]]) -> None:
        by_destination: dict[str, list[str]] = {}
        for destination, ids, _ in batch:
            by_destination.setdefault(destination, []).extend(ids)
        with UnitOfWork(self._store) as work:
            for destination, ids in by_destination.items():
                received = sa.and_(OUTBOX.c.event_id.in_(ids), OUTBOX.c.destination == destination)
                work.connection.execute(sa.delete(OUTBOX).where(received))
            crash.point("receipt.commit.before", self._store.service)
            work.commit()
            crash.point("receipt.commit.after", self._store.service)


class Acknowledgements:
    """The receiver's side: tells each source what was committed, several events in one message."""

    def __init__(self, settings: Settings, service: str) -> None:
        self._service = service
        self._publisher = Publisher(settings)
        self._waiting: dict[str, list[str]] = {}
        self._flushing = False

    def add(self, source: str, event_id: str) -> None:
        self._waiting.setdefault(source, []).append(event_id)
        if not self._flushing:
            self._flushing = True
            eventlet.spawn_n(self._flush)

    def stop(self) -> None:
        self._send()
        self._publisher.close()

    def _flush(self) -> None:
        eventlet.sleep(GATHER)
        self._flushing = False
        self._send()

    def _send(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for source, ids in waiting.items():
            body = json.dumps({"by": self._service, "ids": ids}).encode()
            crash.point("receipt.publish.before", self._service)
            try:
                self._publisher.publish(body, broker.RECEIPT_EXCHANGE, source, delivery_mode=2)
            except GdbosError:
                continue  # the source asks again by sending again
            crash.point("receipt.publish.after", self._service)
