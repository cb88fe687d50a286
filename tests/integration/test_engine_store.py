"""The engine on the database of the pair: history, incidents, jobs, messages, commands repeated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from support.engine_host import EngineHost, bpmn

from gdbos_contracts.errors import Conflict, NotFound, StaleTask
from gdbos_contracts.principal import SYSTEM
from gdbos_runtime.settings import Settings
from services.workflow.adapters import orm, verification
from services.workflow.adapters.repository import KeyRepository
from services.workflow.domain.engine.history import broken_at
from services.workflow.domain.engine.replay import Command, replayed
from services.workflow.handlers import failing, working
from services.workflow.handlers.firing import fire_due
from services.workflow.handlers.stepping import done_before, graph_of
from services.workflow.ports import Room

MODELS = {
    "loop": """
        start s
        user fill role=r
        user check role=r
        xor x
        end e
        s > fill > check > x
        x > fill if again
        x > e default
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
    "plain_timer": "start s\ncatch t timer=PT0S\nend e\ns > t > e",
    "machine": """
        start s
        service j job=ledger
        boundary wrong on=j error=REFUSED
        end e outcome=granted
        end f outcome=denied
        s > j > e
        wrong > f
    """,
    "waiting": """
        start s
        catch m message=paid
        end e
        s > m > e
    """,
    "paying": "start s\nthrow t message=paid\nend e\ns > t > e",
}


@pytest.fixture(scope="module")
def host(settings: Settings) -> Iterator[EngineHost]:
    found = EngineHost(settings)
    for name, model in MODELS.items():
        found.publish(name, bpmn(model.replace("", "")))
    yield found


def steps(host: EngineHost, case_no: str) -> list[dict[str, Any]]:
    with host.room() as room:
        return [dict(each) for each in room.history.of(case_no)]


def test_history_has_a_sealed_step_for_each_command_and_replays_to_the_document(host: EngineHost) -> None:
    host.begin("H1", "loop", {"again": True})
    host.complete("H1", "fill", note=1)
    host.complete("H1", "check", again=True)
    host.complete("H1", "fill")
    case, found = host.case("H1"), steps(host, "H1")
    assert [step["command"] for step in found] == ["start", "complete", "complete", "complete"]
    assert broken_at(found, case.seal, case.doc) is None
    commands = []
    for each in found:
        body = json.loads(each["body"])
        command = Command(body["do"], body["target"], body.get("variables", {}))
        commands.append((command, datetime.fromisoformat(each["at"])))
    with host.room() as room:
        assert replayed(graph_of(case, room), commands) == case.doc


@pytest.mark.parametrize(
    ("field", "value"), [("body", "{}"), ("actor", "other"), ("at", "2020"), ("key", "k")]
)
def test_a_step_altered_is_found(host: EngineHost, field: str, value: str) -> None:
    number = f"A-{field}"
    host.begin(number, "loop", {"again": True})
    host.complete(number, "fill")
    case, found = host.case(number), steps(host, number)
    found[0][field] = value
    assert broken_at(found, case.seal, case.doc) == 1
    assert broken_at(found[:1], case.seal, case.doc) is not None


def test_a_document_altered_behind_the_engine_is_found_by_the_audit(host: EngineHost) -> None:
    host.begin("D1", "loop", {"again": True})
    assert ("D1", 2) not in verification.verify(host.store).broken
    with host.room() as room:
        doc = {**host_doc(room, "D1"), "vars": {"again": False}}
        connection = room.work.connection  # type: ignore[attr-defined]
        connection.execute(sa.update(orm.case).where(orm.case.c.case_no == "D1"), {"doc": doc})
        room.work.commit()
    assert ("D1", 2) in verification.verify(host.store).broken


def host_doc(room: Any, case_no: str) -> dict[str, Any]:
    return dict(room.cases.get(case_no).doc)


def test_a_command_is_not_done_twice_under_its_key(host: EngineHost) -> None:
    case = host.begin("K1", "loop", {"again": True})
    token = host.token(case, "fill")
    host.complete("K1", "fill", action="done")
    with host.room() as room:
        assert done_before("K1", token, {"action": "done"}, room)
        assert not done_before("K1", token, {"action": "deny"}, room)
        assert not done_before("K1", "t99", {}, room)
        assert not done_before("K1", "", {}, room)
    with pytest.raises(StaleTask):
        host.tell("K1", Command("complete", token), key=token)
    with pytest.raises(Conflict):
        host.tell("K1", Command("assign", variables={"x": 1}), key=token)


def test_one_case_that_fails_stops_no_other_and_is_an_incident(host: EngineHost) -> None:
    host.begin("P1", "poison", {"go": False})
    host.begin("P2", "plain_timer")
    assert fire_due(10, host.room) == {"fired": 1}
    assert host.case("P2").outcome == "done"
    with host.room() as room:
        (found,) = [each for each in room.incidents.open((), "", 10) if each["case_no"] == "P1"]
    assert (found["element"], found["reason"], found["attempts"]) == ("x", "no_path", 1)
    assert found["next_at"] and set(found["message"]) == {"zh-Hans", "zh-Hant", "en"}
    assert fire_due(10, host.room) == {"fired": 0}
    assert steps(host, "P1")[-1]["command"] == "start"
    _again(host, "P1", found["token"], len(failing.RETRIES))
    host.tell("P1", Command("assign", variables={"go": True}))
    with host.room() as room:
        failing.retry("P1", found["token"], SYSTEM, room)
    assert fire_due(10, host.room) == {"fired": 1}
    with host.room() as room:
        assert room.incidents.get("P1", found["token"])["resolved_at"]  # type: ignore[index]
        with pytest.raises(NotFound):
            failing.retry("P1", found["token"], SYSTEM, room)


