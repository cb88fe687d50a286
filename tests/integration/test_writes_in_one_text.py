"""What a unit of work kept back reaches the database of the pair together; what must change one row, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from support.engine_host import EngineHost

from gdbos_contracts.errors import Conflict, InFlight
from gdbos_runtime.prepared import Prepared
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm

ADD = Prepared(sa.insert(orm.serial), orm.serial.c.keys())
ADD_NEW = Prepared.of_dialect(
    lambda dialect: dialect.insert(orm.serial).on_conflict_do_nothing(), orm.serial.c.keys()
)
SAVE = Prepared(
    sa.update(orm.serial).where(
        orm.serial.c.key == sa.bindparam("of", type_=sa.String),
        orm.serial.c.last == sa.bindparam("was", type_=sa.Integer),
    ),
    ["last"],
)
HELD = Prepared(sa.select(orm.serial.c.last).where(orm.serial.c.key == sa.bindparam("of", type_=sa.String)))


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    host = EngineHost(settings)
    with UnitOfWork(host.store) as work:
        work.connection.execute(sa.delete(orm.serial))
        for key in ("a", "b"):
            work.write(ADD, {"key": key, "last": 1})
        work.commit()
    yield host.store


def held(store: Store) -> dict[str, int]:
    with UnitOfWork(store, writing=False) as work:
        rows = work.connection.execute(sa.select(orm.serial.c.key, orm.serial.c.last))
        return {row.key: row.last for row in rows}


def save(work: UnitOfWork, key: str, was: int, one: Any = Conflict) -> None:
    work.write(SAVE, {"of": key, "was": was, "last": was + 1}, one=one)


def test_a_row_may_be_saved_again_and_again(store: Store) -> None:
    with UnitOfWork(store) as work:
        for was in (1, 2, 3):
            save(work, "a", was)
        save(work, "b", 1)
        work.commit()
    assert held(store) == {"a": 4, "b": 2}


@pytest.mark.parametrize("stale", ["a", "b", "nowhere"])
def test_one_that_another_changed_takes_all_with_it(store: Store, stale: str) -> None:
    with pytest.raises(Conflict), UnitOfWork(store) as work:
        work.write(ADD, {"key": "c", "last": 1})
        for key in ("a", "b"):
            save(work, key, 1)
        save(work, stale, 7)
        work.commit()
    assert held(store) == {"a": 1, "b": 1}


def test_the_error_is_the_one_of_its_statement(store: Store) -> None:
    with pytest.raises(InFlight), UnitOfWork(store) as work:
        work.write(ADD_NEW, {"key": "c", "last": 1}, one=InFlight)
        work.write(ADD_NEW, {"key": "b", "last": 9}, one=InFlight)
        work.commit()
    assert held(store) == {"a": 1, "b": 1}


def test_a_wrong_value_is_no_conflict(store: Store) -> None:
    """Only the statement's own word says that a row was not there."""
    if store.sqlite:
        pytest.skip("SQLite takes any value")
    with pytest.raises(sa.exc.DBAPIError) as caught, UnitOfWork(store) as work:
        work.write(SAVE, {"of": "a", "was": 1, "last": 1 << 80}, one=Conflict)
        work.commit()
    assert not isinstance(caught.value, Conflict) and held(store)["a"] == 1


def test_a_work_goes_on_with_a_connection_that_failed(store: Store) -> None:
    """What the server was told to remember outlives the transaction that told it."""
    for was in (7, 1, 7, 2):
        try:
            with UnitOfWork(store) as work:
                assert work.read(HELD, {"of": "b"}) == [{"last": 1}]
                save(work, "a", was)
                work.commit()
        except Conflict:
            assert was == 7
    assert held(store)["a"] == 3
