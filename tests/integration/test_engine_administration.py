"""Who may touch running processes: an agency's administrator its own and what it took over, nobody another's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from support.engine_host import EngineHost, bpmn

from gdbos_contracts.errors import BadInput, Conflict, Forbidden, IdempotencyMismatch, NotFound, StaleTask
from gdbos_contracts.principal import SYSTEM, Principal
from gdbos_runtime.settings import Settings
from services.workflow.adapters.repository import KeyRepository
from services.workflow.handlers import failing, migrating, resolving, succeeding, working
from services.workflow.handlers.firing import fire_due
from services.workflow.ports import Room

POISON = """
start s
catch t timer=PT0S
xor x
task a
end e
s > t > x
x > a if go = true
a > e
"""
MODELS = {
    "poison": POISON,
    "machine": "start s\nservice j job=ledger\nend e\ns > j > e",
    "waiting": "start s\ncatch m message=paid\nend e\ns > m > e",
    "form": "start s\nuser fill role=r\nend e\ns > fill > e",
}
OWN, OTHER = "OWN-AGENCY", "OTHER-AGENCY"
ADMIN = Principal("admin", "admin", "")
QUERY = {"limit": 100, "cursor": ""}


def of(agency: str | None, kind: str = "agency_admin") -> Principal:
    return Principal(f"{kind}-{agency}", kind, "", (), agency)


class Host(EngineHost):
    def file(self, case_no: str, process: str, agency: str) -> None:
        with self.room() as room:
            self.start(case_no, process, {"go": False}, room, agency)
            room.work.commit()

    def do(self, act: Any, *arguments: Any) -> Any:
        with self.room() as room:
            return act(*arguments, room)


def correlate(message: dict[str, Any], who: Principal, room: Room) -> dict[str, Any]:
    return working.correlate(message, who, KeyRepository(room.work), room)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def host(settings: Settings) -> Iterator[Host]:
    found = Host(settings)
    for id, model in MODELS.items():
        found.publish(id, bpmn(model))
    yield found


@pytest.fixture(scope="module")
def broken(host: Host) -> list[dict[str, Any]]:
    """Incidents of three cases, two of them of the own agency."""
    for case_no, agency in (("P-own-1", OWN), ("P-own-2", OWN), ("P-other", OTHER)):
        host.file(case_no, "poison", agency)
    fire_due(10, host.room)
    return list(host.do(failing.incidents, QUERY, ADMIN)["incidents"])


def test_an_administrator_sees_the_incidents_of_their_agency(
    host: Host, broken: list[dict[str, Any]]
) -> None:
    assert {each["case_no"] for each in broken} == {"P-own-1", "P-own-2", "P-other"}
    own = host.do(failing.incidents, QUERY, of(OWN))
    assert ({each["case_no"] for each in own["incidents"]}, own["next"]) == ({"P-own-1", "P-own-2"}, None)
    assert own["incidents"][0]["step"] == "x"
    assert own["incidents"][0]["process"] == "poison"


def test_incidents_come_in_pages_that_miss_none(host: Host, broken: list[dict[str, Any]]) -> None:
    seen, cursor = [], ""
    while cursor is not None:
        page = host.do(failing.incidents, {"limit": 1, "cursor": cursor}, ADMIN)
        seen += [each["case_no"] for each in page["incidents"]]
        cursor = page["next"]
    assert seen == [each["case_no"] for each in broken]
    with pytest.raises(BadInput):
        host.do(failing.incidents, {"limit": 1, "cursor": "x"}, ADMIN)


def test_nobody_retries_the_incident_of_another_agency(host: Host, broken: list[dict[str, Any]]) -> None:
    other = next(each for each in broken if each["case_no"] == "P-other")
    for token in (other["token"], "no-such"):
        with pytest.raises(NotFound):
            host.do(failing.retry, "P-other", token, of(OWN))
    with pytest.raises(NotFound):
        host.do(failing.retry, "no-such", other["token"], of(OTHER))
    assert host.do(failing.retry, "P-other", other["token"], of(OTHER))["case_no"] == "P-other"


@pytest.mark.parametrize("kind", ["person", "agent", "clerk", "supervisor"])
def test_only_administrators_reach_running_processes(host: Host, kind: str) -> None:
    who = of(OWN, kind)
    wanted = {
        "process": "form",
        "from_version": 1,
        "to_version": 1,
        "moves": {},
        "cases": [],
        "dry_run": True,
    }
    lease = {"kinds": ["ledger"], "seconds": 60, "limit": 5}
    job = {"case_no": "x", "token": "x", "lease": "x", "variables": {}, "error": "", "reason": ""}
    message = {"id": "x", "name": "paid", "key": None, "variables": {}}
    for act, arguments in (
        (failing.incidents, (QUERY, who)),
        (failing.retry, ("x", "x", who)),
        (migrating.migrate_cases, (wanted, "m", who)),
        (migrating.migrations, ({**QUERY, "process": ""}, who)),
        (resolving.incident, ("x", "x", who)),
        (resolving.resolve, ({"case_no": "x"}, who)),
        (working.lease, (lease, "l", who)),
        (working.complete, (job, who)),
        (working.fail, (job, who)),
        (correlate, (message, who)),
    ):
        with pytest.raises(Forbidden):
            host.do(act, *arguments)
    with pytest.raises(Forbidden):
        host.do(failing.incidents, QUERY, of(None))


def test_a_machine_works_for_its_agency_only(host: Host) -> None:
    host.file("J-own", "machine", OWN)
    host.file("J-other", "machine", OTHER)
    wanted = {"kinds": ["ledger"], "seconds": 60, "limit": 5}
    (job,) = host.do(working.lease, wanted, "one", of(OWN))["jobs"]
    assert job["case_no"] == "J-own"
    (theirs,) = host.do(working.lease, wanted, "two", of(OTHER))["jobs"]
    stolen = {**theirs, "variables": {}, "error": "", "reason": "x"}
    for act in (working.complete, working.fail):
        with pytest.raises(NotFound):
            host.do(act, stolen, of(OWN))
    assert host.case("J-other").outcome is None
    assert host.do(working.complete, stolen, of(OTHER)) == {"done": True}
    assert host.case("J-other").outcome == "done"


def test_a_message_passes_over_the_cases_of_others(host: Host) -> None:
    host.file("M-other", "waiting", OTHER)
    host.file("M-own", "waiting", OWN)
    message = {"id": "m-1", "name": "paid", "key": None, "variables": {}}
    assert host.do(correlate, message, of(OWN)) == {"case_no": "M-own"}
    assert host.do(correlate, {**message, "id": "m-2"}, of(OWN)) == {"case_no": ""}
    assert host.case("M-other").outcome is None


def test_a_message_is_answered_again_and_delivered_once(host: Host) -> None:
    """Whoever did not hear the answer asks again, and another message under the same id is not taken for it."""
    host.file("M-1", "waiting", OWN)
    host.file("M-2", "waiting", OWN)
    message = {"id": "again", "name": "paid", "key": None, "variables": {}}
    assert [host.do(correlate, message, of(OWN)) for _ in range(2)] == [{"case_no": "M-1"}] * 2
    assert host.case("M-2").outcome is None
    with pytest.raises(IdempotencyMismatch):
        host.do(correlate, {**message, "variables": {"sum": 1}}, of(OWN))
    nobody = {**message, "id": "early", "name": "not-yet"}
    assert host.do(correlate, nobody, of(OWN)) == {"case_no": ""}
    assert host.do(correlate, {**nobody, "name": "paid"}, of(OWN)) == {"case_no": "M-2"}, "nothing was kept"


def test_a_machine_does_its_jobs_and_nothing_else(host: Host) -> None:
    host.file("K-own", "machine", OWN)
    wanted, who = {"kinds": ["ledger"], "seconds": 60, "limit": 5}, of(OWN, "machine")
    (job,) = host.do(working.lease, wanted, "one", who)["jobs"]
    held = {**job, "seconds": 600, "variables": {}, "error": "", "reason": ""}
    assert host.do(working.extend, held, who)["until"]
    assert host.do(working.lease, wanted, "two", who) == {"jobs": []}
    with pytest.raises(StaleTask):
        host.do(working.extend, {**held, "lease": "two"}, who)
    with pytest.raises(NotFound):
        host.do(working.extend, held, of(OTHER, "machine"))
    assert host.do(working.complete, held, who) == {"done": True}
    for act, arguments in (
        (failing.incidents, (QUERY, who)),
        (failing.retry, ("K-own", "x", who)),
        (migrating.migrations, ({**QUERY, "process": ""}, who)),
        (migrating.undo, ("m-own", who)),
        (resolving.incident, ("K-own", "x", who)),
    ):
        with pytest.raises((Forbidden, NotFound)):
            host.do(act, *arguments)


def test_a_migration_carries_the_callers_cases_and_only_they_undo_it(host: Host) -> None:
    for case_no, agency in (("F-own", OWN), ("F-other", OTHER)):
        host.file(case_no, "form", agency)
    host.publish("form", bpmn(MODELS["form"].replace("fill", "fill2").replace("fill22", "fill2")))
    wanted = {
        "process": "form", "from_version": 1, "to_version": 2, "moves": {"fill": "fill2"}, "cases": [],
        "dry_run": True,
    }  # fmt: skip
    preview = host.do(migrating.migrate_cases, wanted, "dry", of(OWN))
    assert (preview["cases"], preview["blocked"], preview["applied"]) == (1, [], False)
    assert host.case("F-own").process_version == 1
    with pytest.raises(BadInput):
        host.do(migrating.migrate_cases, {**wanted, "cases": ["F-other"]}, "x", of(OWN))
    done = host.do(migrating.migrate_cases, {**wanted, "dry_run": False}, "m-own", of(OWN))
    assert (done["cases"], done["applied"]) == (1, True)
    assert (host.case("F-own").process_version, host.case("F-other").process_version) == (2, 1)
    host.do(migrating.migrate_cases, {**wanted, "dry_run": False}, "m-all", ADMIN)
    with pytest.raises(NotFound):
        host.do(migrating.undo, "m-own", of(OTHER))
    assert host.do(migrating.undo, "m-own", of(OWN))["cases"] == 1
    assert (host.case("F-own").process_version, host.case("F-other").process_version) == (1, 2)


def listed(host: Host, who: Principal, **more: Any) -> list[dict[str, Any]]:
    query = {"limit": 100, "cursor": "", "process": "carried", **more}
    return list(host.do(migrating.migrations, query, who)["migrations"])


def test_migrations_are_listed_to_those_whose_cases_they_carried(host: Host) -> None:
    """Who, when, from where to where, how many moved, stayed and moved on; undone as long as that is allowed."""
    host.publish("carried", bpmn(MODELS["form"]))
    assert listed(host, ADMIN) == []
    for case_no, agency in (("L-1", OWN), ("L-2", OWN), ("L-3", OTHER)):
        host.file(case_no, "carried", agency)
    host.publish("carried", bpmn(MODELS["form"].replace("start s", "start s0").replace("s >", "s0 >")))
    wanted = {"process": "carried", "from_version": 1, "to_version": 2, "moves": {}, "dry_run": False}
    host.do(migrating.migrate_cases, {**wanted, "cases": ["L-1", "L-1"]}, "run-1", of(OWN))
    host.do(migrating.migrate_cases, {**wanted, "cases": []}, "run-2", ADMIN)
    last, first = listed(host, ADMIN)
    assert (first["id"], first["cases"], first["stayed"], first["status"]) == ("run-1", 1, 1, "undoable")
    assert (first["from_version"], first["to_version"], first["by"]) == (1, 2, of(OWN).id)
    assert (last["id"], last["cases"], last["stayed"], last["status"]) == ("run-2", 2, 0, "undoable")
    own = listed(host, of(OWN))
    assert [(each["id"], each["cases"], each["status"]) for each in own] == [
        ("run-2", 1, "shared"), ("run-1", 1, "undoable"),
    ]  # fmt: skip
    assert [each["id"] for each in listed(host, of(OTHER))] == ["run-2"]
    assert listed(host, of("THIRD")) == [] and listed(host, ADMIN, process="form")[0]["process"] == "form"
    host.do(migrating.undo, "run-1", of(OWN))
    host.complete("L-3", "fill")
    last, first = listed(host, ADMIN)
    assert (first["status"], first["undone_by"]) == ("undone", of(OWN).id) and first["undone_at"]
    assert (last["status"], last["moved_on"], last["cases"]) == ("moved_on", 1, 2)
    with pytest.raises(Conflict):
        host.do(migrating.undo, "run-1", of(OWN))
    with pytest.raises(Conflict):
        host.do(migrating.undo, "run-2", ADMIN)


def test_migrations_come_in_pages_that_miss_none(host: Host) -> None:
    everything = [each["id"] for each in listed(host, ADMIN, process="")]
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"limit": 1, "cursor": cursor, "process": ""}
        page = host.do(migrating.migrations, query, ADMIN)
        seen += [each["id"] for each in page["migrations"]]
        cursor = page["next"]
    assert seen == everything and len(seen) >= 4


def test_whoever_took_an_agency_over_administers_its_processes(
    host: Host, broken: list[dict[str, Any]]
) -> None:
    with host.room() as room:
        succeeding.succeed({"old": OWN, "new": "HEIR", "from_day": date(2020, 1, 1)}, room)
    assert len(host.do(failing.incidents, QUERY, of("HEIR"))["incidents"]) == 2
    with pytest.raises(Forbidden):
        host.do(failing.incidents, QUERY, of(OWN))
    assert len(host.do(failing.incidents, QUERY, SYSTEM)["incidents"]) == 3
