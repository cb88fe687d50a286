"""Decision models: hit policies, types, services, imports, checks, budgets."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from gdbos_feel import FeelBudgetError, dmn
from gdbos_feel.cli import run_dmn

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">'
AGE = '<inputData id="i" name="age"><variable name="age" typeRef="number"/></inputData>'
NEEDS = '<informationRequirement><requiredInput href="#i"/></informationRequirement>'


def model(body: str) -> dmn.Model:
    return dmn.load(f"{HEAD}{body}</definitions>".encode())


def table(rows: list[tuple[str, str]], policy: str = "UNIQUE", more: str = "", outputs: str = "") -> str:
    rules = "".join(
        f"<rule><inputEntry><text><![CDATA[{cell}]]></text></inputEntry>"
        f"<outputEntry><text>{result}</text></outputEntry>"
        f"<annotationEntry><text>article {n}</text></annotationEntry></rule>"
        for n, (cell, result) in enumerate(rows, 1)
    )
    return (
        f'{AGE}<decision id="d" name="fee"><variable name="fee"/>{NEEDS}<decisionTable hitPolicy="{policy}" {more}>'
        f"<input><inputExpression><text>age</text></inputExpression></input><output>{outputs}</output>"
        f"{rules}</decisionTable></decision>"
    )


OVERLAPPING = [("< 10", "1"), ("[5..20]", "2"), ("> 15", "3")]
WANTED = "<outputValues><text>3, 2, 1</text></outputValues>"


@pytest.mark.parametrize(
    ("policy", "more", "outputs", "age", "value"),
    [
        ("UNIQUE", "", "", 2, 1),
        ("UNIQUE", "", "", 7, None),
        ("ANY", "", "", 7, None),
        ("FIRST", "", "", 7, 1),
        ("PRIORITY", "", WANTED, 7, 2),
        ("RULE ORDER", "", "", 7, [1, 2]),
        ("OUTPUT ORDER", "", WANTED, 7, [2, 1]),
        ("COLLECT", "", "", 17, [2, 3]),
        ("COLLECT", 'aggregation="SUM"', "", 17, 5),
        ("COLLECT", 'aggregation="COUNT"', "", 17, 2),
        ("COLLECT", 'aggregation="MIN"', "", 17, 2),
        ("COLLECT", 'aggregation="MAX"', "", 17, 3),
    ],
)
def test_each_hit_policy_has_its_own_answer(
    policy: str, more: str, outputs: str, age: int, value: object
) -> None:
    assert model(table(OVERLAPPING, policy, more, outputs)).evaluate("fee", {"age": age}).value == value


def test_a_default_answers_where_no_row_does() -> None:
    default = "<defaultOutputEntry><text>9</text></defaultOutputEntry>"
    assert model(table([("< 10", "1")], outputs=default)).evaluate("fee", {"age": 50}).value == 9


def test_the_trace_names_the_row_its_cells_and_the_article() -> None:
    trace = model(table(OVERLAPPING)).explain("fee", {"age": 2})
    assert trace[0]["matched"] == [{"row": 1, "cells": ["< 10"], "notes": ["article 1"]}]
    assert trace[1] == {"decision": "fee", "value": Decimal(1)}


def test_an_input_of_the_wrong_type_is_an_error_and_null() -> None:
    result = model(table(OVERLAPPING, "FIRST")).evaluate("fee", {"age": "ten"})
    assert result.value is None
    assert any("age" in each for each in result.errors)


def checked(rows: list[tuple[str, str]], policy: str = "UNIQUE") -> list[tuple[str, tuple[int, ...]]]:
    xml = f"{HEAD}{table(rows, policy)}</definitions>".encode()
    return [(each.kind, each.rows) for each in dmn.check(dmn.read(xml))]


def test_a_table_that_covers_all_once_has_no_findings() -> None:
    assert checked([("< 10", "1"), ("[10..20]", "2"), ("> 20", "3")]) == []


def test_a_gap_and_an_overlap_are_found() -> None:
    assert checked([("< 10", "1"), ("(10..20]", "2"), (">= 20", "3")]) == [("gap", ()), ("overlap", (2, 3))]


def test_first_may_overlap_and_computing_cells_stay_undecided() -> None:
    assert checked([("< 10", "1"), ("-", "2")], "FIRST") == []
    assert checked([("< limit + 1", "1")]) == [("undecided", ())]


def literal(name: str, text: str, needs: str = "") -> str:
    return (
        f'<decision id="{name}" name="{name}"><variable name="{name}"/>{needs}'
        f"<literalExpression><text><![CDATA[{text}]]></text></literalExpression></decision>"
    )


def test_a_service_takes_its_input_decisions_from_the_caller() -> None:
    needs = '<informationRequirement><requiredDecision href="#b"/></informationRequirement>'
    service = '<decisionService id="s" name="s"><outputDecision href="#a"/><inputDecision href="#b"/></decisionService>'
    found = model(service + literal("a", "b + 1", needs) + literal("b", "1"))
    assert found.evaluate("a").value == 2
    assert found.decision_service("s", {"b": 41}).value == 42


def test_a_decision_answers_to_its_own_name_where_its_variable_has_another() -> None:
    found = model(
        '<decision id="x" name="fee due"><variable name="fee"/><literalExpression><text>1</text></literalExpression></decision>'
    )
    assert [found.evaluate(name).value for name in ("fee due", "fee", "x")] == [1, 1, 1]


PERSON = (
    '<itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef></itemComponent>'
    '<itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>'
    '<businessKnowledgeModel id="k" name="k"><variable name="k"/><encapsulatedLogic>'
    '<formalParameter name="p" typeRef="tPerson"/><literalExpression><text>p != null</text></literalExpression>'
    "</encapsulatedLogic></businessKnowledgeModel>"
)
KNOWS = '<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>'


@pytest.mark.parametrize(
    ("text", "value"),
    [('k({name: "x", age: 1, more: 2})', True), ('k({name: "x", age: null})', True), ('k({name: "x"})', False),
     ("k(1)", False), ("k()", None)],
)  # fmt: skip
def test_an_argument_of_another_type_reaches_the_function_as_null(text: str, value: object) -> None:
    assert model(PERSON + literal("a", text, KNOWS)).evaluate("a").value is value


@pytest.mark.parametrize(
    ("policy", "more", "value"),
    [("COLLECT", "", []), ("RULE ORDER", "", []), ("OUTPUT ORDER", "", []), ("FIRST", "", None),
     ("COLLECT", 'aggregation="SUM"', None)],
)  # fmt: skip
def test_a_policy_that_lists_gives_an_empty_list_where_no_row_matches(
    policy: str, more: str, value: object
) -> None:
    assert model(table([("< 10", "1")], policy, more)).evaluate("fee", {"age": 50}).value == value


@pytest.mark.parametrize(
    "text", ["for i in 1..10000000 return i", "count(for i in 1..4000, j in 1..4000 return i)"]
)
def test_a_loop_that_explodes_is_a_clear_error(text: str) -> None:
    with pytest.raises(FeelBudgetError, match="too many steps"):
        model(literal("a", text)).evaluate("a", steps=20_000)


def test_decisions_that_require_each_other_are_refused() -> None:
    needs = '<informationRequirement><requiredDecision href="#a"/></informationRequirement>'
    with pytest.raises(FeelBudgetError, match="too deeply"):
        model(literal("a", "a", needs)).evaluate("a")


def test_a_foreign_function_is_unsupported_and_says_so() -> None:
    text = 'function(x) external {java: {class: "java.lang.Runtime", method signature: "exec(java.lang.String)"}}'
    result = model(literal("a", f"{{f: {text}, r: f(1)}}.r")).evaluate("a")
    assert result.value is None
    assert "unsupported external function java.lang.Runtime.exec(java.lang.String)" in result.errors


@pytest.mark.parametrize(
    "xml",
    [
        b"no xml",
        b"<a/>",
        b'<!DOCTYPE d [<!ENTITY e "x">]><definitions xmlns="https://www.omg.org/spec/DMN/1/"/>',
    ],
)
def test_what_is_no_model_is_refused(xml: bytes) -> None:
    with pytest.raises(dmn.DmnError):
        dmn.read(xml)


@pytest.mark.parametrize(("prefix", "text"), [("lib", "lib.b + 1"), ("", "b + 1")])
def test_an_import_is_seen_under_its_name_or_as_ones_own(prefix: str, text: str) -> None:
    other = f"{HEAD}{literal('b', '41')}</definitions>".replace("urn:m", "urn:lib").encode()
    needs = '<informationRequirement><requiredDecision href="urn:lib#b"/></informationRequirement>'
    imported = f'<import namespace="urn:lib" name="{prefix}" importType="https://www.omg.org/spec/DMN/1/"/>'
    main = f"{HEAD}{imported}{literal('a', text, needs)}</definitions>".encode()
    assert dmn.load(main, [other]).evaluate("a").value == 42


def test_values_outside_the_allowed_ones_become_null() -> None:
    colour = (
        '<itemDefinition name="colour"><typeRef>string</typeRef>'
        '<allowedValues><text>"red", "green"</text></allowedValues></itemDefinition>'
        '<inputData id="c" name="c"><variable name="c" typeRef="colour"/></inputData>'
    )
    needs = '<informationRequirement><requiredInput href="#c"/></informationRequirement>'
    found = model(colour + literal("a", "c", needs))
    assert found.evaluate("a", {"c": "red"}).value == "red"
    assert found.evaluate("a", {"c": "blue"}).value is None


def test_a_decision_that_is_not_there_is_refused() -> None:
    with pytest.raises(dmn.DmnError, match="nothing"):
        model(table(OVERLAPPING)).evaluate("nothing")


def test_the_command_gives_value_errors_and_trace(tmp_path: Path) -> None:
    file = tmp_path / "m.dmn"
    file.write_text(f"{HEAD}{table(OVERLAPPING)}</definitions>", encoding="utf-8")
    shown = run_dmn(file, "fee", {"age": 2}, True)
    assert (shown["value"], shown["errors"], len(shown["trace"])) == (1, [], 2)
    assert json.loads(json.dumps(shown)) == shown
