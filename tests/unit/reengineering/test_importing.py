"""Processes of other systems: what they mean survives, what cannot is told, and what is broken is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdbos_contracts.errors import BadInput
from services.workflow.domain import bpmn, importing
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.engine import compile, headless
from services.workflow.domain.simulation import read, simulate, suggested

FILES = Path(__file__).with_name("files")
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">&b;</bpmn:definitions>'
)


def one(format: str, name: str) -> importing.Imported:
    (found,) = importing.read(format, (FILES / name).read_bytes(), name.split(".")[0])
    return found


def tasks(content: bytes) -> dict[str, Any]:
    return {node.id: node for node in bpmn.parse(content).processes[0].nodes() if node.tag == "userTask"}


def run(content: bytes, **answers: dict[str, str]) -> dict[str, Any]:
    return headless.run(content, answers=answers)


def test_a_digit_licence_runs_from_filing_to_its_approval() -> None:
    """Filing is the start event; every state of an office is a task with its role and its limit in days."""
    found = one("digit", "trade-licence.json")
    steps = tasks(found.bpmn)
    assert [steps[name].extensions["role"] for name in steps] == [
        "TL_DOC_VERIFIER",
        "TL_FIELD_INSPECTOR",
        "TL_APPROVER",
        "TL_CEMP",
    ]
    assert [steps[name].extensions.get("due") for name in steps] == [2, 3, 1, None]
    result = run(found.bpmn)
    assert (result["state"], result["outcome"]) == ("completed", "granted")


def test_a_digit_refusal_and_a_correction_lead_where_they_led() -> None:
    found = one("digit", "trade-licence.json")
    assert run(found.bpmn, applied={"action": "deny"})["outcome"] == "denied"
    entered = [step["element"] for step in run(found.bpmn, fieldinspection={"action": "deny"})["trace"]]
    assert "fieldinspection" in entered and "pendingapproval" not in entered
    correcting = headless.run(found.bpmn, auto=False)
    assert correcting["waiting"][0]["element"] == "applied"


def test_next_states_may_be_uuids_as_a_search_answers() -> None:
    found = one("digit", "fire-noc-search.json")
    assert list(tasks(found.bpmn)) == ["documentverify", "fieldinspection", "pendingapproval"]
    assert "stays" in {note.code for note in found.notes}


def test_a_spreadsheet_of_states_becomes_a_process() -> None:
    found = one("table", "signboard.csv")
    assert [node.extensions["actions"] for node in tasks(found.bpmn).values()] == [
        ["accept", "correct", "refuse_acceptance"],
        ["pass"],
        ["grant", "deny", "return"],
    ]
    assert run(found.bpmn)["outcome"] == "granted"
    gb = (FILES / "signboard.csv").read_text().encode("gb18030")
    assert importing.read("table", gb, "signboard")[0].bpmn == found.bpmn


def test_what_is_imported_can_be_simulated_at_once() -> None:
    graph = compile(bpmn.parse(one("table", "signboard.csv").bpmn))
    data = {**suggested(graph), "replications": 1, "days": 20}
    assert simulate({"case": graph}, read(data), Calendar())["done"]["mean"] > 20


def test_camunda_attributes_become_ours_and_stay() -> None:
    found = one("bpmn", "camunda7.bpmn")
    text = found.bpmn.decode()
    assert 'gdbos:role="finance"' in text and 'camunda:candidateGroups="finance,audit"' in text
    assert 'gdbos:retries="R3/PT10M"' in text and 'gdbos:job="pay"' in text
    assert tasks(found.bpmn)["check"].extensions["form"] == ["subsidy.amount"]
    large = headless.run(found.bpmn, {"amount": 20000, "kind": "firm"})
    assert "sign" in {step["element"] for step in large["trace"]}
    assert {(n.pointer, n.code) for n in found.notes} >= {("/check", "unmapped"), ("/check", "several_roles")}


def test_zeebe_attributes_become_ours() -> None:
    text = one("bpmn", "zeebe.bpmn").bpmn.decode()
    assert 'gdbos:role="street"' in text and 'gdbos:job="sms"' in text and 'gdbos:retries="5"' in text


def test_an_import_of_an_import_changes_nothing_more() -> None:
    first = one("bpmn", "camunda7.bpmn")
    (again,) = importing.read("bpmn", first.bpmn)
    assert again.bpmn == first.bpmn
    assert "mapped" not in {note.code for note in again.notes}


@pytest.mark.parametrize(
    ("format", "content", "code"),
    [
        ("visio", b"", "format"),
        ("bpmn", b"<bpmn:definitions", "malformed"),
        ("bpmn", BOMB, "doctype"),
        ("bpmn", b"<a/>", "not_bpmn"),
        ("bpmn", b"x" * (10 * 1024 * 1024 + 1), "too_large"),
        ("digit", b"{", "not_json"),
        ("digit", b"[" * 100_000, "not_json"),
        ("digit", b"{}", "no_services"),
        ("digit", b'{"BusinessServices": [{"businessService": "x", "states": [1]}]}', "shape"),
        ("table", b"\xff\xfe\x00\x01", "encoding"),
        ("table", b"state,action\n", "column"),
        ("table", b"state,action,role,next\na,go,clerk,b\na,back,clerk,a\n", None),
        ("table", b"state,action,role,next,sla\na,go,clerk,b,soon\n", "days"),
        ("table", b"state,action,role,next\na,go,clerk,a\n", "no_end"),
    ],
)
def test_what_is_broken_is_refused_with_its_reason(format: str, content: bytes, code: str | None) -> None:
    if code is None:
        assert importing.read(format, content)
        return
    with pytest.raises(BadInput) as refused:
        importing.read(format, content)
    assert code in {fault.code for fault in refused.value.faults}


def test_faults_of_a_digit_file_point_into_it() -> None:
    data = json.loads((FILES / "trade-licence.json").read_text())
    data["BusinessServices"][0]["states"][2]["actions"][0]["nextState"] = "NOWHERE"
    with pytest.raises(BadInput) as refused:
        importing.read("digit", json.dumps(data).encode())
    assert ("/BusinessServices/0/states/2", "unknown_next") in {
        (f.pointer, f.code) for f in refused.value.faults
    }


names = st.text(min_size=1, max_size=8)
machines = st.lists(
    st.tuples(names, names, names, names), min_size=1, max_size=8
)  # state, action, role, next


@settings(max_examples=80)
@given(machines)
def test_any_table_becomes_a_sound_process_or_is_refused(rows: list[tuple[str, str, str, str]]) -> None:
    lines = ["state\taction\trole\tnext", *("\t".join(row) for row in rows)]
    try:
        found = importing.read("table", "\n".join(lines).encode())
    except BadInput:
        return
    for each in found:
        assert headless.lint(each.bpmn)["ok"]


@settings(max_examples=80)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "BusinessServices",
                        "businessService",
                        "states",
                        "state",
                        "actions",
                        "action",
                        "nextState",
                        "roles",
                        "isStartState",
                    ]
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_is_read_or_refused(data: Any) -> None:
    try:
        importing.read("digit", json.dumps(data).encode())
    except BadInput as refused:
        assert refused.faults
