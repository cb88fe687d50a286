"""The inbox: each event has its effect once, in the same commit as the note that it was received.

A failing handler's event moves into the `retry` table of the receiver and is tried again after each of the
delays; then it is parked. The source has its receipt as soon as the receiver keeps the event, so a failing
handler never blocks the source's outbox.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import eventlet
from eventlet.event import Event as Outcome
from nameko.extensions import Entrypoint, SharedExtension, register_entrypoint

from gdbos_contracts.envelope import Event, MalformedEnvelope, parse
from gdbos_contracts.errors import Unavailable
from gdbos_runtime import broker, context, crash, listener, metrics, parking, tracing
from gdbos_runtime.batches import LIMIT, Batches
from gdbos_runtime.prepared import Prepared
from gdbos_runtime.receipts import Acknowledgements
from gdbos_runtime.retries import Retries
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store, store_of
from gdbos_runtime.unit_of_work import RUNTIME, UnitOfWork

INBOX = RUNTIME["inbox"]
AWAY = 1.0
Effects = Sequence[tuple[Event, Callable[..., None]]]
"""Events, each with the method that has its effect."""
_NOTE = Prepared.of_dialect(
    lambda dialect: dialect.insert(INBOX).on_conflict_do_nothing(), ("event_id", "type", "received")
)


def event_handler(type: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Method `(self, event, work)` receives events of `type`; the runtime commits `work` with the inbox row."""

    def decorate(method: Callable[..., None]) -> Callable[..., None]:
        @wraps(method)
        def once(self: Any, effects: Effects, store: Store) -> None:
            _have(self, effects, store)

        register_entrypoint(once, EventHandler(type, method))
        return once

    return decorate


def _have(service: Any, effects: Effects, store: Store) -> None:
    """The effect of every event that was not received before, in one commit."""
    with UnitOfWork(store) as work:
        fresh = False
        for event, effect in effects:
            context.bind(context.Context(traceparent=tracing.child(event.traceparent), case_no=event.subject))
            if _first_time(work, event):
                effect(service, event, work)
                fresh = True
        if fresh:
            crash.point("inbox.commit.before", store.service)
            work.commit()
            crash.point("inbox.commit.after", store.service)


def _first_time(work: UnitOfWork, event: Event) -> bool:
    row = {"event_id": event.id, "type": event.type, "received": time.time()}
    return _NOTE.run(work.connection, row) == 1


class Inbox(SharedExtension):  # type: ignore[misc]
    """Reads the service's queue and its retry table."""

    def __init__(self) -> None:
        self.handlers: dict[str, EventHandler] = {}

    def setup(self) -> None:
        self._settings = Settings.current()
        self._service = str(self.container.service_name)
        self._queue = broker.inbox_queue(self._service)
        self._store = store_of(self._service, self._settings)
        self._receipts = Acknowledgements(self._settings, self._service)
        self._batches = Batches(self._together)
        self._listener = listener.Listener(self._settings, self._queue, self._handle, LIMIT, self._service)
        self._retries = Retries(self._store, self._settings.retry_delays, self._queue.name, self.run)
        self._running = False

    def start(self) -> None:
        if not self._running:
            self._running = True
            self._listener.start()
            eventlet.spawn(self._retries.run)

    def stop(self) -> None:
        if self._running:
            self._running = False
            self._retries.stop()
            self._listener.stop()
            self._receipts.stop()

    def _handle(self, message: Any) -> None:
        body = listener.raw(message)
        try:
            events = _events(json.loads(body))
            for event in events:
                self.handlers[event.type]
        except (ValueError, RecursionError) as error:
            self._park(message, _why(error))
        except KeyError as error:
            self._park(message, f"no handler for {error.args[0]}")
        else:
            self._receive(events)
        listener.ack(message, self._service)

    def _park(self, message: Any, reason: str) -> None:
        parking.park(self._store, message, self._queue.name, reason)

    def _receive(self, events: Sequence[Event]) -> None:
        """A receipt for what is done and for what is kept. When our database is away there is none: the source
        will send the event again."""
        away = False
        for event, error in zip(events, self._batches.run(events), strict=True):
            try:
                self._settle(event, error)
            except Unavailable:
                away = True
        if away:
            eventlet.sleep(AWAY)

    def _settle(self, event: Event, error: Exception | None) -> None:
        if isinstance(error, Unavailable):
            raise error
        if error is not None:
            self._retries.keep(event, error)
        else:
            metrics.EVENTS_HANDLED.labels(self._service, "done").inc()
        self._receipts.add(event.source, event.id)

    def run(self, event: Event) -> None:
        """Have the effect of one event, once; raises what the handler raised."""
        (error,) = self._batches.run([event])
        if error is not None:
            raise error
        metrics.EVENTS_HANDLED.labels(self._service, "done").inc()

    def _together(self, events: Sequence[Event]) -> None:
        effects = [(event, self.handlers[event.type].effect) for event in events]
        self.handlers[events[0].type].run(effects, self._store)


class EventHandler(Entrypoint):  # type: ignore[misc]
    """Nameko entrypoint of one event type."""

    inbox = Inbox()

    def __init__(self, type: str, effect: Callable[..., None], **kwargs: Any) -> None:
        self.type = type
        self.effect = effect
        super().__init__(**kwargs)

    def setup(self) -> None:
        self.inbox.handlers[self.type] = self

    def stop(self) -> None:
        self.inbox.stop()

    def run(self, effects: Effects, store: Store) -> None:
        """Run the effects in a worker of the container and wait; raises what one of them raised."""
        outcome = Outcome()

        def finish(_worker: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
            outcome.send(exc_info[1] if exc_info else None)
            return result, exc_info

        self.container.spawn_worker(self, (effects, store), {}, context_data={}, handle_result=finish)
        error = outcome.wait()
        if error is not None:
            raise error


def _events(body: Any) -> list[Event]:
    """One event, or a list of several that were published together; MalformedEnvelope when any is none."""
    if not isinstance(body, list):
        return [parse(body)]
    if not body:
        raise MalformedEnvelope("a list of no events")
    return [parse(each) for each in body]


def _why(error: Exception) -> str:
    if isinstance(error, MalformedEnvelope):
        return str(error)
    return f"not JSON: {type(error).__name__}"
