"""Trials and drafts on the database of the pair: nothing tried twice, nothing lost with a worker, numbers only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from support.engine_host import EngineHost, bpmn

from gdbos_contracts.errors import BadInput, Conflict, NotFound
from gdbos_runtime.settings import Settings
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters import orm
from services.workflow.adapters.logs import LogRepository
from services.workflow.adapters.processes import ProcessRepository
from services.workflow.adapters.rooms import room_of
from services.workflow.adapters.trials import ModelDraftRepository, TrialRepository
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.simulation import suggested
from services.workflow.handlers import drafting, reengineering, trying

MODEL = bpmn("start s\nuser a role=r\nend e\ns > a > e")


@pytest.fixture(scope="module")
def host(settings: Settings) -> EngineHost:
    made = EngineHost(settings)
    made.publish("simple", MODEL)
    return made


@pytest.fixture
def works(host: EngineHost) -> Callable[[], Any]:
    @contextmanager
    def enter() -> Iterator[tuple[TrialRepository, Calendar, UnitOfWork]]:
        with UnitOfWork(host.store) as work:
            yield TrialRepository(work), Calendar(), work

    return enter


def at_once(function: Callable[..., dict[str, Any]], *given: Any) -> dict[str, Any]:
    return function(*given)


def asked(host: EngineHost, works: Callable[[], Any], id: str, **more: Any) -> None:
    with works() as (runs, _, work):
        held = ProcessRepository(work, host.memory)
        graph = reengineering.graph("simple", None, held)
        scenario = {**suggested(graph), "days": 5, "warm_up": 0, "replications": 3, **more}
        command = {"id": "simple", "version": None, "against": None, "bpmn": "", "scenario": scenario}
        trying.ask_process(command, id, held, runs, work)


def seen(works: Callable[[], Any], id: str) -> dict[str, Any]:
    with works() as (runs, _, _):
        return trying.trial(id, "en", runs)


def worked_off(works: Callable[[], Any]) -> int:
    times = 0
    while trying.advance(works, at_once)["ran"]:
        times += 1
    return times


def test_a_trial_is_worked_off_one_replication_at_a_time(host: EngineHost, works: Callable[[], Any]) -> None:
    asked(host, works, "one")
    assert seen(works, "one")["state"] == "running"
    assert trying.advance(works, at_once) == {"ran": 1}
    assert (seen(works, "one")["done"], seen(works, "one")["total"]) == (1, 3)
    assert worked_off(works) == 2
    found = seen(works, "one")
    assert found["state"] == "done" and found["report"]["sides"]["after"]["replications"] == 3


def test_a_worker_that_dies_costs_its_replication_and_changes_no_number(
    host: EngineHost, works: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: Any) -> dict[str, Any]:
        raise KeyboardInterrupt

    asked(host, works, "two")
    assert trying.advance(works, at_once) == {"ran": 1}
    with pytest.raises(KeyboardInterrupt):
        trying.advance(works, dies)
    assert trying.advance(works, at_once) == {"ran": 0}, "the dead worker's lease still holds"
    with works() as (runs, _, work):
        runs.save("two", 1, {"leased_until": 0.0})
        work.commit()
    assert worked_off(works) == 2
    assert seen(works, "two")["report"] == seen(works, "one")["report"]


def test_a_replication_that_two_have_done_counts_once(host: EngineHost, works: Callable[[], Any]) -> None:
    def late(*given: Any) -> dict[str, Any]:
        found = at_once(*given)
        with works() as (runs, _, work):
            assert runs.save("three", 0, {"done": 1, "found": [found], "leased_until": 0.0})
            work.commit()
        return found

    asked(host, works, "three")
    assert trying.advance(works, late) == {"ran": 1}
    assert seen(works, "three")["done"] == 1
    assert worked_off(works) == 2


def test_what_could_not_run_is_refused_and_nothing_is_kept(
    host: EngineHost, works: Callable[[], Any]
) -> None:
    with pytest.raises(BadInput):
        asked(host, works, "never", steps={})
    with pytest.raises(NotFound):
        seen(works, "never")


def test_a_draft_is_saved_by_whoever_saw_the_one_before(host: EngineHost) -> None:
    def save(content: str, revision: int, kind: str = "process") -> int:
        with UnitOfWork(host.store) as work:
            command = {"id": "simple", "kind": kind, "content": content, "revision": revision}
            return int(drafting.save(command, ModelDraftRepository(work), work)["revision"])

    text = MODEL.decode()
    assert save(text, 0) == 1
    with pytest.raises(Conflict):
        save(text, 0)
    assert save(text + "<!-- -->", 1) == 2
    for bad in ("<definitions", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'):
        for kind in ("process", "decision"):
            with pytest.raises(BadInput):
                save(bad, 2, kind)
    with UnitOfWork(host.store) as work:
        held = drafting.held("process", "simple", ModelDraftRepository(work))["draft"]
    assert held["revision"] == 2 and held["content"].endswith("<!-- -->")


def test_the_year_is_counted_in_the_database_and_no_case_leaves_it(host: EngineHost) -> None:
    for number in range(3):
        host.begin(f"arrival-{number}", "simple")
    with UnitOfWork(host.store) as work:
        room = room_of(work, host.memory)
        query = {"id": "simple", "item": "", "bundle": ""}
        found = trying.arrivals(query, room.processes, LogRepository(work), Calendar(), work)
    assert found["cases"] == 3 and found["by_hour"] == {}
    assert "arrival" not in str(found)


def test_the_year_is_told_by_item_and_by_bundle(host: EngineHost) -> None:
    with UnitOfWork(host.store) as work:
        mine = orm.case.c.process == "simple"
        numbers = list(
            work.connection.scalars(sa.select(orm.case.c.case_no).where(mine, orm.case.c.kind == "item"))
        )
        whole = dict(
            work.connection.execute(sa.select(orm.case).where(orm.case.c.case_no == numbers[0]))
            .one()
            ._mapping
        )
        bundle = {"case_no": "whole-1", "kind": "bundle", "item": "shop", "name": {"en": "Open a shop"}}
        work.connection.execute(sa.insert(orm.case), {**whole, **bundle, "process": ""})
        changed = sa.update(orm.case).where(orm.case.c.case_no == numbers[0])
        work.connection.execute(changed.values(parent="whole-1", item="sign", name={"en": "Sign"}))
        log, calendar, held = LogRepository(work), Calendar(), room_of(work, host.memory).processes

        def cases(**way: str) -> int:
            query = {"id": "simple", "item": "", "bundle": "", **way}
            return int(trying.arrivals(query, held, log, calendar, work)["cases"])

        assert cases(item="sign") == cases(bundle="shop") == 1
        assert cases() == len(numbers) and cases(item="sign", bundle="shop") == 1
        assert cases(bundle="another") == cases(item="shop") == 0
        found = trying.arrivals({"id": "simple", "item": "", "bundle": ""}, held, log, calendar, work)
    assert found["bundles"] == [{"code": "shop", "name": {"en": "Open a shop"}, "cases": 1}]
    assert sum(each["cases"] for each in found["items"]) == len(numbers)
    assert {"code": "sign", "name": {"en": "Sign"}, "cases": 1} in found["items"]
