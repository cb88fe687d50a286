"""The poison corpus on every queue: no process dies, all is parked with its reason, normal traffic goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from nameko.runners import ServiceRunner
from support import poison, probe

from gdbos_runtime import broker, context, parking
from gdbos_runtime.rpc_client import RpcClient, client_of
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import store_of


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[RpcClient]:
    probe.create_tables(settings)
    runner = ServiceRunner({"AMQP_URI": settings.amqp_uri, "max_workers": settings.max_workers})
    runner.add_service(probe.Teller)
    runner.add_service(probe.Listener)
    runner.start()
    context.bind(context.Context())
    client_of(settings).call("datahub", "echo", {})
    yield client_of(settings)
    assert all(not container._died.ready() for container in runner.containers)
    runner.stop()
    client_of(settings).stop()


CORPORA = {
    "gdbos.inbox.datahub": ("datahub", list(poison.events())),
    "rpc-datahub": ("datahub", list(poison.calls())),
    "gdbos.receipts.workflow": ("workflow", list(poison.bodies())),
}


def test_the_corpus_is_large() -> None:
    assert sum(len(corpus) for _, corpus in CORPORA.values()) >= 200


@pytest.mark.parametrize("queue", CORPORA)
def test_poison_is_parked_and_traffic_goes_on(
    queue: str, client: RpcClient, settings: Settings, wait: Any
) -> None:
    service, corpus = CORPORA[queue]
    store = store_of(service, settings)
    before = len(parking.parked(store))
    with broker.connect(settings) as connection:
        for number, bad in enumerate(corpus):
            poison.send(connection, queue, bad)
            if number % 50 == 0:
                assert client.call("datahub", "echo", {"n": number})["n"] == number
    wait(lambda: len(parking.parked(store)) - before >= len(corpus), 60)
    new = parking.parked(store)[before:]
    assert len(new) == len(corpus)
    assert all(row["reason"] and row["queue"] == queue for row in new)
    client.call("workflow", "tell", {"id": f"after {queue}"})
    wait(lambda: probe.count(settings, "datahub", probe.fact, probe.fact.c.id == f"after {queue}") == 1)


def test_the_raw_bytes_are_kept(settings: Settings, client: RpcClient, wait: Any) -> None:
    store = store_of("datahub", settings)
    before = {row["id"] for row in parking.parked(store)}
    body = b"\x00\xff raw"
    with broker.connect(settings) as connection:
        poison.send(connection, "gdbos.inbox.datahub", poison.Poison("raw", body))
    wait(lambda: len(parking.parked(store)) > len(before))
    (id,) = {row["id"] for row in parking.parked(store)} - before
    assert parking.replay(store, id) == body
