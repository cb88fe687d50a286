"""Works that meet on SQLite share a commit: one by one, each by itself when it fails, told when it is durable."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import eventlet
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from gdbos_contracts.errors import Conflict, NotFound, Unavailable
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from gdbos_runtime.unit_of_work import UnitOfWork

metadata = sa.MetaData()
table = sa.Table("thing", metadata, sa.Column("id", sa.String(8), primary_key=True))


class House:
    """A store, what a stranger finds in its file, and the commits it took."""

    def __init__(self, folder: Path) -> None:
        self.store = Store("workflow", Settings(data=folder))
        self._file = folder / "workflow.db"
        metadata.create_all(self.store.writing)
        self.commits = 0
        event.listen(self.store.writing, "commit", self._count)

    def _count(self, _connection: sa.Connection) -> None:
        self.commits += 1

    def durable(self) -> list[str]:
        with sqlite3.connect(self._file) as stranger:
            return [id for (id,) in stranger.execute("SELECT id FROM thing ORDER BY id")]

    def put(self, id: str, turns: int = 0) -> None:
        """Committed when it returns."""
        with UnitOfWork(self.store) as work:
            work.connection.execute(sa.insert(table), {"id": id})
            for _ in range(turns):
                eventlet.sleep(0)
            work.commit()
        assert id in self.durable()

    def fail(self, id: str, error: Exception) -> None:
        with UnitOfWork(self.store) as work:
            work.connection.execute(sa.insert(table), {"id": id})
            eventlet.sleep(0)
            raise error

    def nothing(self) -> None:
        with UnitOfWork(self.store) as work:
            work.commit()

    def look(self) -> list[str]:
        """What a work finds that writes nothing; all of it is durable when this returns."""
        with UnitOfWork(self.store) as work:
            found = list(work.connection.scalars(sa.select(table.c.id).order_by(table.c.id)))
        assert set(found) <= set(self.durable())
        return found


@contextmanager
def living(folder: Path) -> Iterator[House]:
    house = House(folder)
    yield house
    house.store.dispose()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with living(tmp_path) as house:
        yield house


def together(*calls: Callable[[], object]) -> list[Exception | None]:
    """The calls, each by a greenlet of its own; what each raised."""

    def tried(call: Callable[[], object]) -> Exception | None:
        try:
            call()
        except (Conflict, NotFound, Unavailable, Timeout) as error:
            return error
        return None

    return [thread.wait() for thread in [eventlet.spawn(tried, call) for call in calls]]


class Timeout(Exception):
    """A deadline of a caller."""


def test_one_who_is_alone_commits_for_himself(house: House) -> None:
    for id in "abc":
        house.put(id)
    assert house.commits == 3


def test_those_who_meet_are_durable_with_one_commit(house: House) -> None:
    assert together(*(lambda id=id: house.put(id) for id in "abcdefgh")) == [None] * 8
    assert (house.durable(), house.commits) == ([*"abcdefgh"], 1)


def test_no_work_begins_before_the_one_before_is_done(house: House) -> None:
    order: list[str] = []

    def write(id: str) -> None:
        with UnitOfWork(house.store) as work:
            work.connection.execute(sa.insert(table), {"id": id})
            order.append(id)
            eventlet.sleep(0)
            order.append(id)
            work.commit()

    together(*(lambda id=id: write(id) for id in "abc"))
    assert order == [*"aabbcc"]


def test_a_commit_of_nothing_holds_nobody_up(house: House) -> None:
    assert together(house.nothing, lambda: house.put("a"), house.nothing, house.nothing) == [None] * 4
    assert (house.durable(), house.commits) == (["a"], 1)


def test_who_fails_undoes_only_his_own(house: House) -> None:
    ended = together(
        lambda: house.put("a"),
        lambda: house.fail("b", NotFound()),
        lambda: house.put("a"),
        lambda: house.put("c"),
    )
    assert [type(each) for each in ended] == [type(None), NotFound, Conflict, type(None)]
    assert (house.durable(), house.commits) == (["a", "c"], 1)


def test_what_is_not_durable_yet_is_told_to_nobody(house: House) -> None:
    """The look of one who writes nothing waits for the commit of what it saw."""
    seen: list[str] = []
    together(lambda: house.put("a"), lambda: seen.extend(house.look()))
    assert seen == ["a"]


def test_a_refusal_by_what_is_not_durable_yet_is_told_when_it_is(house: House) -> None:
    def again() -> None:
        try:
            house.put("a")
        finally:
            assert house.durable() == ["a"]

    assert [type(each) for each in together(lambda: house.put("a"), again)] == [type(None), Conflict]


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


COMMIT, FAIL, LOOK, LOSE, NOTHING = "commit", "fail", "look", "lose", "nothing"
PLAN = st.tuples(
    st.sampled_from([COMMIT, COMMIT, COMMIT, FAIL, LOOK, LOSE, NOTHING]), st.integers(0, 3), st.integers(0, 3)
)


@given(st.lists(PLAN, max_size=12))
def test_whatever_meets_what_was_acknowledged_is_there_and_what_was_refused_is_not(
    plans: Sequence[tuple[str, int, int]],
) -> None:
    with TemporaryDirectory() as folder, living(Path(folder)) as house:
        ended = together(*(lambda n=n, plan=plan: play(house, str(n), plan) for n, plan in enumerate(plans)))
        acknowledged = {str(n) for n, (what, _, _) in enumerate(plans) if what == COMMIT and ended[n] is None}
        assert set(house.durable()) == acknowledged
        assert all(isinstance(error, Unavailable | NotFound) for error in ended if error is not None)
        if not any(what == LOSE for what, _, _ in plans):
            assert acknowledged == {str(n) for n, (what, _, _) in enumerate(plans) if what == COMMIT}
        house.put("last")


def play(house: House, id: str, plan: tuple[str, int, int]) -> None:
    what, before, within = plan
    for _ in range(before):
        eventlet.sleep(0)
    if what == COMMIT:
        house.put(id, within)
    elif what == LOOK:
        house.look()
    elif what == NOTHING:
        house.nothing()
    else:
        with UnitOfWork(house.store) as work:
            work.connection.execute(sa.insert(table), {"id": id})
            for _ in range(within):
                eventlet.sleep(0)
            if what == LOSE:
                work.connection.connection.rollback()
            raise NotFound


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
