"""Events that share a commit: together or, when one is at fault, each by itself."""

from __future__ import annotations

from collections.abc import Sequence

import eventlet
from hypothesis import given
from hypothesis import strategies as st

from gdbos_contracts.envelope import Event
from gdbos_contracts.errors import NotFound, Unavailable
from gdbos_runtime import batches
from gdbos_runtime.batches import Batches


def event(id: str) -> Event:
    return Event(id=id, type="t", source="s", subject="", at="", data={}, traceparent="")


class Ledger:
    """Commits all events of a call or none, as a transaction does."""

    def __init__(self, bad: Sequence[str], error: Exception) -> None:
        self.bad, self.error = set(bad), error
        self.committed: list[str] = []
        self.calls: list[list[str]] = []

    def together(self, events: Sequence[Event]) -> None:
        ids = [each.id for each in events]
        self.calls.append(ids)
        eventlet.sleep(0)
        if self.bad & set(ids):
            raise self.error
        self.committed += ids


def run(ids: Sequence[str], ledger: Ledger) -> dict[str, Exception | None]:
    """How each event ended."""
    ended: dict[str, Exception | None] = {}
    together = Batches(ledger.together)

    def one(id: str) -> None:
        (ended[id],) = together.run([event(id)])

    alone, company = ids[::2], ids[1::2]
    threads = [eventlet.spawn(one, id) for id in alone]
    ended |= dict(zip(company, together.run([event(id) for id in company]), strict=True))
    for thread in threads:
        thread.wait()
    return ended


IDS = [str(n) for n in range(batches.LIMIT + 5)]
SOME = st.sampled_from(IDS[:8])


@given(st.lists(SOME, unique=True), st.sets(SOME))
def test_only_the_event_at_fault_fails_and_the_others_are_done_once(ids: list[str], bad: set[str]) -> None:
    ledger = Ledger(sorted(bad), NotFound())
    ended = run(ids, ledger)
    assert {id for id in ids if ended[id] is not None} == bad & set(ids)
    assert sorted(ledger.committed) == sorted(set(ids) - bad)


def test_without_a_fault_a_batch_is_one_commit_and_no_larger_than_its_limit() -> None:
    ledger = Ledger([], NotFound())
    run(IDS, ledger)
    assert [len(call) for call in ledger.calls] == [batches.LIMIT, 5]


def test_with_the_database_away_nobody_is_tried_alone() -> None:
    ledger = Ledger(["1"], Unavailable())
    ended = run(["0", "1", "2"], ledger)
    assert all(isinstance(error, Unavailable) for error in ended.values())
    assert [sorted(call) for call in ledger.calls] == [["0", "1", "2"]]
