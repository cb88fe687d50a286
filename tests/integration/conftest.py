"""A house of probe services on the pair that the environment names: embedded, or RabbitMQ + PostgreSQL."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.green import patched

patched()

from support.asking import watched  # noqa: E402

from gdbos_runtime import context, embedded, logs  # noqa: E402
from gdbos_runtime.settings import SERVICES, Settings, use  # noqa: E402

AMQP = os.environ.get("GDBOS_TEST_AMQP_URI", "")
DATABASE = os.environ.get("GDBOS_TEST_DATABASE_URL", "")


@pytest.fixture(scope="session")
def pair() -> str:
    """The name of the pair under test."""
    return "rabbitmq+postgresql" if AMQP else "embedded"


@pytest.fixture(scope="module", autouse=True)
def nobody_asks_while_writing() -> Iterator[None]:
    """Another service may be slow or away, and on SQLite all who write wait for whoever writes."""
    with watched() as found:
        yield
    assert found == []


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Fresh state: an empty data folder and, on PostgreSQL, empty schemas; nobody in particular is signed in."""
    logs.configure("CRITICAL")
    context.bind(context.Context())
    data = tmp_path_factory.mktemp("data")
    chosen = Settings.from_env(
        {},
        amqp_uri=AMQP or "embedded://",
        database_url=DATABASE,
        data=data,
        port=-1,
        receipt_after=1.0,
        retry_delays=(0.2, 0.2),
        max_workers=16,
    )
    if AMQP:
        _empty(chosen)
    use(chosen)
    yield chosen
    use(None)
    _dispose()


def _empty(settings: Settings) -> None:
    from support.reset import drop_queues, drop_schemas

    drop_schemas(settings.database_url)
    drop_queues(settings.amqp_uri)


def _dispose() -> None:
    from gdbos_runtime import rpc_client, store

    for held in store._STORES.values():
        held.dispose()
    store._STORES.clear()
    rpc_client._CLIENTS.clear()
    embedded.forget()
    for service in SERVICES:
        for name in ("memory", "remembered"):
            _forget(getattr(_service(service), name, None))


def _service(name: str) -> Any:
    package = "gateway" if name == "gateway" else f"services.{name}"
    return importlib.import_module(f"{package}.service").Service


def _forget(memory: Any) -> None:
    """A process has one house for all its life, and this one has many: what one published is unknown to the next."""
    if hasattr(memory, "clear"):
        memory.clear()
    else:
        for cache in vars(memory).values() if memory is not None else ():
            if hasattr(cache, "clear"):
                cache.clear()


def eventually(check: Any, seconds: float = 20.0) -> Any:
    """Wait for `check()` to be true, yielding to the other greenlets; its last value."""
    import eventlet

    with eventlet.Timeout(seconds, AssertionError("it did not happen in time")):
        while not (value := check()):
            eventlet.sleep(0.02)
    return value


@pytest.fixture(scope="session")
def wait() -> Any:
    return eventually


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def office(settings: Settings) -> Iterator[Any]:
    """An agency's desk under a clock that the test moves; see support/office.py."""
    from support.office import opened

    yield from opened(settings)
