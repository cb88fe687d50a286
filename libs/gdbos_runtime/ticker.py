"""The clock's hand: once a second, have the due timers fired, and now and then what else time alone does.

Several processes may do so at once."""

from __future__ import annotations

from typing import Any

import eventlet

from gdbos_contracts.errors import GdbosError
from gdbos_runtime import context, logs
from gdbos_runtime.rpc_client import client_of
from gdbos_runtime.settings import Settings

EVERY, BATCH = 1.0, 100
SWEEP = 5
"""Rounds from one sweep of lights, notices and orders to the next."""
MINUTE = 60
"""Rounds from one look at what is to come into force to the next."""


class Ticker:
    def __init__(self, settings: Settings) -> None:
        self._client = client_of(settings)
        self._running = False

    def start(self) -> None:
        self._running = True
        eventlet.spawn(self._run)
        eventlet.spawn(self._try)

    def stop(self) -> None:
        self._running = False

    def _run(self) -> None:
        rounds = 0
        while self._running:
            fired = self._call("fire_due").get("fired", 0)
            self._call("print_due")
            if rounds % SWEEP == 0:
                self._call("sweep")
            if rounds % MINUTE == 0:
                self._call("publish_due", "standards")
            rounds += 1
            if fired < BATCH:
                eventlet.sleep(EVERY)

    def _try(self) -> None:
        """Simulations that people asked for: one replication after the other, beside the timers."""
        while self._running:
            if not self._call("advance_trials").get("ran", 0):
                eventlet.sleep(EVERY)

    def _call(self, method: str, service: str = "workflow") -> dict[str, Any]:
        """{} when it could not be done now: the next round asks again."""
        context.bind(context.Context())
        try:
            return self._client.call(service, method, {"limit": BATCH})
        except GdbosError as error:
            logs.get(__name__).warning("ticker", cause=error.code, method=method)
            return {}
