"""The poison corpus on every queue that the house reads: nothing dies, all is parked, the house goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support import poison

from gdbos_contracts.events import EVENTS
from gdbos_runtime import broker, context, parking
from gdbos_runtime.host import House
from gdbos_runtime.migrate import migrate
from gdbos_runtime.rpc_client import RpcClient, client_of
from gdbos_runtime.settings import SERVICES, Settings
from gdbos_runtime.store import store_of

LISTENERS = sorted({service for services in EVENTS.values() for service in services})
CALLS, EVENTS_OF, BODIES = list(poison.calls()), list(poison.events()), list(poison.bodies())
QUEUES = (
    {broker.rpc_queue(service).name: (service, CALLS) for service in SERVICES}
    | {broker.inbox_queue(service).name: (service, EVENTS_OF) for service in LISTENERS}
    | {broker.receipt_queue(service).name: (service, BODIES) for service in SERVICES}
)


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[RpcClient]:
    migrate(settings, SERVICES)
    house = House(settings)
    house.start()
    context.bind(context.Context())
    yield client_of(settings)
    assert all(not container._died.ready() for container in house._runner.containers)
    house.stop()


def test_every_queue_of_the_house_is_here(client: RpcClient, settings: Settings) -> None:
    """A queue that the house reads and that this test does not know would be a hole."""
    if not settings.embedded:
        pytest.skip("the embedded broker lists its queues; RabbitMQ has the same ones")
    from gdbos_runtime.embedded import Channel

    read = {name for name, readers in Channel.readers.items() if readers}
    known = set(QUEUES) | {name for name in read if "reply" in name}
    assert read == known


@pytest.mark.parametrize("queue", QUEUES)
def test_poison_is_parked_and_the_house_goes_on(
    queue: str, client: RpcClient, settings: Settings, wait: Any
) -> None:
    service, corpus = QUEUES[queue]
    store = store_of(service, settings)
    before = len(parking.parked(store))
    with broker.connect(settings, confirm=True) as connection:
        for number, bad in enumerate(corpus):
            poison.send(connection, queue, bad)
            if number % 50 == 0:
                assert client.call("workflow", "ready", {}) == {"ready": True}
    wait(lambda: len(parking.parked(store)) - before >= len(corpus), 60)
    new = parking.parked(store)[before:]
    assert len(new) == len(corpus)
    assert all(row["reason"] and row["queue"] == queue for row in new)
    assert client.call("workflow", "ready", {}) == {"ready": True}


def test_the_corpus_is_large() -> None:
    assert sum(len(corpus) for _, corpus in QUEUES.values()) >= 1000


def test_the_raw_bytes_are_kept(settings: Settings, client: RpcClient, wait: Any) -> None:
    store = store_of("datahub", settings)
    before = {row["id"] for row in parking.parked(store)}
    body = b"\x00\xff raw"
    with broker.connect(settings, confirm=True) as connection:
        poison.send(connection, broker.inbox_queue("datahub").name, poison.Poison("raw", body))
    wait(lambda: len(parking.parked(store)) > len(before))
    (id,) = {row["id"] for row in parking.parked(store)} - before
    assert parking.replay(store, id) == body
