"""The parking lot: messages that cannot be handled, kept with their raw bytes and the reason."""

from __future__ import annotations

import json
import time
from typing import Any

import sqlalchemy as sa

from gdbos_runtime import listener, logs, metrics
from gdbos_runtime.store import Store
from gdbos_runtime.unit_of_work import RUNTIME, UnitOfWork

PARKED = RUNTIME["parked"]


def park(store: Store, message: Any, queue: str, reason: str, attempts: int = 0) -> None:
    """Keep the raw bytes and why they cannot be handled; raises Unavailable when the database is away."""
    park_bytes(store, listener.raw(message), queue, reason, attempts, _properties(message))


def park_bytes(
    store: Store, body: bytes, queue: str, reason: str, attempts: int = 0, properties: str = "{}"
) -> None:
    row = {
        "queue": queue,
        "reason": reason[:1000],
        "attempts": attempts,
        "properties": properties,
        "body": body,
        "at": time.time(),
    }
    with UnitOfWork(store) as work:
        work.connection.execute(sa.insert(RUNTIME["parked"]), row)
        work.commit()
    metrics.PARKED.labels(store.service).inc()
    logs.get(__name__).warning("parked", queue=queue, reason=reason[:200])


def _properties(message: Any) -> str:
    held = {
        "headers": message.headers,
        "properties": message.properties,
        "content_type": message.content_type,
    }
    return json.dumps(held, default=repr)[:20_000]


def parked(store: Store) -> list[dict[str, Any]]:
    """What is parked and not replayed, oldest first, without the bodies."""
    shown = [c for c in PARKED.c if c.name != "body"]
    with UnitOfWork(store, writing=False) as work:
        rows = work.connection.execute(
            sa.select(*shown).where(PARKED.c.replayed.is_(None)).order_by(PARKED.c.id)
        ).all()
    return [dict(row._mapping) for row in rows]


def replay(store: Store, id: int) -> bytes | None:
    """Mark a parked message as replayed and return its bytes; None when it is not parked."""
    with UnitOfWork(store) as work:
        body = work.connection.scalar(
            sa.update(PARKED)
            .where(PARKED.c.id == id, PARKED.c.replayed.is_(None))
            .values(replayed=time.time())
            .returning(PARKED.c.body)
        )
        work.audit("dead.replay", str(id))
        work.commit()
    return bytes(body) if body is not None else None
