"""The inbox on the real database of the pair: its plan, its pages, its counts, and that it lists at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from bench import inbox as bench
from support.desk import AGENCY, DeskHost, clerk

from gdbos_contracts.errors import BadInput
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters.inbox import InboxRepository, counts_of, page_of

TASKS = 30_000


@pytest.fixture(scope="module")
def desk(settings: Settings) -> DeskHost:
    return DeskHost(settings)


@pytest.fixture(scope="module")
def filled(desk: DeskHost) -> Iterator[Store]:
    bench.fill(desk.store, 0, TASKS)
    yield desk.store


def plan(store: Store, statement: sa.Select[Any]) -> list[str]:
    """What the database would do, a line for each step."""
    with UnitOfWork(store, writing=False) as work:
        connection = work.connection
        compiled = str(statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
        prefix = "EXPLAIN QUERY PLAN " if store.sqlite else "EXPLAIN "
        rows = connection.execute(sa.text((prefix + compiled).replace(":", r"\:"))).all()
    return [str(row[-1]).strip() for row in rows]


@pytest.mark.parametrize("question", bench.QUESTIONS)
def test_a_page_is_ranges_of_the_index(question: str, filled: Store) -> None:
    statement = page_of(bench.CLERK, {**bench.PLAIN, **bench.QUESTIONS[question]}, bench.TODAY)
    assert statement is not None
    steps = plan(filled, statement)
    assert [s for s in steps if "task_inbox" in s or "task_claimed" in s], steps
    assert [s for s in steps if s.startswith("SCAN task") or "Seq Scan on task" in s] == []


def test_counts_read_the_desk_only(filled: Store) -> None:
    steps = plan(filled, counts_of(bench.CLERK, bench.PLAIN, bench.TODAY))
    assert [s for s in steps if "task_inbox" in s], steps
    assert [s for s in steps if s.startswith("SCAN task") or "Seq Scan on task" in s] == []


@pytest.mark.parametrize("question", bench.QUESTIONS)
def test_pages_put_together_are_the_whole_in_order(question: str, filled: Store) -> None:
    """Each task once, by due day and id, whatever the size of a page."""
    from services.workflow.domain.paging import sealed

    with UnitOfWork(filled, writing=False) as work:
        inbox = InboxRepository(work)
        query = {**bench.PLAIN, **bench.QUESTIONS[question]}
        whole = [
            (r["sort_due"], r["id"]) for r in inbox.page(bench.CLERK, {**query, "limit": 10_000}, bench.TODAY)
        ]
        for size in (1, 7, 100):
            found: list[tuple[str, str]] = []
            cursor = ""
            while len(found) < min(len(whole), size * 20):
                rows = inbox.page(bench.CLERK, {**query, "limit": size, "cursor": cursor}, bench.TODAY)
                found += [(row["sort_due"], row["id"]) for row in rows]
                cursor = sealed(*found[-1])
            assert found == whole[: len(found)]
    assert whole == sorted(set(whole))


def test_counts_are_what_the_pages_hold(filled: Store) -> None:
    with UnitOfWork(filled, writing=False) as work:
        inbox = InboxRepository(work)
        counts = inbox.counts(bench.CLERK, bench.PLAIN, bench.TODAY)
        for light in ("red", "yellow", "green", "blue"):
            listed = inbox.page(bench.CLERK, {**bench.PLAIN, "light": light, "limit": 10_000}, bench.TODAY)
            assert sum(row[light] for row in counts) == len(listed)
        for row in counts:
            query = {**bench.PLAIN, "item": row["item"], "limit": 10_000}
            assert row["open"] == len(inbox.page(bench.CLERK, query, bench.TODAY))


@pytest.mark.parametrize("cursor", ["x", "WzFd", "W10", "9999|a", "é", "W" * 400])
def test_a_cursor_of_somebody_elses_making_is_refused(cursor: str, filled: Store) -> None:
    with UnitOfWork(filled, writing=False) as work, pytest.raises(BadInput) as refused:
        InboxRepository(work).page(bench.CLERK, {**bench.PLAIN, "cursor": cursor}, bench.TODAY)
    assert [f.code for f in refused.value.faults] == ["cursor"]


def test_what_is_committed_is_listed_at_once(desk: DeskHost) -> None:
    """Read-your-writes: straight after each change, by another connection, with nothing in between."""
    one = clerk("one")
    for number in range(20):
        case_no = f"ryw-{number}"
        desk.file(case_no)
        assert case_no in desk.listed(one)
        desk.claim(case_no, one)
        assert desk.shown(case_no, one)["claimed_by"] == "one"
        desk.complete(case_no, one, "accept")
        assert desk.element(case_no, one) == "first"


def test_another_agency_and_another_role_see_nothing(desk: DeskHost) -> None:
    desk.file("apart-1")
    assert "apart-1" in desk.listed(clerk("one"))
    assert "apart-1" not in desk.listed(clerk("two", agency="11440305MB2X01023X"))
    assert "apart-1" not in desk.listed(clerk("three", roles=("issuer",)))
    assert desk.listed(clerk("four", roles=())) == []
    assert desk.listed(clerk("five", agency="")) == []
    assert AGENCY not in (None, "")
