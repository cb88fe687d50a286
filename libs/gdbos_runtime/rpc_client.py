"""The calling side of RPC: deadline, expiration, breaker, one reply queue per process."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from typing import Any

from eventlet.event import Event as Outcome
from eventlet.timeout import Timeout

from gdbos_contracts.errors import DeadlineExceeded, GdbosError, Unavailable, from_wire
from gdbos_contracts.jsontext import short
from gdbos_runtime import broker, context, listener, metrics, passport
from gdbos_runtime.breaker import Breaker
from gdbos_runtime.ids import unique
from gdbos_runtime.publisher import Publisher
from gdbos_runtime.settings import Settings

LEAST = 0.05
HOP = 0.9
"""Each hop gets what is left of the deadline less a tenth, so that the caller hears of a timeout first."""


class RpcClient:
    """Calls services by name. Start it once in a process; `call` may be used by many greenlets."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._key = settings.signing_key()
        self._identity = secrets.token_hex(16)
        self._publisher = Publisher(settings)
        self._pending: dict[str, Outcome] = {}
        self._breakers: dict[str, Breaker] = {}
        self._listener = listener.Listener(settings, broker.reply_queue(self._identity), self._answered, 1000)
        self._started = False

    def call(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        """The reply; raises the error class the service raised, DeadlineExceeded or Unavailable."""
        self._start()
        breaker = self._breakers.setdefault(service, Breaker())
        breaker.before()
        failed = True
        try:
            result = self._call(service, method, request)
            failed = False
            return result
        except GdbosError as error:
            failed = isinstance(error, Unavailable) or type(error) is GdbosError
            raise
        finally:
            breaker.after(failed)
            metrics.BREAKER_OPEN.labels(service).set(breaker.is_open)

    def stop(self) -> None:
        if self._started:
            self._listener.stop()
            self._publisher.close()
            self._started = False

    def _start(self) -> None:
        if not self._started:
            self._started = True
            self._listener.start()
        if not self._listener.ready.ready():
            with Timeout(self._settings.rpc_deadline, Unavailable()):
                self._listener.ready.wait()

    def _call(self, service: str, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        now = context.current()
        left = (now.deadline - time.time()) * HOP if now.deadline else self._settings.rpc_deadline
        if left < LEAST:
            raise DeadlineExceeded
        correlation = unique(12)
        outcome = self._pending[correlation] = Outcome()
        try:
            with Timeout(left, DeadlineExceeded()):
                self._send(service, method, request, correlation, now, left)
                return _result(outcome.wait())
        finally:
            del self._pending[correlation]

    def _send(
        self, service: str, method: str, request: Mapping[str, Any], correlation: str, now: Any, left: float
    ) -> None:
        body = short({"args": [request], "kwargs": {}})
        self._publisher.publish(
            body.encode(),
            broker.RPC_EXCHANGE,
            f"{service}.{method}",
            reply_to=self._identity,
            correlation_id=correlation,
            expiration=left,
            delivery_mode=1,
            headers=passport.headers(now, time.time() + left, self._key),
        )

    def _answered(self, message: Any) -> None:
        listener.ack(message)
        outcome = self._pending.get(message.properties.get("correlation_id") or "")
        if outcome is not None and not outcome.ready():
            outcome.send(listener.raw(message))


def _result(body: bytes) -> dict[str, Any]:
    try:
        reply = json.loads(body)
        error = reply["error"]
        if error is None:
            result: dict[str, Any] = reply["result"]
            return result
        code, text = error["exc_args"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Unavailable from None
    raise from_wire(code, text)


_CLIENTS: dict[tuple[str, str], RpcClient] = {}


def client_of(settings: Settings) -> RpcClient:
    """The one client of this process for that broker."""
    key = (settings.amqp_uri, str(settings.data))
    if key not in _CLIENTS:
        _CLIENTS[key] = RpcClient(settings)
    return _CLIENTS[key]
