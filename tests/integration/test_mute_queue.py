"""A queue whose leader answers nobody, as RabbitMQ leaves one when it is killed while it makes it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.rabbit import PrivateRabbit

from gdbos_runtime import broker, listener
from gdbos_runtime.listener import Listener
from gdbos_runtime.publisher import Publisher
from gdbos_runtime.settings import Settings


@pytest.fixture
def rabbit(settings: Settings) -> Iterator[PrivateRabbit]:
    if settings.embedded:
        pytest.skip("the embedded broker has no processes that lead queues")
    with tempfile.TemporaryDirectory(prefix="gdbos-mute-") as folder:
        running = PrivateRabbit(Path(folder) / "rabbit")
        yield running.start()
        running.destroy()


def test_a_mute_queue_is_made_again(
    rabbit: PrivateRabbit, settings: Settings, monkeypatch: pytest.MonkeyPatch, wait: Any
) -> None:
    monkeypatch.setattr(listener, "PATIENCE", 8.0)  # the broker itself gives a leader five to be deleted
    settings = replace(settings, amqp_uri=rabbit.uri)
    taken: list[Any] = []

    def take(message: Any) -> None:
        message.ack()
        taken.append(message)

    def reads() -> Listener:
        reader = Listener(settings, broker.rpc_queue("mute"), take, 4)
        reader.start()
        wait(reader.ready.ready, 60)
        return reader

    reads().stop()
    rabbit.silence("rpc-mute")
    reader = reads()
    Publisher(settings).publish(b"{}", broker.RPC_EXCHANGE, "mute.anything")
    wait(lambda: taken)
    reader.stop()
