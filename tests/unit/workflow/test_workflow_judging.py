"""What is wrong with a submission, and what the hub was asked for it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gdbos_contracts.principal import Principal
from services.workflow.handlers.submitting import judged, trusted_of

PERSON = Principal(id="p", kind="person", name="x", subject={"person.citizen_id": "110101200001010010"})
VERSION = {
    "code": "item",
    "audience": ["1"],
    "handling": {"automatic": {"name": "rule", "inputs": {"born": "person.birth_date"}}},
}
ELEMENTS = [
    {"element": "person.name", "required": True, "authentic": True},
    {"element": "person.birth_date", "required": True, "authentic": True},
    {"element": "contact.mobile", "required": True},
]
ANSWERS = {"person.name": "x", "person.birth_date": "2000-01-01", "contact.mobile": "13800138000"}
HELD = {"person.name": {"source": "a", "as_of": "d"}, "person.birth_date": {"source": "b", "as_of": "d"}}


class Hub:
    def __init__(self, mismatches: list[str]) -> None:
        self.asked: list[Any] = []
        self._mismatches = mismatches

    def match(self, subject: Any, values: Any, purpose: Any) -> dict[str, Any]:
        self.asked.append(dict(values))
        return {"mismatches": self._mismatches, "sources": HELD}


def judge(hub: Hub, answers: dict[str, Any]) -> Any:
    others: Any = SimpleNamespace(hub=hub, standards=SimpleNamespace(explain=lambda *_: []))
    found = {"elements": ELEMENTS, "materials": []}
    return judged(found, answers, [], PERSON, others, VERSION)


def test_one_question_tells_what_differs_and_what_is_confirmed() -> None:
    hub = Hub([])
    faults, sources = judge(hub, ANSWERS)
    assert faults == []
    assert hub.asked == [{"person.name": "x", "person.birth_date": "2000-01-01"}]
    assert trusted_of(VERSION, sources) == {"person.birth_date": HELD["person.birth_date"]}


def test_what_differs_is_a_fault_at_its_answer() -> None:
    faults, _ = judge(Hub(["person.name"]), ANSWERS)
    assert [(f.pointer, f.code) for f in faults] == [("/answers/person.name", "mismatch")]


@pytest.mark.parametrize("answers", [{**ANSWERS, "person.hobby": "x"}, {**ANSWERS, "contact.mobile": ""}])
def test_a_submission_with_faults_asks_nothing(answers: dict[str, Any]) -> None:
    hub = Hub([])
    faults, sources = judge(hub, answers)
    assert faults and sources == {} and hub.asked == []


def test_an_item_without_an_automatic_decision_trusts_nothing() -> None:
    assert trusted_of({"code": "item"}, HELD) == {}
