"""Running cases carried between versions of their process, on the database of the pair."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from support.engine_host import EngineHost, bpmn

from gdbos_contracts.errors import BadInput, Conflict, NotFound
from gdbos_contracts.principal import SYSTEM
from gdbos_runtime.settings import Settings
from services.workflow.adapters import verification
from services.workflow.handlers import migrating

MANY = 10_000 if os.environ.get("GDBOS_FAULT") == "long" else 200
OLD = """
    start s
    and g
    user a role=clerk
    user b role=clerk
    user c role=clerk
    boundary late on=c timer=P1D
    and j
    end e
    end f
    s > g
    g > a > j
    g > b > j
    g > c > j
    j > e
    late > f
"""
LESS = """
    start s
    and g
    user a role=clerk
    user b2 role=chief
    boundary asked on=b2 message=withdraw
    and j
    user last role=clerk
    end e
    s > g
    g > a > j
    g > b2 > j
    j > last > e
    asked > e
"""
RENAMED = """
    start s
    and g
    user a role=clerk
    user b2 role=chief
    boundary asked on=b2 message=withdraw
    user c role=clerk
    boundary late on=c timer=P1D
    and j
    end e
    end f
    s > g
    g > a > j
    g > b2 > j
    g > c > j
    j > e
    late > f
    asked > f
"""
APART = """
    start s
    and g
    user a role=clerk
    user b role=clerk
    user note role=clerk
    and j
    user last role=clerk
    end e
    end n
    s > g
    g > a > j
    g > b > j
    g > note > n
    j > last > e
"""
JOINED = """
    start s
    and g
    user a role=clerk
    user c role=clerk
    and j
    user last role=clerk
    end e
    s > g
    g > a > j
    g > c > j
    j > last > e
