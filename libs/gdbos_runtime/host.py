"""Hosts services in this process over Nameko's ServiceRunner; our own launcher, not Nameko's command."""

from __future__ import annotations

import gc
import importlib
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import eventlet
from eventlet.event import Event as Signal
from nameko.runners import ServiceRunner

from gdbos_runtime import clock, crash, logs, pulse
from gdbos_runtime.migrate import migrate, package_of
from gdbos_runtime.rpc_client import RpcClient, client_of
from gdbos_runtime.settings import SERVICES, Settings, use
from gdbos_runtime.ticker import Ticker

STOP_SECONDS, PARENT_SECONDS = 30, 0.5
YOUNG = 20_000
"""Objects made before a collection: a submission makes some thousands, nearly all without cycles."""


class House:
    """The services of one process. `start`, then `wait` until a signal or the death of a service."""

    def __init__(self, settings: Settings, services: Sequence[str] = SERVICES) -> None:
        use(settings)
        clock.start_at(settings.now)
        crash.arm(settings.crash_at)
        self.settings = settings
        self._services = list(services)
        self._runner = ServiceRunner({"AMQP_URI": settings.amqp_uri, "max_workers": settings.max_workers})
        self._pulse = pulse.Pulse(settings)
        self._ticker = Ticker(settings)
        self._done = Signal()

    def start(self) -> None:
        for service in self._services:
            self._runner.add_service(importlib.import_module(f"{package_of(service)}.service").Service)
        if "GDBOS_WORKER_OF" in os.environ:
            eventlet.spawn(self._watch_parent, int(os.environ["GDBOS_WORKER_OF"]))
        self._runner.start()
        self._pulse.start()
        if "workflow" in self._services:
            self._ticker.start()
        eventlet.spawn(self._watch)

    def stop(self) -> None:
        """Graceful: at most 30 seconds, then what is left is cut off."""
        self._ticker.stop()
        with eventlet.Timeout(STOP_SECONDS, False):
            self._runner.stop()
            client_of(self.settings).stop()
            self._pulse.stop()

    def wait(self) -> int:
        """Serve until the end. 0 after a signal to stop; 1 when a service died (the supervisor starts a new process)."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked)
        gc.collect()
        gc.freeze()  # what was loaded stays; the collector looks at what requests leave behind
        gc.set_threshold(YOUNG)
        code: int = self._done.wait()
        self.stop()
        return code

    def _asked(self, *_: Any) -> None:
        eventlet.spawn_n(self._finish, 0)

    def _watch_parent(self, supervisor: int) -> None:
        """A worker must not outlive its supervisor: nobody would stop it or start it again. Not even while it
        starts, or when what stops it is stuck."""
        while os.getppid() == supervisor:
            eventlet.sleep(PARENT_SECONDS)
        self._finish(1)
        eventlet.sleep(STOP_SECONDS)
        os._exit(1)

    def _watch(self) -> None:
        try:
            self._runner.wait()
        except Exception:  # noqa: BLE001 - reported; the process ends with 1
            logs.get(__name__).exception("service_died")
        self._finish(1)

    def _finish(self, code: int) -> None:
        if not self._done.ready():
            self._done.send(code)


@contextmanager
def hosted(settings: Settings, services: Sequence[str] = SERVICES) -> Iterator[RpcClient]:
    """Every service in this process, without HTTP, for as long as the block lasts."""
    inner = replace(settings, port=-1)
    migrate(inner, services)
    house = House(inner, services)
    house.start()
    try:
        yield client_of(inner)
    finally:
        house.stop()


@contextmanager
def reached(settings: Settings) -> Iterator[RpcClient]:
    """The services: those that run behind RabbitMQ, or, with the embedded broker, hosted here."""
    if settings.embedded:
        with hosted(settings) as client:
            yield client
    else:
        use(settings)
        client = client_of(settings)
        yield client
        client.stop()
