"""The clock's hand: once a second, have the due timers fired. Several processes may do so at once."""

from __future__ import annotations

import eventlet

from gdbos_contracts.errors import GdbosError
from gdbos_runtime import context, logs
from gdbos_runtime.rpc_client import client_of
from gdbos_runtime.settings import Settings

EVERY, BATCH = 1.0, 100


class Ticker:
    def __init__(self, settings: Settings) -> None:
        self._client = client_of(settings)
        self._running = False

    def start(self) -> None:
        self._running = True
        eventlet.spawn(self._run)

    def stop(self) -> None:
        self._running = False

    def _run(self) -> None:
        while self._running:
            fired = 0
            context.bind(context.Context())
            try:
                fired = self._client.call("workflow", "fire_due", {"limit": BATCH})["fired"]
            except GdbosError as error:
                logs.get(__name__).warning("ticker", cause=error.code)
            if fired < BATCH:
                eventlet.sleep(EVERY)
