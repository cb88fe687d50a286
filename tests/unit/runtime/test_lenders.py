"""Works that meet on SQLite share a commit: one by one, each by itself when it fails, told when it is durable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import eventlet
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from support.lending import House, living, table, together

from gdbos_contracts.errors import Conflict, NotFound, Unavailable
from gdbos_runtime.unit_of_work import UnitOfWork


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with living(tmp_path) as house:
        yield house


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
