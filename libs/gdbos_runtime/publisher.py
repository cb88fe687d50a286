"""One connection for publishing, opened when first needed and again when it broke."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from eventlet.semaphore import Semaphore
from kombu import Exchange, Producer

from gdbos_contracts.errors import Unavailable
from gdbos_runtime import broker
from gdbos_runtime.settings import Settings


class Publisher:
    """Publishes bytes. With `confirm` a return means that the broker has the message on its disk."""

    def __init__(self, settings: Settings, confirm: bool = False) -> None:
        self._settings = settings
        self._confirm = confirm and not settings.embedded
        self._lock = Semaphore()
        self._connection: Any = None
        self._producer: Any = None

    def publish(
        self, body: bytes, exchange: Exchange, routing_key: str, mandatory: bool = False, **properties: Any
    ) -> None:
        """Unavailable when the broker cannot be reached or did not confirm: the outcome is then unknown."""
        with self._lock:
            fresh = self._producer is None
            try:
                self._send(body, exchange, routing_key, mandatory, properties)
            except broker.BROKER_ERRORS as error:
                self.close()
                if fresh or self._confirm:
                    raise Unavailable from error
                self._again(body, exchange, routing_key, mandatory, properties)

    def close(self) -> None:
        connection, self._connection, self._producer = self._connection, None, None
        if connection is not None:
            with suppress(*broker.BROKER_ERRORS):  # it was broken already
                connection.collapse()

    def _again(self, *message: Any) -> None:
        """An idle connection may have died unseen: one new one is worth a try."""
        try:
            self._send(*message)
        except broker.BROKER_ERRORS as error:
            self.close()
            raise Unavailable from error

    def _send(
        self,
        body: bytes,
        exchange: Exchange,
        routing_key: str,
        mandatory: bool,
        properties: Mapping[str, Any],
    ) -> None:
        if self._producer is None:
            self._connection = broker.connect(self._settings, self._confirm)
            channel = self._connection.default_channel
            for declared in (broker.RPC_EXCHANGE, broker.EVENT_EXCHANGE, broker.RECEIPT_EXCHANGE):
                declared(channel).declare()
            self._producer = Producer(channel, auto_declare=False)
        self._producer.publish(
            body,
            exchange=exchange,
            routing_key=routing_key,
            mandatory=mandatory,
            content_type="application/json",
            content_encoding="utf-8",
            **properties,
        )
