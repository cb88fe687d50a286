"""Timers on the database of the pair: many in one commit, each once, and none held back by another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from support.engine_host import EngineHost, bpmn

from gdbos_contracts.errors import Unavailable
from gdbos_contracts.principal import SYSTEM
from gdbos_runtime.settings import Settings
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm, verification
from services.workflow.domain.engine.replay import Command
from services.workflow.handlers import failing, firing
from services.workflow.handlers.firing import fire_due
from services.workflow.ports import Room

MODELS = {
    "wait": "start s\ncatch t timer=PT0S\nend e\ns > t > e",
    "twice": "start s\nand g\ncatch t timer=PT0S\ncatch u timer=PT0S\nand j\nend e\ns > g > t > j > e\ng > u > j",
    "either": """
        start s
        user a role=r
        boundary t on=a timer=PT0S
        boundary u on=a timer=PT0S
        end e
        end f outcome=denied
        s > a > e
        t > f
        u > f
    """,
    "poison": """
        start s
        catch t timer=PT0S
        xor x
        task a
        end e
        s > t > x
        x > a if go = true
        a > e
    """,
}


@pytest.fixture(scope="module")
def host(settings: Settings) -> EngineHost:
    found = EngineHost(settings)
    for name, model in MODELS.items():
        found.publish(name, bpmn(model))
    return found


def commands(host: EngineHost, case_no: str) -> list[str]:
    with host.room() as room:
        return [step["command"] for step in room.history.of(case_no)]


def incidents(case_no: str, room: Room) -> list[dict[str, Any]]:
    rows = sa.select(orm.incident).where(orm.incident.c.case_no == case_no)
    return [dict(row._mapping) for row in room.work.connection.execute(rows)]  # type: ignore[attr-defined]


@contextmanager
def commits() -> Iterator[list[int]]:
    """The commits that are made meanwhile."""
    made: list[int] = []
    real = UnitOfWork.commit

    def commit(work: UnitOfWork) -> None:
        made.append(1)
        real(work)

    with patch.object(UnitOfWork, "commit", commit):
        yield made


def test_many_timers_fire_in_one_commit_and_each_once(host: EngineHost) -> None:
    numbers = [f"A{n}" for n in range(30)]
    for number in numbers:
        host.begin(number, "wait")
    with commits() as made:
        assert fire_due(100, host.room) == {"fired": 30}
    assert len(made) == 1
    assert fire_due(100, host.room) == {"fired": 0}
    for number in numbers:
        assert (host.case(number).outcome, commands(host, number)) == ("done", ["start", "timer"])
    assert not {case_no for case_no, _ in verification.verify(host.store).broken} & set(numbers)


def test_a_batch_tells_what_each_of_its_timers_did(host: EngineHost) -> None:
    for number in ("B1", "B2"):
        host.begin(number, "wait")
    fire_due(100, host.room)
    with host.room() as room:
        connection = room.work.connection  # type: ignore[attr-defined]
        audit = sa.text("select object from audit where action = 'timer.fire' and object in ('B1', 'B2')")
        assert sorted(connection.scalars(audit)) == ["B1", "B2"]
        for table in (orm.timeline, orm.case):
            rows = sa.select(table.c.case_no).where(table.c.case_no.in_(("B1", "B2")))
            assert set(connection.scalars(rows)) == {"B1", "B2"}
        assert not list(connection.scalars(sa.select(orm.timer.c.case_no).where(orm.timer.c.case_no == "B1")))


def test_a_timer_that_fails_holds_none_of_its_batch_back(host: EngineHost) -> None:
    host.begin("C1", "poison", {"go": False})
    for number in ("C2", "C3"):
        host.begin(number, "wait")
    assert fire_due(100, host.room) == {"fired": 2}
    assert [host.case(number).outcome for number in ("C1", "C2", "C3")] == [None, "done", "done"]
    with host.room() as room:
        (found,) = incidents("C1", room)
    assert (found["reason"], found["attempts"]) == ("no_path", 1)
    assert commands(host, "C1") == ["start"]


def test_an_incident_is_resolved_in_a_batch_too(host: EngineHost) -> None:
    host.begin("D1", "poison", {"go": False})
    assert fire_due(100, host.room) == {"fired": 0}
    host.tell("D1", Command("assign", variables={"go": True}))
    host.begin("D2", "wait")
    with host.room() as room:
        token = incidents("D1", room)[0]["token"]
        failing.retry("D1", token, SYSTEM, room)
    with commits() as made:
        assert fire_due(100, host.room) == {"fired": 2}
    assert len(made) == 1
    with host.room() as room:
        held = room.incidents.get("D1", token)
    assert held is not None and held["resolved_at"]


def test_both_timers_of_one_case_fire(host: EngineHost) -> None:
    for number in ("E1", "E2"):
        host.begin(number, "twice")
    assert fire_due(100, host.room) == {"fired": 4}
    assert [host.case(number).outcome for number in ("E1", "E2")] == ["done", "done"]
    assert commands(host, "E1") == ["start", "timer", "timer"]


def test_of_two_timers_that_exclude_each_other_one_fires(host: EngineHost) -> None:
    for number in ("F1", "F2"):
        host.begin(number, "either")
    assert fire_due(100, host.room) == {"fired": 2}
    assert [host.case(number).outcome for number in ("F1", "F2")] == ["denied", "denied"]
    assert commands(host, "F1") == ["start", "timer"]


def test_a_case_that_another_writer_moved_meanwhile_stays_as_it_left_it(host: EngineHost) -> None:
    """What the batch read is old: it writes nothing, and each timer fires on what is there."""
    for number in ("G1", "G2"):
        host.begin(number, "wait")
    real = firing._fire

    def slow(timer: Any, case: Any, room: Room) -> int:
        fired = real(timer, case, room)
        if case.case_no == "G1" and not stale:
            stale.append(case)
            room.work.connection.execute(  # type: ignore[attr-defined]
                sa.update(orm.case).where(orm.case.c.case_no == "G2"), {"revision": 7}
            )
        return fired

    stale: list[Any] = []
    with patch.object(firing, "_fire", slow), commits() as made:
        assert fire_due(100, host.room) == {"fired": 2}
    assert stale and len(made) == 3
    assert [commands(host, number) for number in ("G1", "G2")] == [["start", "timer"]] * 2


def test_a_database_that_goes_away_is_nobodys_incident(host: EngineHost) -> None:
    host.begin("H1", "wait")
    host.begin("H2", "wait")

    def away(*_: Any) -> int:
        raise sa.exc.OperationalError("", None, Exception())

    with patch.object(firing, "_fire", away), pytest.raises(Unavailable):
        fire_due(100, host.room)
    with host.room() as room:
        assert incidents("H1", room) == incidents("H2", room) == []
    assert fire_due(100, host.room) == {"fired": 2}


def test_a_timer_of_a_case_that_is_over_is_dropped(host: EngineHost) -> None:
    host.begin("I1", "wait")
    with host.room() as room:
        case = room.cases.get("I1")
        assert case is not None
        case.close("denied", room.work.now.isoformat())
        room.cases.save(case)
        room.work.commit()
    assert fire_due(100, host.room) == {"fired": 0}
    assert commands(host, "I1") == ["start"]


def test_a_timer_that_another_worker_is_at_is_left_to_it(host: EngineHost) -> None:
    if host.store.sqlite:
        pytest.skip("SQLite has one writer: two workers are never at it at once")
    for number in ("J1", "J2"):
        host.begin(number, "wait")
    with host.room() as room:
        mine = room.timers.due(room.work.now, 1)
        assert fire_due(100, host.room) == {"fired": 1}
    assert fire_due(100, host.room) == {"fired": 1}
    assert len(mine) == 1
    assert [commands(host, number) for number in ("J1", "J2")] == [["start", "timer"]] * 2
