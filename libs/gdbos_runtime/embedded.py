"""The embedded broker: kombu's in-memory transport that wakes its readers instead of being polled.

It keeps nothing across a crash; durability is the outbox's job. Measured against polling: the wait of a
reader ends with the put, not with the next second.
"""

from __future__ import annotations

from itertools import count
from queue import Empty, Queue
from time import monotonic
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, memory, virtual

from gdbos_runtime.wake import Bell

SCHEME = "embedded"


class Channel(memory.Channel):  # type: ignore[misc]
    """Rings the bells of the transports that read the queue."""

    queues: dict[str, Queue[Any]] = {}
    readers: dict[str, set[Bell]] = {}
    body_encoding = None
    tags = count(1)

    def prepare_message(self, body: Any, *args: Any, **kwargs: Any) -> Any:
        message = super().prepare_message(body, *args, **kwargs)
        # Nameko's wire reads the content type from the properties, as AMQP has it.
        message["properties"]["content_type"] = message["content-type"]
        return message

    def _next_delivery_tag(self) -> int:
        return next(self.tags)  # one process: nobody else counts

    def encode_body(self, body: Any, encoding: str | None = None) -> tuple[Any, str | None]:
        return body, encoding

    def decode_body(self, body: Any, encoding: str | None = None) -> Any:
        return body

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:
        super()._put(queue, message, **kwargs)
        self._ring(queue)

    def _put_fanout(self, exchange: str, message: Any, routing_key: str | None = None, **kwargs: Any) -> None:
        super()._put_fanout(exchange, message, routing_key, **kwargs)
        for queue in self._lookup(exchange, routing_key):
            self._ring(queue)

    def basic_ack(self, delivery_tag: Any, multiple: bool = False) -> None:
        super().basic_ack(delivery_tag, multiple)
        self.connection.bell.ring()  # a reader that waited for room under its prefetch limit

    def basic_consume(self, queue: str, *args: Any, **kwargs: Any) -> None:
        super().basic_consume(queue, *args, **kwargs)
        self.readers.setdefault(queue, set()).add(self.connection.bell)
        self.connection.bell.ring()

    def basic_cancel(self, consumer_tag: str) -> None:
        queue = self._tag_to_queue.get(consumer_tag)
        super().basic_cancel(consumer_tag)
        if queue is not None and self.connection is not None:
            self.readers.get(queue, set()).discard(self.connection.bell)

    def _delete(self, queue: str, *args: Any, **kwargs: Any) -> None:
        super()._delete(queue, *args, **kwargs)
        self.readers.pop(queue, None)

    def close(self) -> None:
        """Unlike the parent, leave the queues: other connections of the process go on with them."""
        virtual.Channel.close(self)

    def _ring(self, queue: str) -> None:
        for bell in self.readers.get(queue, ()):
            bell.ring()


class Transport(memory.Transport):  # type: ignore[misc]
    Channel = Channel
    driver_type = driver_name = SCHEME

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        self.bell = Bell()

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:
        """Deliver one message, or raise TimeoutError after `timeout` seconds."""
        until = None if timeout is None else monotonic() + timeout
        while True:
            try:
                self.cycle.get(self._deliver, timeout=timeout)
                return
            except Empty:
                left = 60.0 if until is None else until - monotonic()
                if left <= 0:
                    raise TimeoutError from None
                self.bell.wait(left)


TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"


def forget() -> None:
    """Lose everything, as a crash would (tests)."""
    Channel.queues.clear()
    Channel.readers.clear()
    Transport.global_state.clear()
