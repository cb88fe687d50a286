"""RPC, outbox, inbox, retries and parking on the real broker and database of the pair."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import eventlet
import pytest
from nameko.runners import ServiceRunner
from support import probe

from gdbos_contracts.errors import BadInput, DeadlineExceeded, GdbosError
from gdbos_contracts.principal import Principal
from gdbos_runtime import broker, context, parking
from gdbos_runtime.publisher import Publisher
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
    yield client_of(settings)
    runner.stop()
    client_of(settings).stop()


def as_principal(**changes: Any) -> None:
    context.bind(context.Context(principal=Principal("p1", "person", "张三"), **changes))


def test_a_call_carries_who_asks_the_language_and_the_trace_through_two_services(client: RpcClient) -> None:
    trace = "0af7651916cd43dd8448eb211c80319c"
    as_principal(language="en", traceparent=f"00-{trace}-b7ad6b7169203331-01")
    assert client.call("workflow", "relay", {"a": "证"}) == {
        "a": "证",
        "who": "p1",
        "language": "en",
        "trace": trace,
    }


def test_an_error_keeps_its_class_and_its_faults(client: RpcClient) -> None:
    as_principal()
    with pytest.raises(BadInput) as caught:
        client.call("workflow", "refuse", {})
    assert [f.pointer for f in caught.value.faults] == ["/id"]
    assert caught.value.faults[0].message["zh-Hans"] == "不"


def test_an_unexpected_error_says_nothing_of_itself(client: RpcClient) -> None:
    as_principal()
    with pytest.raises(GdbosError) as caught:
        client.call("workflow", "break_down", {})
    assert caught.value.code == "internal"
    assert "110101" not in json.dumps(caught.value.to_data())


def test_a_call_ends_at_its_deadline(client: RpcClient) -> None:
    as_principal(deadline=time.time() + 0.3)
    with pytest.raises(DeadlineExceeded):
        client.call("workflow", "dawdle", {"seconds": 5})


def test_a_call_whose_deadline_has_passed_is_not_executed(client: RpcClient, settings: Settings) -> None:
    as_principal(deadline=time.time() - 1)
    with pytest.raises(DeadlineExceeded):
        client.call("workflow", "tell", {"id": "too-late"})
    assert probe.count(settings, "workflow", probe.fact, probe.fact.c.id == "too-late") == 0


def test_what_is_committed_is_told_once_and_receipted(
    client: RpcClient, settings: Settings, wait: Any
) -> None:
    as_principal()
    pool = eventlet.GreenPool(16)
    ids = [f"told-{n}" for n in range(100)]
    list(pool.imap(lambda id: client.call("workflow", "tell", {"id": id}), ids))
    told = probe.fact.c.id.like("told-%")
    wait(lambda: probe.count(settings, "datahub", probe.fact, told) == 100)
    wait(lambda: probe.count(settings, "workflow", probe.runtime["outbox"]) == 0)
    assert (
        probe.count(
            settings, "workflow", probe.runtime["audit"], probe.runtime["audit"].c.object.like("told-%")
        )
        == 100
    )


def test_what_is_not_committed_leaves_nothing(client: RpcClient, settings: Settings) -> None:
    as_principal()
    client.call("workflow", "change_mind", {"id": "undone"})
    assert probe.count(settings, "workflow", probe.fact, probe.fact.c.id == "undone") == 0
    assert (
        probe.count(
            settings, "workflow", probe.runtime["outbox"], probe.runtime["outbox"].c.body.like("%undone%")
        )
        == 0
    )


def test_a_message_sent_twice_has_its_effect_once(client: RpcClient, settings: Settings, wait: Any) -> None:
    event = envelope("twice")
    publisher = Publisher(settings)
    for _ in range(5):
        publisher.publish(json.dumps(event).encode(), broker.EVENT_EXCHANGE, "datahub")
    wait(lambda: probe.count(settings, "datahub", probe.fact, probe.fact.c.id == "twice") == 1)
    assert (
        probe.count(
            settings, "datahub", probe.runtime["retry"], probe.runtime["retry"].c.event_id == event["id"]
        )
        == 0
    )


def test_a_handler_that_fails_at_first_is_tried_again(
    client: RpcClient, settings: Settings, wait: Any
) -> None:
    as_principal()
    probe.FAILURES["shaky"] = 2
    client.call("workflow", "tell", {"id": "shaky"})
    wait(lambda: probe.count(settings, "datahub", probe.fact, probe.fact.c.id == "shaky") == 1)
    wait(lambda: probe.count(settings, "datahub", probe.runtime["retry"]) == 0)


def test_a_handler_that_always_fails_is_parked_with_its_bytes(
    client: RpcClient, settings: Settings, wait: Any
) -> None:
    as_principal()
    probe.FAILURES["hopeless"] = 1000
    client.call("workflow", "tell", {"id": "hopeless"})
    store = store_of("datahub", settings)
    parked = wait(lambda: [row for row in parking.parked(store) if row["reason"] == "ValueError"])
    assert parked[0]["attempts"] == 3
    body = parking.replay(store, parked[0]["id"])
    assert body is not None and json.loads(body)["subject"] == "hopeless"
    assert parking.replay(store, parked[0]["id"]) is None
    assert probe.count(settings, "datahub", probe.fact, probe.fact.c.id == "hopeless") == 0


def test_of_events_that_come_together_only_the_one_at_fault_is_kept_back(
    client: RpcClient, settings: Settings, wait: Any
) -> None:
    probe.FAILURES["together-3"] = 1000
    events = [envelope(f"together-{n}") for n in range(6)]
    Publisher(settings).publish(json.dumps(events).encode(), broker.EVENT_EXCHANGE, "datahub")
    done = probe.fact.c.id.like("together-%")
    wait(lambda: probe.count(settings, "datahub", probe.fact, done) == 5)
    store = store_of("datahub", settings)
    parked = wait(lambda: parking.parked(store)[-1:])
    body = parking.replay(store, parked[0]["id"])
    assert body is not None and json.loads(body) == {**events[3], "traceparent": ""}
    assert probe.count(settings, "datahub", probe.fact, done) == 5


def test_a_list_with_something_that_is_no_event_is_parked_whole(
    client: RpcClient, settings: Settings, wait: Any
) -> None:
    store = store_of("datahub", settings)
    for body in ([], [envelope("in-company"), {"id": 7}]):
        Publisher(settings).publish(json.dumps(body).encode(), broker.EVENT_EXCHANGE, "datahub")
        parked = wait(lambda: parking.parked(store))
        raw = parking.replay(store, parked[-1]["id"])
        assert raw is not None and json.loads(raw) == body
    assert probe.count(settings, "datahub", probe.fact, probe.fact.c.id == "in-company") == 0


def envelope(subject: str) -> dict[str, Any]:
    return {
        "id": f"event-{subject}",
        "type": "case.submitted",
        "version": 1,
        "source": "workflow",
        "subject": subject,
        "at": "2026-01-01T00:00:00+08:00",
        "data": {},
    }
