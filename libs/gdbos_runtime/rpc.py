"""RPC over AMQP: one JSON object in, one out, on Nameko's wire; nothing a message contains ends the process.

A call is acknowledged when it starts, so a crash never runs it a second time: its caller sees "outcome
unknown" and repeats with the same idempotency key.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from eventlet.event import Event as Outcome
from nameko.extensions import DependencyProvider, Entrypoint, SharedExtension, register_entrypoint

from gdbos_contracts.errors import GdbosError, to_wire
from gdbos_contracts.jsontext import short
from gdbos_runtime import broker, context, crash, listener, logs, metrics, parking, passport
from gdbos_runtime.publisher import Publisher
from gdbos_runtime.rpc_client import RpcClient, client_of
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import store_of

Method = Callable[..., dict[str, Any]]


class MalformedCall(ValueError):
    """The message is not a call; it is parked with this reason."""


def rpc(method: Method) -> Method:
    """Make `(self, request) -> reply` callable by other services and the gateway."""

    @wraps(method)
    def served(self: Any, request: dict[str, Any], caller: context.Context | None = None) -> dict[str, Any]:
        if caller is not None:
            context.bind(caller)
        return method(self, request)

    register_entrypoint(served, Rpc())
    return served


class Calls(SharedExtension):  # type: ignore[misc]
    """Reads the service's call queue."""

    def __init__(self) -> None:
        self.methods: dict[str, Rpc] = {}

    def setup(self) -> None:
        self._settings = Settings.current()
        self._service = str(self.container.service_name)
        self._key = self._settings.signing_key()
        self._publisher = Publisher(self._settings)
        self._queue = broker.rpc_queue(self._service)
        self._listener = listener.Listener(
            self._settings, self._queue, self._handle, self._settings.max_workers, self._service
        )
        self._running = False

    def start(self) -> None:
        if not self._running:
            self._running = True
            self._listener.start()

    def stop(self) -> None:
        if self._running:
            self._running = False
            self._listener.stop()
            self._publisher.close()

    def wait_ready(self) -> None:
        self._listener.ready.wait()

    def _handle(self, message: Any) -> None:
        try:
            request = _request(listener.raw(message))
            caller = passport.read(message.headers or {}, self._key)
            method = self._method(message)
            reply_to, correlation = _address(message)
        except (MalformedCall, passport.BadHeader, GdbosError) as error:
            reason = f"{type(error).__name__}: {error.args[0] if error.args else ''}"
            parking.park(store_of(self._service, self._settings), message, self._queue.name, reason)
            listener.ack(message, self._service)
            return
        listener.ack(message, self._service)
        if caller.deadline is not None and caller.deadline < time.time():
            metrics.RPC_EXPIRED.labels(self._service).inc()
            return
        self._reply(self._outcome(method, request, caller), reply_to, correlation)

    def _method(self, message: Any) -> Rpc:
        name = str(message.delivery_info.get("routing_key", "")).rpartition(".")[2]
        try:
            return self.methods[name]
        except KeyError:
            raise MalformedCall(f"no method {name[:64]!r}") from None

    def _outcome(self, method: Rpc, request: dict[str, Any], caller: context.Context) -> dict[str, Any]:
        started = time.perf_counter()
        try:
            body: dict[str, Any] = {"result": method.run(request, caller), "error": None}
            outcome = "ok"
        except GdbosError as error:
            body, outcome = {"result": None, "error": _error(error)}, error.code
        except Exception:  # noqa: BLE001 - reported to the caller without its text
            logs.get(__name__).exception("rpc", service=self._service, method=method.method_name)
            body, outcome = {"result": None, "error": _error(GdbosError())}, "internal"
        spent = time.perf_counter() - started
        metrics.RPC_SECONDS.labels(self._service, method.method_name, outcome).observe(spent)
        return body

    def _reply(self, body: Mapping[str, Any], reply_to: str, correlation: str) -> None:
        text = short(body).encode()
        crash.point("reply.before", self._service)
        try:
            self._publisher.publish(
                text, broker.RPC_EXCHANGE, reply_to, correlation_id=correlation, delivery_mode=1
            )
        except GdbosError:
            return  # the caller's deadline ends its waiting
        crash.point("reply.after", self._service)


class Rpc(Entrypoint):  # type: ignore[misc]
    """Nameko entrypoint of one method."""

    calls = Calls()

    def setup(self) -> None:
        self.calls.methods[self.method_name] = self

    def start(self) -> None:
        self.calls.wait_ready()

    def stop(self) -> None:
        self.calls.stop()

    def run(self, request: dict[str, Any], caller: context.Context) -> Any:
        """Run the method in a worker of the container; raises what it raised."""
        outcome = Outcome()

        def finish(_worker: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
            outcome.send((result, exc_info[1] if exc_info else None))
            return result, exc_info

        self.container.spawn_worker(self, (request, caller), {}, context_data={}, handle_result=finish)
        result, error = outcome.wait()
        if error is not None:
            raise error
        return result


class Remote(DependencyProvider):  # type: ignore[misc]
    """Another service, as an attribute: `self.catalog.call("resolve", {...})`."""

    def __init__(self, service: str) -> None:
        self.service = service

    def setup(self) -> None:
        self._caller = Caller(self.service, client_of(Settings.current()))

    def get_dependency(self, worker_ctx: Any) -> Caller:
        return self._caller


class Caller:
    """Calls one service in the name of the principal at hand, within what is left of the deadline."""

    def __init__(self, service: str, client: RpcClient) -> None:
        self._service = service
        self._client = client

    def call(self, method: str, request: Mapping[str, Any]) -> dict[str, Any]:
        return self._client.call(self._service, method, dict(request))


def _request(body: bytes) -> dict[str, Any]:
    try:
        call = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MalformedCall(f"not JSON: {type(error).__name__}") from None
    if not isinstance(call, dict) or not isinstance(call.get("args"), list):
        raise MalformedCall("no args list")
    if (
        len(call["args"]) != 1
        or not isinstance(call["args"][0], dict)
        or call.get("kwargs") not in ({}, None)
    ):
        raise MalformedCall("args must be one object")
    request: dict[str, Any] = call["args"][0]
    return request


def _address(message: Any) -> tuple[str, str]:
    reply_to, correlation = message.properties.get("reply_to"), message.properties.get("correlation_id")
    if not isinstance(reply_to, str) or not isinstance(correlation, str) or not reply_to or not correlation:
        raise MalformedCall("no reply_to or correlation_id")
    return reply_to, correlation


def _error(error: GdbosError) -> dict[str, Any]:
    """Nameko's form of an error; the arguments are (code, JSON text) only."""
    kind = type(error)
    return {
        "exc_type": kind.__name__,
        "exc_path": f"{kind.__module__}.{kind.__name__}",
        "exc_args": list(to_wire(error)),
        "value": error.code,
    }
