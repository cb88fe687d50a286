"""Shared commits that fail, and works that are killed on the way: nothing half, nobody waits for ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import eventlet
import pytest
import sqlalchemy as sa
from sqlalchemy import event
from support.lending import House, Timeout, living, table, together

from gdbos_contracts.errors import NotFound, Unavailable
from gdbos_runtime.unit_of_work import UnitOfWork


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with living(tmp_path) as house:
        yield house


def test_a_commit_that_fails_is_told_to_all_and_writes_nothing(house: House) -> None:
    def broken(_connection: sa.Connection) -> None:
        raise sa.exc.OperationalError("", None, sqlite3.OperationalError("disk I/O error"))

    event.listen(house.store.writing, "commit", broken)
    ended = together(*(lambda id=id: house.put(id) for id in "abc"), house.look)
    assert [type(each) for each in ended] == [Unavailable] * 4
    event.remove(house.store.writing, "commit", broken)
    assert house.durable() == []
    house.put("d")
    assert house.durable() == ["d"]


def test_when_an_error_ends_the_transaction_nobody_believes_that_he_wrote(house: House) -> None:
    def losing() -> None:
        with UnitOfWork(house.store) as work:
            work.connection.connection.rollback()
            raise NotFound

    ended = together(lambda: house.put("a"), losing, lambda: house.put("c"))
    assert [type(each) for each in ended] == [Unavailable, Unavailable, type(None)]
    assert house.durable() == ["c"]


def test_who_leads_and_runs_out_of_time_leaves_nobody_waiting(house: House) -> None:
    """His own work may be written or not; that of the others is."""
    begun: list[eventlet.greenthread.GreenThread] = []

    def follow() -> None:
        begun[0].kill(Timeout())
        house.put("b", turns=3)

    def lead() -> None:
        house.put("a")

    begun.append(eventlet.spawn(lead))
    other = eventlet.spawn(follow)
    with suppress(Timeout):
        begun[0].wait()
    other.wait()
    assert "b" in house.durable()
    house.put("c")


def test_who_is_killed_while_he_waits_for_his_turn_takes_none(house: House) -> None:
    holder = eventlet.spawn(house.put, "a", 5)
    eventlet.sleep(0)
    waiting = eventlet.spawn(house.put, "b")
    eventlet.sleep(0)
    waiting.kill()
    holder.wait()
    house.put("c")
    assert house.durable() == ["a", "c"]


def ending(work: UnitOfWork, id: str) -> None:
    """An error that ends the transaction, caught."""
    with suppress(sa.exc.DBAPIError):
        work.connection.execute(sa.insert(table).prefix_with("OR ROLLBACK"), {"id": id})


@pytest.mark.parametrize("before", [[], ["other"]], ids=["alone", "in company"])
def test_who_catches_the_error_that_ended_the_transaction_writes_nothing_more(
    house: House, before: Sequence[str]
) -> None:
    house.put("a")

    def go_on() -> None:
        with UnitOfWork(house.store) as work:
            work.connection.execute(sa.insert(table), {"id": "b"})
            ending(work, "a")
            with suppress(sa.exc.SQLAlchemyError):
                work.connection.execute(sa.insert(table), {"id": "c"})
            work.commit()

    ended = together(*(lambda id=id: house.put(id) for id in before), go_on)
    assert [type(each) for each in ended] == [Unavailable] * len(ended)
    assert house.durable() == ["a"]
    house.put("d")
    assert house.durable() == ["a", "d"]


def test_a_transaction_that_ended_without_a_word_is_not_acknowledged(house: House) -> None:
    def go_on() -> None:
        with UnitOfWork(house.store) as work:
            work.connection.execute(sa.insert(table), {"id": "b"})
            work.connection.connection.rollback()
            work.commit()

    assert [type(each) for each in together(go_on)] == [Unavailable]
    house.put("d")
    assert house.durable() == ["d"]


def test_a_store_that_is_closed_meanwhile_leaves_nobody_waiting(house: House) -> None:
    ended = together(lambda: house.put("a"), lambda: house.put("b"), house.store.dispose)
    assert [type(each) for each in ended] == [Unavailable, Unavailable, type(None)]
    house.put("c")
    assert house.durable() == ["c"]
