"""The seal over the audit log: a hash chain over batches, so that no past row changes unseen.

A batch covers every row up to `last_seq` that earlier batches did not; its hash covers the hash before it
and the rows in order. Rows are sealed when they are older than any transaction may last, because sequence
numbers are given before the commit that shows them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import eventlet
import sqlalchemy as sa

from gdbos_contracts.errors import GdbosError
from gdbos_runtime import logs
from gdbos_runtime.store import Store
from gdbos_runtime.unit_of_work import RUNTIME, UnitOfWork

AUDIT, SEAL = RUNTIME["audit"], RUNTIME["seal"]
EVERY, SETTLED, BATCH = 2.0, timedelta(seconds=40), 1_000
"""`SETTLED` is more than a database lets a transaction idle (30 s) or a statement run (5 s)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    records: int
    seals: int
    broken_at: int | None = None
    reason: str = ""


def digest(previous: str, rows: Iterable[Any]) -> str:
    """SHA-256 over the hash before and the rows, each field length-prefixed."""
    running = hashlib.sha256(previous.encode())
    for row in rows:
        for value in (str(row.seq), row.at, row.actor, row.action, row.object, row.body):
            raw = value.encode()
            running.update(len(raw).to_bytes(4, "big") + raw)
    return running.hexdigest()


def seal_settled(store: Store) -> int:
    """Seal the next batch of settled rows; the number sealed."""
    with UnitOfWork(store, writing=False) as work:
        if not _settled(work, _last(work)[0], limit=1):
            return 0  # found without the writer's place, which submissions want
    with UnitOfWork(store) as work:
        if not work.try_lock("seal"):
            return 0
        after, previous = _last(work)
        rows = _settled(work, after, BATCH)
        if not rows:
            return 0
        work.connection.execute(
            sa.insert(SEAL),
            {
                "first_seq": rows[0].seq,
                "last_seq": rows[-1].seq,
                "count": len(rows),
                "hash": digest(previous, rows),
                "at": work.at,
            },
        )
        work.commit()
    return len(rows)


def verify(store: Store) -> Verdict:
    """Recompute every seal from the first; `broken_at` is the first row number of the first broken batch."""
    records, previous, after = 0, "", 0
    with UnitOfWork(store, writing=False) as work:
        seals = work.connection.execute(sa.select(SEAL).order_by(SEAL.c.last_seq)).all()
        for seal in seals:
            rows = _rows(work, AUDIT.c.seq > after, AUDIT.c.seq <= seal.last_seq)
            if len(rows) != seal._mapping["count"]:
                return Verdict(
                    records,
                    len(seals),
                    seal.first_seq,
                    f"{seal._mapping['count']} rows sealed, {len(rows)} found",
                )
            if digest(previous, rows) != seal.hash:
                return Verdict(records, len(seals), seal.first_seq, "a row or a seal was changed")
            records, previous, after = records + len(rows), seal.hash, seal.last_seq
        unsealed = work.connection.scalar(
            sa.select(sa.func.count()).select_from(AUDIT).where(AUDIT.c.seq > after)
        )
    return Verdict(records + int(unsealed or 0), len(seals))


def _last(work: UnitOfWork) -> tuple[int, str]:
    """The number of the last sealed row and the last hash."""
    newest = sa.select(SEAL.c.last_seq, SEAL.c.hash).order_by(SEAL.c.last_seq.desc()).limit(1)
    last = work.connection.execute(newest).first()
    return (last.last_seq, last.hash) if last else (0, "")


def _settled(work: UnitOfWork, after: int, limit: int) -> list[Any]:
    """Rows after `after` up to the first that is not settled. The edge is looked for in the database: under load
    the unsettled rows are many times those of a batch."""
    fresh = AUDIT.c.at >= (work.now - SETTLED).isoformat()
    later = sa.select(AUDIT.c.seq).where(AUDIT.c.seq > after, fresh).order_by(AUDIT.c.seq).limit(1)
    edge = work.connection.scalar(later)
    below = [AUDIT.c.seq < edge] if edge is not None else []
    return _rows(work, AUDIT.c.seq > after, *below, limit=limit)


def _rows(work: UnitOfWork, *where: sa.ColumnElement[bool], limit: int | None = None) -> list[Any]:
    return list(work.connection.execute(sa.select(AUDIT).where(*where).order_by(AUDIT.c.seq).limit(limit)))


class Sealer:
    """Seals the log of one service as it grows."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._running = False

    def start(self) -> None:
        self._running = True
        eventlet.spawn(self._run)

    def stop(self) -> None:
        self._running = False

    def _run(self) -> None:
        while self._running:
            sealed = 0
            try:
                sealed = seal_settled(self._store)
            except GdbosError:
                pass  # the database is away; the rows wait
            except Exception:  # noqa: BLE001 - sealing resumes when its cause is gone
                logs.get(__name__).exception("seal", service=self._store.service)
            eventlet.sleep(EVERY if sealed < BATCH else 0)
