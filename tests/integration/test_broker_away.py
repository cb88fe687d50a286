"""A broker that stays away for longer than the connection tries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.ports import free_port

from gdbos_contracts.errors import Unavailable
from gdbos_runtime import broker
from gdbos_runtime.listener import Listener
from gdbos_runtime.publisher import Publisher
from gdbos_runtime.settings import Settings


@pytest.fixture(scope="module")
def away(settings: Settings) -> Settings:
    """Settings that name a port on which nobody listens."""
    return replace(settings, amqp_uri=f"amqp://guest:guest@127.0.0.1:{free_port()}//")


def test_a_publisher_says_that_it_is_unavailable(away: Settings) -> None:
    with pytest.raises(Unavailable):
        Publisher(away).publish(b"{}", broker.RPC_EXCHANGE, "nobody")


def test_a_listener_goes_on_trying(
    away: Settings, settings: Settings, monkeypatch: pytest.MonkeyPatch, wait: Any
) -> None:
    """Its reader outlives the error of every layer, and reads when the broker is back."""
    tried: list[int] = []
    real = broker.connect

    def connect(_: Settings, confirm: bool = False) -> Any:
        tried.append(1)
        return real(away if len(tried) <= 2 else settings, confirm)

    monkeypatch.setattr(broker, "connect", connect)
    taken: list[Any] = []

    def take(message: Any) -> None:
        message.ack()
        taken.append(message)

    listener = Listener(settings, broker.reply_queue("away"), take, 4)
    listener.start()
    wait(lambda: listener.ready.ready(), 40)
    Publisher(settings).publish(b"{}", broker.RPC_EXCHANGE, "away")
    wait(lambda: taken)
    listener.stop()
    assert len(tried) >= 3
