"""Machines of agencies over HTTP: jobs taken, done, lost to another and given up; messages that move a case."""

from __future__ import annotations

import time
import uuid
from typing import Any

import pytest
from support.filing import enrolment
from support.site import Answer, Site

PROCESS = "insurance-enrolment"
MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:gdbos="urn:gdbos:bpmn:1"
             xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="urn:example:ledger">
  <message id="booked" name="booked">
    <extensionElements><zeebe:subscription correlationKey="=ledger_no"/></extensionElements>
  </message>
  <process id="ledger" name="参保登记" isExecutable="true">
    <startEvent id="filed"/>
    <serviceTask id="register" name="登记入账" gdbos:job="ledger" gdbos:retry="PT0S">
      <extensionElements>
        <zeebe:ioMapping><zeebe:input source="=region" target="area"/></zeebe:ioMapping>
      </extensionElements>
    </serviceTask>
    <intermediateCatchEvent id="answer" name="等待入账回执">
      <messageEventDefinition messageRef="booked"/>
    </intermediateCatchEvent>
    <exclusiveGateway id="sum"/>
    <endEvent id="done" gdbos:outcome="granted"/>
    <endEvent id="refused" gdbos:outcome="denied"/>
    <sequenceFlow id="f1" sourceRef="filed" targetRef="register"/>
    <sequenceFlow id="f2" sourceRef="register" targetRef="answer"/>
    <sequenceFlow id="f3" sourceRef="answer" targetRef="sum"/>
    <sequenceFlow id="f4" sourceRef="sum" targetRef="done">
      <conditionExpression>paid = true</conditionExpression>
    </sequenceFlow>
    <sequenceFlow id="f5" sourceRef="sum" targetRef="refused">
      <conditionExpression>paid = false</conditionExpression>
    </sequenceFlow>
  </process>
</definitions>
"""


class Machine:
    """A program of an agency that knows the HTTP interface and nothing else."""

    def __init__(self, site: Site, account: str) -> None:
        self._site, self._token = site, site.sign_in(account)

    def post(self, path: str, body: dict[str, Any]) -> Answer:
        return self._site.ask("POST", f"/api/v1{path}", body, self._token)

    def get(self, path: str) -> Answer:
        return self._site.ask("GET", f"/api/v1{path}", token=self._token)

    def lease(self, seconds: int = 600) -> list[dict[str, Any]]:
        answer = self.post("/jobs/lease", {"kinds": ["ledger"], "seconds": seconds, "limit": 10})
        assert answer.status == 200, answer.text
        return list(answer.json["jobs"])

    def until_leased(self) -> dict[str, Any]:
        """The one job, once the lease of another has run out."""
        end = time.monotonic() + 30
        while not (jobs := self.lease()):
            assert time.monotonic() < end, "the lease never ran out"
        (job,) = jobs
        return job

    def of(self, job: dict[str, Any], act: str, **body: Any) -> Answer:
        return self.post(f"/jobs/{job['case_no']}/{job['token']}/{act}", {"lease": job["lease"], **body})


@pytest.fixture(scope="module")
def house(site: Site) -> Site:
    """The agency's process hands its work to a machine."""
    admin = site.sign_in("admin")
    found = site.ask("POST", f"/api/v1/processes/{PROCESS}/versions", {"bpmn": MODEL}, admin)
    assert found.status == 201, found.text
    return site


def filed(site: Site) -> str:
    citizen = site.sign_in("citizen")
    body = enrolment(site, citizen)
    answer = site.ask("POST", "/api/v1/applications", body, citizen, Idempotency_Key=uuid.uuid4().hex)
    assert answer.status == 201, answer.text
    return str(answer.json["case_no"])


def status(site: Site, case_no: str) -> tuple[str, str | None]:
    shown = site.ask("GET", f"/api/v1/applications/{case_no}", token=site.sign_in("citizen")).json
    return shown["status"], shown["outcome"]


