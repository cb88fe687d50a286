"""Connections lent to one unit of work at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from gdbos_contracts.errors import Conflict, Unavailable
from gdbos_runtime.lenders import Lender
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from gdbos_runtime.unit_of_work import UnitOfWork

metadata = sa.MetaData()
table = sa.Table("thing", metadata, sa.Column("id", sa.String(8), primary_key=True))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store("workflow", Settings(data=tmp_path))
    metadata.create_all(store.writing)
    yield store
    store.dispose()


def ids(store: Store) -> list[str]:
    with UnitOfWork(store, writing=False) as work:
        return list(work.connection.scalars(sa.select(table.c.id).order_by(table.c.id)))


def put(store: Store, id: str, commit: bool = True) -> None:
    with UnitOfWork(store) as work:
        work.connection.execute(sa.insert(table), {"id": id})
        if commit:
            work.commit()


def test_the_next_unit_of_work_has_the_same_connection_and_none_of_what_was_left(store: Store) -> None:
    put(store, "a")
    put(store, "b", commit=False)
    put(store, "c")
    assert ids(store) == ["a", "c"]


def test_what_an_error_went_through_is_not_lent_again(store: Store) -> None:
    put(store, "a")
    with UnitOfWork(store) as work:
        first = work.connection
    with pytest.raises(Conflict), UnitOfWork(store) as work:
        assert work.connection is first
        put_twice(work.connection)
    assert first.closed
    put(store, "b")
    assert ids(store) == ["a", "b"]


def put_twice(connection: sa.Connection) -> None:
    for _ in range(2):
        connection.execute(sa.insert(table), {"id": "twice"})


def test_a_reader_sees_what_was_committed_after_its_last_look(store: Store) -> None:
    assert ids(store) == []
    put(store, "a")
    assert ids(store) == ["a"]


def test_whoever_finds_no_place_is_told_and_the_place_comes_back(store: Store) -> None:
    lender = Lender(store.reading, places=1, patience=0.01)
    held = lender.take()
    with pytest.raises(Unavailable):
        lender.take()
    lender.give_back(held, sound=True)
    assert lender.take() is held


def test_a_connection_that_cannot_be_opened_takes_no_place(tmp_path: Path) -> None:
    lender = Lender(sa.create_engine(f"sqlite:///{tmp_path}/no/such/place.db"), places=1, patience=0.01)
    for _ in range(2):
        with pytest.raises(sa.exc.OperationalError):
            lender.take()
