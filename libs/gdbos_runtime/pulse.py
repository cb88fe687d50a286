"""Liveness: a synthetic message went through the broker and the event loop lately."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from typing import Any

import eventlet

from gdbos_contracts.errors import Unavailable
from gdbos_runtime import broker, listener, metrics
from gdbos_runtime.publisher import Publisher
from gdbos_runtime.settings import Settings

EVERY, LATELY = 5.0, 30.0
_last_beat = 0.0


def alive() -> bool:
    """A synthetic message was handled in the last 30 seconds."""
    return time.monotonic() - _last_beat < LATELY


class Pulse:
    """Sends itself a message every five seconds."""

    def __init__(self, settings: Settings) -> None:
        self._identity = f"pulse-{secrets.token_hex(8)}"
        self._publisher = Publisher(settings)
        self._listener = listener.Listener(settings, broker.reply_queue(self._identity), self._beat, 4)
        self._running = False

    def start(self) -> None:
        self._running = True
        self._listener.start()
        eventlet.spawn(self._run)

    def stop(self) -> None:
        self._running = False
        self._listener.stop()
        self._publisher.close()

    def _run(self) -> None:
        self._listener.ready.wait()
        while self._running:
            with suppress(Unavailable):  # no beat: that is the finding
                self._publisher.publish(b"{}", broker.RPC_EXCHANGE, self._identity, delivery_mode=1)
            before = time.monotonic()
            eventlet.sleep(EVERY)
            metrics.HUB_LAG.set(max(0.0, time.monotonic() - before - EVERY))

    @staticmethod
    def _beat(message: Any) -> None:
        global _last_beat
        listener.ack(message)
        _last_beat = time.monotonic()