def test_a_job_whose_machine_died_is_done_by_another_and_once(house: Site) -> None:
    case_no = filed(house)
    first, second, stranger = (Machine(house, name) for name in ("machine-yb", "machine-yb", "machine-scjg"))
    assert stranger.lease() == []
    (lost,) = first.lease(seconds=1)
    assert (lost["case_no"], lost["kind"], lost["element"]) == (case_no, "ledger", "register")
    assert lost["attributes"]["inputs"] == {"area": "440305"}
    job = second.until_leased()
    assert (job["case_no"], job["token"]) == (case_no, lost["token"]) and job["lease"] != lost["lease"]
    for act, body in (("completion", {}), ("failure", {"reason": "x"}), ("extension", {})):
        late = first.of(lost, act, **body)
        assert (late.status, late.json["code"]) == (409, "stale_task"), act
        assert stranger.of(job, act, **body).status == 404, act
    kept = second.of(job, "extension", seconds=900)
    assert kept.status == 200 and kept.json["until"] and first.lease() == []
    done = second.of(job, "completion", variables={"ledger_no": "L-1"})
    again = second.of(job, "completion", variables={"ledger_no": "L-1"})
    assert (done.status, again.status, again.text) == (200, 200, done.text)
    assert second.of(job, "extension").status == 409, "the job is over"
    moved_by_a_message(house, case_no, second, stranger)


def moved_by_a_message(site: Site, case_no: str, machine: Machine, stranger: Machine) -> None:
    message = {"id": "receipt-1", "name": "booked", "key": "L-1", "variables": {"paid": True}}
    assert stranger.post("/correlations", {**message, "id": "theirs"}).json == {"case_no": ""}
    assert machine.post("/correlations", {**message, "id": "other", "key": "L-2"}).json == {"case_no": ""}
    assert status(site, case_no)[0] != "closed"
    assert machine.post("/correlations", message).json == {"case_no": case_no}
    assert status(site, case_no) == ("closed", "granted")
    assert machine.post("/correlations", message).json == {"case_no": case_no}, "answered, not done twice"
    other = machine.post("/correlations", {**message, "key": "L-3"})
    assert (other.status, other.json["code"]) == (422, "idempotency_mismatch")


def test_what_a_machine_cannot_do_is_an_incident_that_people_resolve(house: Site) -> None:
    case_no = filed(house)
    machine, admin = Machine(house, "machine-yb"), Machine(house, "admin")
    job = machine.until_leased()
    assert machine.of(job, "failure", reason="账务系统停机").status == 200
    retried = machine.until_leased()
    assert retried["lease"] != job["lease"], "tried again by the schedule of the element"
    assert machine.of(retried, "failure", reason="账务系统停机").status == 200
    assert machine.lease() == [], "the schedule is used up"
    (incident,) = admin.get("/incidents").json["incidents"]
    assert (incident["case_no"], incident["attempts"], incident["next_at"]) == (case_no, 2, None)
    assert "账务系统停机" in incident["message"]["zh-Hans"]
    path = f"/incidents/{case_no}/{incident['token']}"
    assert machine.get(path).status == 403, "a machine works, it does not administer"
    assert Machine(house, "agency-admin").get(path).status == 404
    resolved_by_hand(admin, path, case_no)
    receipt = {"id": "receipt-2", "name": "booked", "key": "L-9", "variables": {"paid": False}}
    assert machine.post("/correlations", receipt).json == {"case_no": case_no}
    assert status(house, case_no) == ("closed", "denied")


def resolved_by_hand(admin: Machine, path: str, case_no: str) -> None:
    looked = admin.get(path).json
    wish = {"action": "complete", "reason": "已在柜台登记", "variables": {"ledger_no": "L-9"}}
    preview = admin.post(f"{path}/resolution", wish).json
    assert (preview["applied"], preview["before"], preview["after"]) == (
        False,
        ["登记入账"],
        ["等待入账回执"],
    )
    assert admin.get(path).json == looked, "a preview changes nothing"
    stale = admin.post(f"{path}/resolution", {**wish, "version": "0-0", "dry_run": False})
    assert (stale.status, stale.json["code"]) == (409, "conflict")
    sure = {**wish, "version": preview["version"], "dry_run": False}
    assert admin.post(f"{path}/resolution", sure).json["applied"]
    assert admin.post(f"{path}/resolution", sure).status == 409
    assert admin.get("/incidents").json["incidents"] == []
    (entry,) = admin.get(path).json["resolutions"]
    assert (entry["reason"], entry["by"], entry["variables"]) == ("已在柜台登记", "admin", ["ledger_no"])


def test_the_sealed_log_holds_with_all_that(house: Site) -> None:
    """Run last: what machines and people did replays to the same cases."""
    found = house.command("audit", "verify")
    assert found.returncode == 0, found.stdout + found.stderr
