"""What nobody has stated is not the same as what does not hold: a default taken without knowing is said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain import bpmn, engine
from services.workflow.domain.engine.unstated import absent, deciding

NOW = datetime(2026, 11, 25, tzinfo=UTC)
HEAD = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:gdbos="urn:gdbos:bpmn:1" targetNamespace="t"'
)


def gateway(default: bool, condition: str = 'grade = "A"') -> engine.Graph:
    otherwise = ' default="no"' if default else ""
    second = "" if default else "<conditionExpression>area &lt; 10</conditionExpression>"
    return engine.compile(
        bpmn.parse(
            f"""<definitions {HEAD} id="d"><process id="p" isExecutable="true"><startEvent id="s"/>
            <exclusiveGateway id="g"{otherwise}/><endEvent id="good"/><endEvent id="bad"/>
            <sequenceFlow id="in" sourceRef="s" targetRef="g"/>
            <sequenceFlow id="yes" sourceRef="g" targetRef="good"><conditionExpression>{condition}</conditionExpression></sequenceFlow>
            <sequenceFlow id="no" sourceRef="g" targetRef="bad">{second}</sequenceFlow></process></definitions>""".encode()
        )
    )


def assumed(graph: engine.Graph, variables: dict[str, Any]) -> list[engine.DefaultTaken]:
    _, effects = engine.start(graph, variables, NOW)
    return [each for each in effects if isinstance(each, engine.DefaultTaken)]


def test_a_default_taken_without_a_fact_names_it() -> None:
    assert assumed(gateway(True), {}) == [engine.DefaultTaken("g", "no", ("grade",))]


@pytest.mark.parametrize("grade", ["A", "B", None])
def test_a_fact_that_is_stated_is_not_missing_be_it_null(grade: str | None) -> None:
    assert assumed(gateway(True), {"grade": grade}) == []


def test_a_fact_that_could_turn_nothing_is_not_missing() -> None:
    graph = gateway(True, 'grade = "A" and area > 10')
    assert assumed(graph, {"grade": "B"}) == []
    assert assumed(graph, {"grade": "A"}) == [engine.DefaultTaken("g", "no", ("area",))]


def test_without_a_default_the_incident_names_the_missing_facts() -> None:
    with pytest.raises(engine.Incident) as stuck:
        engine.start(gateway(False), {}, NOW)
    assert stuck.value.reason == "no_path"
    for language in ("zh-Hans", "zh-Hant", "en"):
        assert "grade, area" in stuck.value.detail[language]
    with pytest.raises(engine.Incident) as known:
        engine.start(gateway(False), {"grade": "B", "area": 20}, NOW)
    assert "grade" not in str(known.value.detail)


@given(
    st.dictionaries(st.sampled_from(["a", "b", "c"]), st.one_of(st.none(), st.integers(0, 3), st.booleans()))
)
def test_nothing_that_is_stated_is_ever_called_missing(context: dict[str, Any]) -> None:
    for text in (
        "a = 1 and b > c",
        "if a = 1 then b = 2 else c = 2",
        "count([a, b]) > c",
        "not(a)",
        "a.x = 1",
    ):
        assert not set(deciding(text, context)) & set(context)
        assert not set(absent(text, context)) & set(context)


def test_a_path_is_as_missing_as_its_last_step() -> None:
    assert absent("firm.address.city = 1", {"firm": {"address": {}}}) == ("firm.address.city",)
    assert absent("firm.address.city = 1", {"firm": {"address": {"city": None}}}) == ()
    assert absent("count(firm.staff) > 1", {"firm": {}}) == ("firm.staff",)


def test_whose_task_it_is_hangs_on_a_variable_that_must_be_there() -> None:
    model = f"""<definitions {HEAD} id="d"><process id="p" isExecutable="true"><startEvent id="s"/>
        <userTask id="t" gdbos:role="decider" gdbos:agency="=stages.final_review.agency" gdbos:actions="grant"/><endEvent id="e"/>
        <sequenceFlow id="f1" sourceRef="s" targetRef="t"/><sequenceFlow id="f2" sourceRef="t" targetRef="e"/></process></definitions>"""
    graph = engine.compile(bpmn.parse(model.encode()))

    def told(variables: dict[str, Any]) -> Any:
        _, effects = engine.start(graph, variables, NOW)
        return next(e.attributes for e in effects if isinstance(e, engine.TaskCreated)).get("missing")

    assert told({}) == {"agency": ["stages"]}
    assert told({"stages": {"final_review": {"days": 5}}}) is None
    assert told({"stages": {"final_review": {"agency": "city"}}}) is None