def _again(host: EngineHost, case_no: str, token: str, times: int) -> None:
    """Failing until its schedule is used up: then it waits for people."""
    for attempt in range(2, times + 2):
        with host.room() as room:
            failing.retry(case_no, token, SYSTEM, room)
        assert fire_due(10, host.room) == {"fired": 0}
        with host.room() as room:
            held = room.incidents.get(case_no, token)
            assert held is not None and held["attempts"] == attempt
            assert bool(held["next_at"]) == (attempt <= times)


def test_a_job_belongs_to_its_lease(host: EngineHost) -> None:
    host.begin("J1", "machine")
    wanted = {"kinds": ["ledger"], "seconds": 60, "limit": 5}
    with host.room() as room:
        (job,) = working.lease(wanted, "one", SYSTEM, room)["jobs"]
    with host.room() as room:
        assert working.lease(wanted, "two", SYSTEM, room)["jobs"] == []
    done = {"case_no": "J1", "token": job["token"], "variables": {"entry": 7}, "error": ""}
    with host.room() as room, pytest.raises(StaleTask):
        working.complete({**done, "lease": "two"}, SYSTEM, room)
    for _ in range(2):  # the answer was lost: the same again
        with host.room() as room:
            assert working.complete({**done, "lease": "one"}, SYSTEM, room) == {"done": True}
    assert [step["command"] for step in steps(host, "J1")] == ["start", "complete"]
    assert host.case("J1").doc["vars"] == {"entry": 7}


def test_the_job_of_a_worker_that_died_goes_to_the_next_and_the_dead_ones_effects_are_dropped(
    host: EngineHost,
) -> None:
    host.begin("J2", "machine")
    with host.room() as room:
        (job,) = working.lease({"kinds": ["ledger"], "seconds": -1, "limit": 5}, "dead", SYSTEM, room)["jobs"]
    with host.room() as room:
        assert (
            len(working.lease({"kinds": ["ledger"], "seconds": 60, "limit": 5}, "next", SYSTEM, room)["jobs"])
            == 1
        )
    done = {"case_no": "J2", "token": job["token"], "variables": {}, "error": "REFUSED"}
    with host.room() as room, pytest.raises(StaleTask):
        working.complete({**done, "lease": "dead"}, SYSTEM, room)
    with host.room() as room:
        working.complete({**done, "lease": "next"}, SYSTEM, room)
    assert host.case("J2").outcome == "denied"


def test_a_job_that_fails_is_tried_again_later_and_kept_as_an_incident(host: EngineHost) -> None:
    host.begin("J3", "machine")
    wanted = {"kinds": ["ledger"], "seconds": 60, "limit": 5}
    with host.room() as room:
        (job,) = working.lease(wanted, "one", SYSTEM, room)["jobs"]
    failed = {"case_no": "J3", "token": job["token"], "lease": "one", "reason": "the ledger is away"}
    with host.room() as room:
        working.fail(failed, SYSTEM, room)
    with host.room() as room:
        assert working.lease(wanted, "two", SYSTEM, room)["jobs"] == []
        held = room.incidents.get("J3", job["token"])
        assert held is not None and (held["reason"], held["element"]) == ("job_failed", "j")
    with host.room() as room:
        failing.retry("J3", job["token"], SYSTEM, room)
    with host.room() as room:
        assert len(working.lease(wanted, "two", SYSTEM, room)["jobs"]) == 1


def keys_of(room: Room) -> KeyRepository:
    return KeyRepository(room.work)  # type: ignore[arg-type]


def test_a_message_reaches_one_case_once(host: EngineHost) -> None:
    host.begin("M1", "waiting")
    host.begin("M2", "waiting")
    told = {"id": "m-1", "name": "paid", "key": None, "variables": {"fee": "30.00"}}
    with host.room() as room:
        assert working.correlate(told, SYSTEM, keys_of(room), room) == {"case_no": "M1"}
    with host.room() as room:
        working.deliver("M1", "message", told, room)
    assert (host.case("M1").outcome, host.case("M2").outcome) == ("done", None)
    with host.room() as room:
        assert working.correlate({**told, "id": "m-2", "name": "unknown"}, SYSTEM, keys_of(room), room) == {
            "case_no": ""
        }


def test_a_message_that_a_process_throws_goes_to_the_case_that_waits_for_it(host: EngineHost) -> None:
    host.begin("M3", "waiting")
    host.begin("T1", "paying")
    with host.room() as room:
        outbox = sa.text("select body from outbox order by id desc limit 20")
        sent = [json.loads(body) for body in room.work.connection.scalars(outbox)]  # type: ignore[attr-defined]
    (event,) = [each for each in sent if each["type"] == "message.sent"]
    with host.room() as room:
        working.receive(event["subject"], event["id"], event["data"], room)
    assert host.case(event["subject"]).outcome == "done"
