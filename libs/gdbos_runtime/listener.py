"""Reads one queue for ever: reconnects, keeps heartbeats, never dies of a message."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any

import eventlet
from eventlet.event import Event
from eventlet.semaphore import Semaphore
from kombu import Consumer, Queue

from gdbos_runtime import broker, crash, logs
from gdbos_runtime.settings import Settings

Handle = Callable[[Any], None]
TICK = 1.0
PATIENCE = 15.0
"""Seconds in which a broker that was reached has to say that a queue is there."""
MUTE = 2
"""So many times in a row without an answer, and the queue is made again: a broker killed while it made a quorum queue
may come back with one that nobody leads, for good. What was in it is sent again, as after a wiped broker."""


class Listener:
    """Calls `handle(message)` in a greenlet of its own for each message, at most `limit` at once.

    The message is undecoded; the handler settles it with `ack` or `requeue`. Whatever happens to a
    message that was never settled, the broker delivers it again.
    """

    def __init__(
        self, settings: Settings, queue: Queue, handle: Handle, limit: int, service: str = ""
    ) -> None:
        self._settings = settings
        self._queue = queue
        self._handle = handle
        self._limit = limit
        self._service = service
        self._running = False
        self._unanswered = 0
        self._fresh()

    def _fresh(self) -> None:
        self._slots = Semaphore(self._limit)
        self._stopped = Event()
        self.ready = Event()

    def start(self) -> None:
        """Begin to read; a listener that was stopped may be started again."""
        if self._stopped.ready():
            self._fresh()
        self._running = True
        eventlet.spawn(self._run)

    def stop(self) -> None:
        """Take no more; return when what was taken is done (at most 20 s)."""
        if not self._running:
            return
        self._running = False
        with eventlet.Timeout(20, False):
            self._stopped.wait()
            for _ in range(self._limit):
                self._slots.acquire()

    def _run(self) -> None:
        delay = 0.2
        while self._running:
            try:
                with broker.connect(self._settings) as connection:
                    delay = 0.2
                    self._consume(connection)
            except broker.BROKER_ERRORS as error:
                self._unanswered = 0
                if self._running:
                    logs.get(__name__).warning(
                        "broker_lost", queue=self._queue.name, error=type(error).__name__
                    )
                    eventlet.sleep(delay)
                    delay = min(delay * 2, 2.0)
        self._stopped.send()

    def _consume(self, connection: Any) -> None:
        with ExitStack() as consuming:
            if not self._begun(connection, consuming):
                return
            if not self.ready.ready():
                self.ready.send()
            while self._running:
                with suppress(TimeoutError):  # a quiet second
                    connection.drain_events(timeout=TICK)
                if connection.supports_heartbeats:
                    connection.heartbeat_check()

    def _begun(self, connection: Any, consuming: ExitStack) -> bool:
        """Whether the broker answered for the queue; a connection without an answer is dropped, not closed."""
        with eventlet.Timeout(PATIENCE, False):
            if self._unanswered >= MUTE:
                logs.get(__name__).warning("queue_mute", queue=self._queue.name)
                self._unanswered = 0
                connection.default_channel.queue_delete(self._queue.name)
            queue = self._queue(connection.default_channel)
            queue.declare()
            consumer = Consumer(
                connection.default_channel, [queue], on_message=self._taken, auto_declare=False
            )
            consumer.qos(prefetch_count=self._limit)
            consuming.enter_context(consumer)
            self._unanswered = 0
            return True
        self._unanswered += 1
        connection.collect()
        return False

    def _taken(self, message: Any) -> None:
        self._slots.acquire()
        eventlet.spawn_n(self._serve, message)

    def _serve(self, message: Any) -> None:
        try:
            self._handle(message)
        except Exception:  # noqa: BLE001 - one message must never end the reading of the others
            logs.get(__name__).exception("listener", queue=self._queue.name)
            eventlet.sleep(TICK)
            requeue(message)
        finally:
            self._slots.release()


def ack(message: Any, service: str = "") -> None:
    """Settled. A lost connection delivers it again; what follows must bear that."""
    crash.point("ack.before", service)
    try:
        message.ack()
    except broker.BROKER_ERRORS:
        return
    crash.point("ack.after", service)


def requeue(message: Any) -> None:
    try:
        message.requeue()
    except broker.BROKER_ERRORS:
        return


def raw(message: Any) -> bytes:
    body = message.body
    return body.encode() if isinstance(body, str) else bytes(body or b"")
