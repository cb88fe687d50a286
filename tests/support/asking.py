"""Whether anybody asks another service while it holds a transaction for writing, of which SQLite has one for all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from greenlet import getcurrent

from gdbos_runtime.rpc_client import RpcClient
from gdbos_runtime.unit_of_work import UnitOfWork

_HELD = "gdbos_held"


@contextmanager
def watched() -> Iterator[list[str]]:
    """The calls that were made so, as `service.method while writing to service`."""
    found: list[str] = []
    opening, ending, committing, calling = (
        UnitOfWork._open,
        UnitOfWork._end,
        UnitOfWork.commit,
        RpcClient.call,
    )

    def opened(work: UnitOfWork) -> Any:
        connection = opening(work)
        if work._lender is work._store.writers:
            setattr(getcurrent(), _HELD, work._store.service)
        return connection

    def ended(work: UnitOfWork, sound: bool) -> None:
        setattr(getcurrent(), _HELD, "")
        ending(work, sound)

    def committed(work: UnitOfWork) -> None:
        committing(work)
        setattr(getcurrent(), _HELD, "")

    def called(client: RpcClient, service: str, method: str, request: Any) -> Any:
        held = getattr(getcurrent(), _HELD, "")
        if held:
            found.append(f"{service}.{method} while writing to {held}")
        return calling(client, service, method, request)

    with (
        patch.object(UnitOfWork, "_open", opened),
        patch.object(UnitOfWork, "_end", ended),
        patch.object(UnitOfWork, "commit", committed),
        patch.object(RpcClient, "call", called),
    ):
        yield found
