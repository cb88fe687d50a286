"""送達 as a task of a process: the case waits for it, and the identity number of who collects is kept nowhere."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from support.engine_host import EngineHost
from support.filed import AGENCY, OneItem
from support.house import ROOT

from gdbos_contracts.errors import BadInput
from gdbos_contracts.principal import Principal
from gdbos_runtime import clock, context
from gdbos_runtime.packs.driving import PDF
from gdbos_runtime.settings import Settings
from services.workflow.adapters.clients import FlightBoard
from services.workflow.adapters.repository import KeyRepository
from services.workflow.handlers import deciding, submitting

NUMBER = "440305199003071236"
CITIZEN = Principal("citizen", "person", "陈晓明", subject={"person.citizen_id": NUMBER})
CLERK = Principal("clerk", "clerk", "辦事員", ("intake", "reviewer", "decider"), agency=AGENCY)
TASK = (
    '<bpmn:userTask id="hand_over" name="送达" gdbos:role="intake" gdbos:state="delivering"'
    ' gdbos:actions="deliver attempt_failed"><bpmn:incoming>f_grant</bpmn:incoming>'
    "<bpmn:outgoing>f_served</bpmn:outgoing></bpmn:userTask>"
)
FLOW = '<bpmn:sequenceFlow id="f_served" sourceRef="hand_over" targetRef="end_granted" />'


def model() -> bytes:
    """The process of the outdoor sign, with a task of service between the grant and the end."""
    text = (ROOT / "deploy/packs/starter/processes/signboard.bpmn").read_text(encoding="utf-8")
    text = text.replace('targetRef="end_granted"', 'targetRef="hand_over"')
    text = text.replace('<bpmn:endEvent id="end_granted"', TASK + '<bpmn:endEvent id="end_granted"')
    return text.replace("</bpmn:process>", FLOW + "</bpmn:process>").encode()


@pytest.fixture
def host(settings: Settings) -> Iterator[EngineHost]:
    context.bind(context.Context())
    found = EngineHost(settings)
    found.publish("served", model())
    clock.start_at("2026-11-24T10:00:00+08:00")
    yield found
    clock.start_at("")


def act(host: EngineHost, case_no: str, action: str, **data: str) -> dict[str, Any]:
    tokens = host.case(case_no).doc["tokens"].items()
    token = next(t for t, facts in tokens if facts.get("k") == "task")
    command = {"action": action, "data": data, "comment": ""}
    with host.room() as room:
        return deciding.complete(f"{case_no}:{token}", command, CLERK, OneItem("served"), room)


def granted(host: EngineHost) -> str:
    item = OneItem("served")
    command = {
        "item": "item", "region": "440305", "situation": "", "answers": {}, "consents": [], "proxy": None,
        "materials": [{"material": "owed", "files": [PDF]}],
        "idempotency_key": secrets.token_hex(8), "body_hash": "h",
    }  # fmt: skip
    with host.room() as room:
        keys = KeyRepository(room.work)  # type: ignore[arg-type]
        answer = submitting.submit(command, CITIZEN, item.others(), FlightBoard(), keys, room)
    case_no = str(json.loads(answer["body"])["case_no"])
    for action in ("accept", "pass", "grant"):
        act(host, case_no, action)
    return case_no


def test_the_case_waits_for_its_service(host: EngineHost) -> None:
    case_no = granted(host)
    assert (host.case(case_no).state, host.case(case_no).outcome) == ("delivering", None)
    with pytest.raises(BadInput):
        act(host, case_no, "deliver")
    with pytest.raises(BadInput) as refused:
        act(host, case_no, "deliver", way="in_person", on="2026-11-24", collector="11010120000101001X")
    assert [fault.code for fault in refused.value.faults] == ["not_the_recipient"]
    act(host, case_no, "attempt_failed", tried="post", tried_on="2026-11-24", reason="查无此人")
    assert host.case(case_no).state == "delivering"
    act(host, case_no, "deliver", way="in_person", on="2026-11-24", collector=NUMBER)
    case = host.case(case_no)
    assert (case.state, case.outcome) == ("closed", "granted")
    assert case.body["service"]["served"]["recipient"] == "applicant"
    assert [each["way"] for each in case.body["service"]["attempts"]] == ["post"]


def test_the_number_of_who_collects_is_in_no_history_nor_document_of_the_engine(host: EngineHost) -> None:
    case_no = granted(host)
    token = next(t for t, facts in host.case(case_no).doc["tokens"].items() if facts.get("k") == "task")
    data = {"way": "in_person", "on": "2026-11-24", "collector": NUMBER}
    act(host, case_no, "deliver", **data)
    with host.room() as room:
        steps = json.dumps([dict(step) for step in room.history.of(case_no)], ensure_ascii=False)
        papers = [room.papers.document(case_no, each["id"]) for each in room.papers.documents(case_no)]
        again = {"action": "deliver", "data": data, "comment": ""}
        answered = deciding.complete(f"{case_no}:{token}", again, CLERK, OneItem("served"), room)
    assert answered["status"] == "closed"
    case = host.case(case_no)
    held = json.dumps([case.doc, case.body], ensure_ascii=False)
    assert NUMBER not in steps + held + json.dumps(papers, ensure_ascii=False)
