"""The seal over the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from gdbos_runtime import clock, seal
from gdbos_runtime.seal import SETTLED, seal_settled, verify
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from gdbos_runtime.tables import runtime_tables

metadata = sa.MetaData()
AUDIT = runtime_tables(metadata)["audit"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store("workflow", Settings(data=tmp_path))
    metadata.create_all(store.writing)
    yield store
    store.dispose()


def write(store: Store, *ages: timedelta) -> None:
    now: datetime = clock.now()
    rows = [
        {
            "at": (now - age).isoformat(),
            "actor": "someone",
            "action": "case.submit",
            "object": "1",
            "body": "{}",
        }
        for age in ages
    ]
    with store.writing.begin() as connection:
        connection.execute(sa.insert(AUDIT), rows)


OLD, NEW = SETTLED + timedelta(seconds=5), timedelta(0)


def test_rows_are_sealed_up_to_the_first_that_is_not_settled(store: Store) -> None:
    write(store, OLD, OLD, NEW, OLD)
    assert seal_settled(store) == 2
    assert seal_settled(store) == 0
    assert verify(store) == seal.Verdict(records=4, seals=1)


def test_a_log_of_only_fresh_rows_has_no_seal(store: Store) -> None:
    write(store, NEW)
    assert seal_settled(store) == 0
    assert verify(store) == seal.Verdict(records=1, seals=0)


def test_many_rows_are_sealed_in_batches(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "BATCH", 3)
    write(store, *[OLD] * 7)
    assert [seal_settled(store) for _ in range(4)] == [3, 3, 1, 0]
    assert verify(store) == seal.Verdict(records=7, seals=3)


def test_a_changed_row_breaks_the_seal_of_its_batch(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "BATCH", 2)
    write(store, *[OLD] * 6)
    while seal_settled(store):
        pass
    with store.writing.begin() as connection:
        connection.execute(sa.update(AUDIT).where(AUDIT.c.seq == 4).values(object="2"))
    assert verify(store).broken_at == 3
