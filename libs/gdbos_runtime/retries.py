"""Events whose handler failed: kept, tried again after each delay, parked at the end."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import eventlet
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from gdbos_contracts.envelope import Event, parse
from gdbos_contracts.errors import GdbosError, Unavailable
from gdbos_runtime import logs, metrics, parking
from gdbos_runtime.store import Store
from gdbos_runtime.unit_of_work import RUNTIME, UnitOfWork

RETRY = RUNTIME["retry"]
POLL = 0.5


class Retries:
    """The retry table of one service; `again(event)` has the effect or raises."""

    def __init__(
        self, store: Store, delays: Sequence[float], queue: str, again: Callable[[Event], None]
    ) -> None:
        self._store = store
        self._delays = delays
        self._queue = queue
        self._again = again
        self._running = False

    def keep(self, event: Event, error: Exception) -> None:
        """After the first failure; an event that is kept already stays as it is."""
        logs.get(__name__).error("event_failed", exc_info=error, type=event.type, id=event.id)
        metrics.EVENTS_HANDLED.labels(self._store.service, "failed").inc()
        row = {
            "event_id": event.id,
            "body": json.dumps(event.to_data(), ensure_ascii=False).encode(),
            "attempts": 1,
            "due": time.time() + self._delays[0],
            "reason": type(error).__name__,
        }
        insert = (sqlite if self._store.sqlite else postgresql).insert(RETRY)
        with UnitOfWork(self._store) as work:
            work.connection.execute(insert.values(row).on_conflict_do_nothing())
            work.commit()

    def run(self) -> None:
        """Poll until `stop`."""
        self._running = True
        while self._running:
            try:
                self._due()
            except GdbosError:
                pass  # the database is away; the rows wait
            except Exception:  # noqa: BLE001 - the loop must outlive any one event
                logs.get(__name__).exception("retry", service=self._store.service)
            eventlet.sleep(POLL)

    def stop(self) -> None:
        self._running = False

    def _due(self) -> None:
        with UnitOfWork(self._store, writing=False) as work:
            due = work.connection.execute(
                sa.select(RETRY).where(RETRY.c.due <= time.time()).order_by(RETRY.c.due).limit(20)
            ).all()
        for row in due:
            self._one(row)

    def _one(self, row: Any) -> None:
        try:
            self._again(parse(json.loads(row.body)))
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - counted, and parked at the end
            self._postpone(row, type(error).__name__)
            return
        self._forget(row)

    def _postpone(self, row: Any, reason: str) -> None:
        if row.attempts >= len(self._delays):
            parking.park_bytes(self._store, bytes(row.body), self._queue, reason, row.attempts + 1)
            self._forget(row)
            return
        later = {
            "attempts": row.attempts + 1,
            "due": time.time() + self._delays[row.attempts],
            "reason": reason,
        }
        with UnitOfWork(self._store) as work:
            work.connection.execute(sa.update(RETRY).where(RETRY.c.event_id == row.event_id).values(later))
            work.commit()

    def _forget(self, row: Any) -> None:
        with UnitOfWork(self._store) as work:
            work.connection.execute(sa.delete(RETRY).where(RETRY.c.event_id == row.event_id))
            work.commit()
