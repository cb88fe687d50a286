"""Numbers of cases: never given twice, and nobody waits for another's commit to have one."""

from __future__ import annotations

import pytest

from gdbos_contracts.errors import InFlight
from gdbos_runtime.migrate import migrate
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store, store_of
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters.repository import CaseRepository, KeyRepository


@pytest.fixture(scope="module")
def store(settings: Settings) -> Store:
    migrate(settings, ["workflow"])
    return store_of("workflow", settings)


def number(store: Store, key: str, commit: bool = True) -> int:
    with UnitOfWork(store) as work:
        found = CaseRepository(work).number(key)
        if commit:
            work.commit()
    return found


def test_a_number_is_not_given_twice(store: Store) -> None:
    kept = [number(store, "twice", commit) for commit in (True, False, True, False, True)][::2]
    assert kept == sorted(set(kept))


def test_numbers_of_other_keys_are_their_own(store: Store) -> None:
    assert number(store, "own") == number(store, "another") == 1


def test_nobody_waits_for_the_commit_of_who_has_the_number_before(store: Store) -> None:
    if store.sqlite:
        pytest.skip("SQLite has one writer, who has the numbers to himself")
    with UnitOfWork(store) as first, UnitOfWork(store) as second:
        numbers = [CaseRepository(each).number("wait") for each in (first, second, first)]
        second.commit()
        first.commit()
    assert numbers == [1, 2, 3]


def test_a_key_that_is_there_already_is_in_flight_and_nothing_is_written(store: Store) -> None:
    def file(body: str) -> None:
        with UnitOfWork(store) as work:
            work.audit("test.file", body)
            KeyRepository(work).add("someone", "key", "hash", 201, body)
            work.commit()

    file("first")
    with pytest.raises(InFlight):
        file("second")
    with UnitOfWork(store, writing=False) as work:
        held = KeyRepository(work).get("someone", "key")
        seen = work.connection.exec_driver_sql("select object from audit where action = 'test.file'")
        assert held == {"body_hash": "hash", "status": 201, "body": "first"}
        assert [row.object for row in seen] == ["first"]
