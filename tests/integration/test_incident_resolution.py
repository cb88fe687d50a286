"""An incident resolved by hand: looked at first, done once, told in the case's history, refused when it is no longer so."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from support.engine_host import EngineHost, bpmn

from gdbos_contracts.errors import BadInput, Conflict, NotFound
from gdbos_contracts.principal import Principal
from gdbos_runtime.settings import Settings
from gdbos_runtime.unit_of_work import RUNTIME
from services.workflow.adapters import verification
from services.workflow.domain.engine import Incident
from services.workflow.domain.engine.replay import Command
from services.workflow.handlers import failing, persisting, resolving, working
from services.workflow.handlers.firing import fire_due
from services.workflow.ports import Room

MODELS = {
    "timed": """
start s
catch t timer=PT0S
xor x
user u role=clerk
end e
s > t > x
x > u if go = true
u > e
""",
    "machine": """
start s
service j job=ledger
boundary b on=j error=E1
user u role=clerk
xor x
end e
end f
s > j > x
x > e if paid = true
b > u > f
""",
}
AGENCY = "OWN-AGENCY"
WHO = Principal("admin-own", "agency_admin", "", (), AGENCY)
NUMBERS = itertools.count()
LEASE = {"kinds": ["ledger"], "seconds": 60, "limit": 100}


class Desk(EngineHost):
    def do(self, act: Callable[..., Any], *arguments: Any) -> Any:
        with self.room() as room:
            return act(*arguments, room)

    def filed(self, process: str) -> str:
        case_no = f"R-{next(NUMBERS)}"
        with self.room() as room:
            self.start(case_no, process, {"go": False, "paid": False}, room, AGENCY)
            room.work.commit()
        return case_no

    def timed(self) -> tuple[str, str]:
        """(case, token) of a timer that found no path."""
        case_no = self.filed("timed")
        fire_due(100, self.room)
        return case_no, self.open_token(case_no)

    def failed_job(self) -> tuple[str, str]:
        """(case, token) of a job whose machine gave up."""
        case_no = self.filed("machine")
        jobs = self.do(working.lease, LEASE, "lease", WHO)["jobs"]
        job = next(each for each in jobs if each["case_no"] == case_no)
        self.do(working.fail, {**job, "reason": "away"}, WHO)
        return case_no, job["token"]

    def open_token(self, case_no: str) -> str:
        found = self.do(failing.incidents, {"limit": 1000, "cursor": ""}, WHO)["incidents"]
        return str(next(each["token"] for each in found if each["case_no"] == case_no))

    def resolve(self, case_no: str, token: str, who: Principal = WHO, **more: Any) -> dict[str, Any]:
        """With the version of now, unless `more` says another."""
        command = {
            "case_no": case_no, "token": token, "action": "complete", "reason": "数据已补", "variables": {}, "error": "",
            "version": "", "dry_run": False, **more,
        }  # fmt: skip
        if not command["version"]:
            command["version"] = self.do(resolving.incident, case_no, token, WHO)["version"]
        return dict(self.do(resolving.resolve, command, who))

    def audited(self, case_no: str) -> list[str]:
        audit = RUNTIME["audit"].c
        query = sa.select(audit.body).where(audit.action == "incident.resolve", audit.object == case_no)
        with self.room() as room:
            return list(room.work.connection.scalars(query))  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def desk(settings: Settings) -> Iterator[Desk]:
    found = Desk(settings)
    for id, model in MODELS.items():
        found.publish(id, bpmn(model))
    yield found


def test_a_preview_says_what_will_happen_and_changes_nothing(desk: Desk) -> None:
    case_no, token = desk.timed()
    before = desk.case(case_no)
    seen = desk.resolve(case_no, token, variables={"go": True}, dry_run=True)
    assert (seen["applied"], seen["before"], seen["after"], seen["outcome"]) == (False, ["t"], ["u"], None)
    assert desk.case(case_no) == before and desk.audited(case_no) == []
    assert desk.open_token(case_no) == token
    done = desk.resolve(case_no, token, variables={"go": True}, version=seen["version"])
    assert (done["applied"], done["after"]) == (True, ["u"])


def test_the_missing_values_let_a_step_go_on_and_the_case_keeps_who_and_why(desk: Desk) -> None:
    case_no, token = desk.timed()
    desk.resolve(case_no, token, variables={"go": True}, reason="陈某电话补充")
    case = desk.case(case_no)
    assert [facts["e"] for facts in case.doc["tokens"].values()] == ["u"]
    (entry,) = case.body["resolutions"]
    assert (entry["by"], entry["reason"], entry["variables"]) == (WHO.id, "陈某电话补充", ["go"])
    with desk.room() as room:
        steps = [(each["command"], json.loads(each["body"])) for each in room.history.of(case_no)]
        told = [line["event"] for line in room.timeline.of(case_no, 0)]
    assert [name for name, _ in steps] == ["start", "assign", "timer"] and "incident_resolved" in told
    (audit,) = desk.audited(case_no)
    assert steps[-1][1]["resolution"] == steps[-2][1]["resolution"] == json.loads(audit)["resolution"]
    assert "陈某" not in audit, "what people write never reaches an audit row"
    shown = desk.do(resolving.incident, case_no, token, WHO)
    assert shown["resolved_at"] and shown["actions"] == [] and shown["resolutions"] == [entry]
    assert not verification.verify(desk.store).broken, "replaying the history gives the document again"


def test_values_that_do_not_help_leave_everything_as_it_was(desk: Desk) -> None:
    case_no, token = desk.timed()
    before = desk.case(case_no)
    for dry_run in (True, False):
        with pytest.raises(Incident) as told:
            desk.resolve(case_no, token, variables={"other": 1}, dry_run=dry_run)
        assert told.value.reason == "no_path"
    assert desk.case(case_no) == before and desk.open_token(case_no) == token


@pytest.mark.parametrize("failed", [Desk.timed, Desk.failed_job], ids=["timer", "job"])
def test_what_failed_in_a_case_that_ended_is_nobodys_concern(
    desk: Desk, failed: Callable[[Desk], tuple[str, str]]
) -> None:
    case_no, token = failed(desk)
    desk.tell(case_no, Command("cancel", "withdrawn"))
    assert not desk.case(case_no).open
    found = desk.do(failing.incidents, {"limit": 1000, "cursor": ""}, WHO)["incidents"]
    assert [each for each in found if each["case_no"] == case_no] == []
    with pytest.raises(NotFound):
        desk.do(failing.retry, case_no, token, WHO)


def test_a_job_is_finished_by_hand_and_its_machine_is_too_late(desk: Desk) -> None:
    case_no, token = desk.failed_job()
    desk.do(failing.retry, case_no, token, WHO)
    (job,) = [j for j in desk.do(working.lease, LEASE, "late", WHO)["jobs"] if j["case_no"] == case_no]
    desk.resolve(case_no, token, variables={"paid": True})
    assert desk.case(case_no).outcome == "done"
    with pytest.raises(Conflict):
        desk.do(working.complete, {**job, "variables": {"paid": False}, "error": ""}, WHO)
    assert desk.case(case_no).outcome == "done"


def test_a_job_ends_by_an_error_that_the_model_catches(desk: Desk) -> None:
    case_no, token = desk.failed_job()
    seen = desk.resolve(case_no, token, action="error", error="E1")
    assert seen["after"] == ["u"] and desk.case(case_no).open


def test_what_was_looked_at_must_still_be_so(desk: Desk) -> None:
    case_no, token = desk.failed_job()
    seen = desk.resolve(case_no, token, variables={"paid": True}, dry_run=True)
    desk.do(failing.retry, case_no, token, WHO)
    (job,) = [j for j in desk.do(working.lease, LEASE, "again", WHO)["jobs"] if j["case_no"] == case_no]
    desk.do(working.fail, {**job, "reason": "away still"}, WHO)
    for version in (seen["version"], "0-0"):
        with pytest.raises(Conflict) as told:
            desk.resolve(case_no, token, variables={"paid": True}, version=version)
        assert "preview" in dict(told.value.detail)["en"]
    assert desk.case(case_no).open


def test_what_is_resolved_is_not_resolved_again(desk: Desk) -> None:
    case_no, token = desk.timed()
    seen = desk.resolve(case_no, token, variables={"go": True})
    for version in (seen["version"], ""):
        with pytest.raises(Conflict) as told:
            desk.resolve(case_no, token, variables={"go": True}, version=version)
        assert "resolved" in dict(told.value.detail)["en"]
    assert len(desk.case(case_no).body["resolutions"]) == len(desk.audited(case_no)) == 1


def test_an_incident_of_a_step_that_is_gone_is_laid_aside(desk: Desk) -> None:
    """The applicant withdrew meanwhile: nothing waits for the step, and no value can help it."""
    case_no, token = desk.timed()
    with pytest.raises(BadInput):
        desk.resolve(case_no, token, action="dismiss")
    desk.tell(case_no, Command("cancel", "withdrawn"))
    assert not desk.case(case_no).open
    for wrong in ({"action": "complete"}, {"action": "dismiss", "variables": {"go": True}}):
        with pytest.raises(BadInput):
            desk.resolve(case_no, token, **wrong)
    desk.resolve(case_no, token, action="dismiss", reason="申请人已撤回")
    assert desk.do(resolving.incident, case_no, token, WHO)["resolved_at"]
    assert desk.case(case_no).outcome == "withdrawn"


def test_a_limit_of_the_law_is_laid_aside_and_looked_at_again(desk: Desk) -> None:
    case_no = desk.filed("machine")

    def broken(key: str, room: Room) -> int:
        raise RuntimeError("broken")

    persisting.each([persisting.Due(case_no, "recount", case_no)], broken, desk.room)
    with pytest.raises(BadInput):
        desk.resolve(case_no, "recount", action="complete")
    desk.resolve(case_no, "recount", action="dismiss")
    assert desk.do(resolving.incident, case_no, "recount", WHO)["resolved_at"]


def test_nobody_resolves_the_incident_of_another_agency(desk: Desk) -> None:
    case_no, token = desk.timed()
    stranger = Principal("x", "agency_admin", "", (), "OTHER")
    for asked in ((case_no, token), (case_no, "no-such"), ("no-such", token)):
        with pytest.raises(NotFound):
            desk.resolve(*asked, who=stranger, version="0-0")
        with pytest.raises(NotFound):
            desk.do(resolving.incident, *asked, stranger)
    assert desk.open_token(case_no) == token
