"""Names on the broker, and how to connect to it: RabbitMQ or the embedded one behind the same setting."""

from __future__ import annotations

from typing import Any

from amqp.exceptions import AMQPError
from kombu import Connection, Exchange, Queue
from kombu.exceptions import KombuError

from gdbos_runtime import embedded  # noqa: F401 - registers the scheme
from gdbos_runtime.settings import Settings

HEARTBEAT = 10
RPC_EXCHANGE = Exchange("nameko-rpc", type="topic", durable=True)
EVENT_EXCHANGE = Exchange("gdbos.events", type="direct", durable=True)
RECEIPT_EXCHANGE = Exchange("gdbos.receipts", type="direct", durable=True)

BROKER_ERRORS = (OSError, AMQPError, KombuError, RuntimeError, AttributeError, KeyError)
"""Raised by a connection that broke at any moment: sockets, AMQP, kombu when a broker stays away for longer than
it tries, and py-amqp's half-closed objects."""


def connect(settings: Settings, confirm: bool = False) -> Connection:
    """A new connection, not yet open. `confirm`: publishing waits for the broker's word, at most 3 s."""
    options: dict[str, Any] = {}
    if not settings.embedded:
        options = {"connect_timeout": 3, "write_timeout": 3, "max_retries": 0}  # whoever asks tries again
        if confirm:
            options |= {"confirm_publish": True, "read_timeout": 3}
    return Connection(settings.amqp_uri, heartbeat=HEARTBEAT, transport_options=options)


def rpc_queue(service: str) -> Queue:
    return Queue(f"rpc-{service}", RPC_EXCHANGE, routing_key=f"{service}.*", durable=True, **_quorum(200_000))


def reply_queue(identity: str) -> Queue:
    return Queue(
        f"rpc.reply-{identity}",
        RPC_EXCHANGE,
        routing_key=identity,
        durable=False,
        auto_delete=True,
        expires=300.0,
    )


def inbox_queue(service: str) -> Queue:
    return Queue(
        f"gdbos.inbox.{service}", EVENT_EXCHANGE, routing_key=service, durable=True, **_quorum(1_000_000)
    )


def receipt_queue(service: str) -> Queue:
    return Queue(
        f"gdbos.receipts.{service}", RECEIPT_EXCHANGE, routing_key=service, durable=True, **_quorum(1_000_000)
    )


def _quorum(most: int) -> dict[str, Any]:
    """Quorum queues survive a node; no delivery limit, because we ack poison after parking it."""
    return {
        "queue_arguments": {"x-queue-type": "quorum", "x-overflow": "reject-publish", "x-max-length": most}
    }