"""


@pytest.fixture(scope="module")
def host(settings: Settings) -> Iterator[EngineHost]:
    yield EngineHost(settings)


def publish(host: EngineHost, process: str, *models: str) -> None:
    for model in models:
        host.publish(process, bpmn(model))


def wanted(process: str, **more: Any) -> dict[str, Any]:
    return {
        "process": process,
        "from_version": 1,
        "to_version": 2,
        "moves": {},
        "cases": [],
        "dry_run": False,
        **more,
    }


def migrate(host: EngineHost, id: str, command: dict[str, Any]) -> dict[str, Any]:
    with host.room() as room:
        return migrating.migrate_cases(command, id, SYSTEM, room)


def standing(host: EngineHost, case_no: str) -> set[str]:
    return {facts["e"] for facts in host.case(case_no).doc["tokens"].values()}


def test_a_blocked_case_blocks_all_and_the_report_says_which_and_why(host: EngineHost) -> None:
    publish(host, "m1", OLD)
    host.begin("M1-1", "m1")
    host.begin("M1-2", "m1")
    host.complete("M1-2", "c")
    publish(host, "m1", LESS)
    found = migrate(host, "m1-a", wanted("m1", moves={"b": "b2"}))
    assert (found["applied"], found["cases"]) == (False, 2)
    assert [(each["case_no"], each["faults"][0]["pointer"]) for each in found["blocked"]] == [
        ("M1-1", "/c"),
        ("M1-2", "/f7"),
    ]
    assert found["blocked"][0]["faults"][0]["code"] == "element_gone"
    assert found["blocked"][1]["faults"][0]["code"] == "flow_gone"
    assert {host.case("M1-1").process_version, host.case("M1-2").process_version} == {1}


def test_a_dry_run_changes_nothing(host: EngineHost) -> None:
    publish(host, "m2", OLD)
    host.begin("M2-1", "m2")
    publish(host, "m2", OLD.replace("role=clerk", "role=chief"))
    before = host.case("M2-1")
    found = migrate(host, "m2-a", wanted("m2", dry_run=True))
    assert (found["applied"], found["blocked"], found["cases"]) == (False, [], 1)
    assert host.case("M2-1") == before


def test_tasks_and_waits_follow_the_new_version_and_come_back(host: EngineHost) -> None:
    publish(host, "m3", OLD)
    host.begin("M3-1", "m3")
    host.complete("M3-1", "c")
    before = host.case("M3-1")
    publish(host, "m3", RENAMED)
    assert migrate(host, "m3-a", wanted("m3", moves={"b": "b2"}))["applied"]
    after = host.case("M3-1")
    assert after.process_version == 2 and standing(host, "M3-1") == {"a", "b2"}
    with host.room() as room:
        assert room.subscriptions.waiting("withdraw", None, "message") == ["M3-1"]
        row = room.tasks.get(f"M3-1:{host.token(after, 'b2')}")
    assert row is not None and (row["element"], row["role"], row["status"]) == ("b2", "chief", "open")
    with host.room() as room:
        assert migrating.undo("m3-a", SYSTEM, room) == {"id": "m3-a", "cases": 1}
    again = host.case("M3-1")
    assert (again.doc, again.process_version) == (before.doc, 1)
    with host.room() as room:
        assert room.subscriptions.waiting("withdraw", None, "message") == []
        row = room.tasks.get(f"M3-1:{host.token(again, 'b')}")
    assert row is not None and (row["element"], row["role"], row["status"]) == ("b", "clerk", "open")
    for element in ("a", "b"):
        host.complete("M3-1", element)
    assert host.case("M3-1").outcome == "done"
    assert verification.verify(host.store).broken == []


def test_a_parked_join_that_waits_for_less_fires_at_once(host: EngineHost) -> None:
    publish(host, "m4", OLD)
    host.begin("M4-1", "m4")
    host.complete("M4-1", "a")
    host.complete("M4-1", "b")
    publish(host, "m4", APART)
    assert migrate(host, "m4-a", wanted("m4", moves={"c": "note"}))["applied"]
    assert standing(host, "M4-1") == {"note", "last"}
    with host.room() as room:
        migrating.undo("m4-a", SYSTEM, room)
    assert standing(host, "M4-1") == {"c"}
    host.complete("M4-1", "c")
    assert host.case("M4-1").outcome == "done"


def test_arrivals_whose_flows_become_one_count_once(host: EngineHost) -> None:
    publish(host, "m8", OLD)
    host.begin("M8-1", "m8")
    host.complete("M8-1", "a")
    host.complete("M8-1", "b")
    publish(host, "m8", JOINED)
    assert migrate(host, "m8-a", wanted("m8", moves={"f5": "f3"}))["applied"]
    host.complete("M8-1", "c")
    host.complete("M8-1", "last")
    assert host.case("M8-1").outcome == "done"


def test_what_has_moved_on_does_not_go_back_and_nothing_else_does(host: EngineHost) -> None:
    publish(host, "m5", OLD)
    host.begin("M5-1", "m5")
    host.begin("M5-2", "m5")
    publish(host, "m5", OLD.replace("role=clerk", "role=chief"))
    assert migrate(host, "m5-a", wanted("m5"))["applied"]
    host.complete("M5-2", "a")
    with host.room() as room, pytest.raises(Conflict) as refused:
        migrating.undo("m5-a", SYSTEM, room)
    assert [each.pointer for each in refused.value.faults] == ["/M5-2"]
    assert {host.case("M5-1").process_version, host.case("M5-2").process_version} == {2}
    with host.room() as room, pytest.raises(NotFound):
        migrating.undo("unknown", SYSTEM, room)


def test_a_named_case_must_run_on_the_version(host: EngineHost) -> None:
    with pytest.raises(BadInput):
        migrate(host, "m5-b", wanted("m5", cases=["M5-9"]))


def test_a_timer_that_both_versions_have_keeps_its_due_time(host: EngineHost) -> None:
    publish(host, "m6", OLD)
    host.begin("M6-1", "m6")
    before = host.case("M6-1").doc["waits"]
    publish(host, "m6", OLD.replace("timer=P1D", "timer=P9D"))
    assert migrate(host, "m6-a", wanted("m6"))["applied"]
    assert host.case("M6-1").doc["waits"] == before


def test_many_go_and_come_back_together(host: EngineHost) -> None:
    publish(host, "m7", OLD)
    for start in range(0, MANY, 100):
        with host.room() as room:
            for number in range(start, min(start + 100, MANY)):
                host.start(f"M7-{number:05}", "m7", {"n": number}, room)
            room.work.commit()
    with host.room() as room:
        before = {case.case_no: case.doc for case in room.cases.running("m7", 1, ())}
    publish(
        host,
        "m7",
        OLD.replace("role=clerk", "role=chief").replace("user b", "user b3").replace("> b >", "> b3 >"),
    )
    assert migrate(host, "m7-a", wanted("m7", moves={"b": "b3"}))["applied"]
    with host.room() as room:
        assert len(room.cases.running("m7", 2, ())) == MANY
        assert migrating.undo("m7-a", SYSTEM, room)["cases"] == MANY
    with host.room() as room:
        assert {case.case_no: case.doc for case in room.cases.running("m7", 1, ())} == before
