"""Three-valued answers held against brute force: every completion of the unknown facts is evaluated the plain way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdbos_feel import dmn, evaluate
from gdbos_feel.open import Answer, answer, answer_of

FACTS = ("a", "b", "c")
DOMAIN = (0, 1, 2, True, None)
WIDE = (*DOMAIN, False, -1, 3, "x", "", [], [1, 2])
"""Values of every kind, for facts that may be anything."""

number = st.sampled_from(["0", "1", "2", *FACTS])
compared = st.builds("({} {} {})".format, number, st.sampled_from(["=", "<", ">=", "!="]), number)
tested = st.builds("({} in ({}, [{}..2]))".format, number, number, number)
truth = st.one_of(compared, tested, st.sampled_from([*FACTS, "true", "false", "null"]))


SHAPES = [
    "({p} and {q})", "({p} or {q})", "not({p})", "(if {p} then {q} else {r})", "({{r: {p}, s: {q}}}.s)",
    "(some x in [{n}, {m}] satisfies x = {k} or {p})", "(every x in [{n}, 1] satisfies x >= {k} and {p})",
    "(({n} + {m}) > {k})",
]  # fmt: skip


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = dict.fromkeys("pqr", inner) | dict.fromkeys("nmk", number)
    return st.tuples(st.sampled_from(SHAPES), st.fixed_dictionaries(parts)).map(
        lambda made: made[0].format(**made[1])
    )


expressions = st.recursive(truth, grown, max_leaves=8)


def brute(
    run: Callable[[Mapping[str, Any]], Any], unknown: list[str], values: tuple[Any, ...]
) -> tuple[set[str], set[str]]:
    """(the answers of all completions, the facts that alone turn one)."""
    places = range(len(values))
    answers = {
        way: repr(run({fact: values[place] for fact, place in zip(unknown, way, strict=True)}))
        for way in product(places, repeat=len(unknown))
    }
    turning = {
        fact
        for at, fact in enumerate(unknown)
        for way, found in answers.items()
        if any(answers[(*way[:at], other, *way[at + 1 :])] != found for other in places)
    }
    return set(answers.values()), turning


@settings(max_examples=300)
@given(expressions, st.sets(st.sampled_from(FACTS), min_size=1), st.sampled_from(DOMAIN))
def test_with_all_values_listed_the_answer_is_exactly_that_of_every_completion(
    text: str, unknown: set[str], other: Any
) -> None:
    stated = {fact: other for fact in FACTS if fact not in unknown}
    names = sorted(unknown)
    answers, turning = brute(lambda given: evaluate(text, {**stated, **given}), names, DOMAIN)
    found = answer(text, stated, dict.fromkeys(names, DOMAIN))
    assert found.known == (len(answers) == 1)
    assert {repr(found.value)} == answers if found.known else set(found.missing) == turning


@settings(max_examples=150)
@given(expressions, st.sets(st.sampled_from(FACTS), min_size=1, max_size=2), st.sampled_from(WIDE))
def test_what_is_known_holds_whatever_the_facts_turn_out_to_be(
    text: str, unknown: set[str], other: Any
) -> None:
    stated = {fact: other for fact in FACTS if fact not in unknown}
    names = sorted(unknown)
    found = answer(text, stated, names)
    if found.known:
        answers, _ = brute(lambda given: evaluate(text, {**stated, **given}), names, WIDE)
        assert answers == {repr(found.value)}
    else:
        assert set(found.missing) <= unknown


@pytest.mark.parametrize(
    ("text", "context", "unknown", "expected"),
    [
        ("a > 5 and b", {"b": False}, ["a"], Answer(True, False)),
        ("a > 5 or b", {"b": True}, ["a"], Answer(True, True)),
        ("a > 5 and b = 3", {}, ["b", "a"], Answer(False, None, ("a", "b"))),
        ("if a then b else c", {}, ["a", "b", "c"], Answer(False, None, ("a", "b", "c"))),
        ("if a then 1 + 1 else 2", {}, ["a"], Answer(True, 2)),
        ('applicant.age >= 18 and applicant.kind = "firm"', {"applicant": {"kind": "person"}}, ["applicant.age"],
         Answer(True, False)),
        ("applicant.age >= 18", {"applicant": {"kind": "person"}}, ["applicant.age"],
         Answer(False, None, ("applicant.age",))),
        ("applicant = null", {"applicant": {"kind": "person"}}, ["applicant.age"],
         Answer(False, None, ("applicant.age",))),
        ("monthly income > 5", {}, ["monthly income"], Answer(False, None, ("monthly income",))),
        ("0 != a and a in (b, [0..2])", {}, ["a", "b"], Answer(False, None, ("a", "b"))),
        ("a + b > 5", {}, ["a", "b"], Answer(False, None, ("a", "b"))),
        ("1 + 1", {}, ["a"], Answer(True, 2)),
        ("a.b = 2 or c", {}, ["a", "c"], Answer(False, None, ("a", "c"))),
    ],
)  # fmt: skip
def test_an_unknown_fact_is_named_only_where_it_can_still_matter(
    text: str, context: dict[str, Any], unknown: list[str], expected: Answer
) -> None:
    assert answer(text, context, unknown) == expected


def test_ten_facts_that_must_all_hold_are_ten_facts_to_ask_for() -> None:
    facts = [f"f{n}" for n in range(10)]
    text = " and ".join(f"{fact} = {n * 7}" for n, fact in enumerate(facts))
    assert answer(text, {}, facts).missing == tuple(facts)
    assert answer(text, {"f3": 8}, [fact for fact in facts if fact != "f3"]) == Answer(True, False)


def test_a_condition_holds_fails_or_waits() -> None:
    assert [answer(text, {}, ["a"]).holds for text in ("true or a", "a and false", "1 = null", "a")] == [
        True,
        False,
        False,
        None,
    ]


HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">'
POLICIES = [
    "UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT",
    "COLLECT SUM", "COLLECT COUNT", "COLLECT MIN", "COLLECT MAX",
]  # fmt: skip
cell = st.sampled_from(["-", "0", "1", "< 2", ">= 1", "not(1)", "0, 2", "b"])
row = st.tuples(cell, cell, st.sampled_from(["1", "2", "3", "a"]))


def table(policy: str, rows: list[tuple[str, str, str]], default: bool) -> dmn.Model:
    name, _, aggregation = policy.partition(" ") if policy.startswith("COLLECT") else (policy, "", "")
    data = "".join(
        f'<inputData id="{n}" name="{n}"><variable name="{n}" typeRef="number"/></inputData>' for n in "ab"
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#{n}"/></informationRequirement>' for n in "ab"
    )
    columns = "".join(f"<input><inputExpression><text>{n}</text></inputExpression></input>" for n in "ab")
    rules = "".join(
        "<rule>" + "".join(f"<inputEntry><text><![CDATA[{each}]]></text></inputEntry>" for each in cells)
        + f"<outputEntry><text>{result}</text></outputEntry></rule>"
        for *cells, result in rows
    )  # fmt: skip
    otherwise = "<defaultOutputEntry><text>2</text></defaultOutputEntry>" if default else ""
    return dmn.load(
        f'{HEAD}{data}<decision id="d" name="d"><variable name="d"/>{needs}'
        f'<decisionTable hitPolicy="{name}" {f"aggregation={chr(34)}{aggregation}{chr(34)}" if aggregation else ""}>'
        f"{columns}<output><outputValues><text>3, 1, 2</text></outputValues>{otherwise}</output>"
        f"{rules}</decisionTable></decision></definitions>".encode()
    )


NUMBERS = (0, 1, 2, None)


@settings(max_examples=1500)
@given(
    st.sampled_from(POLICIES), st.lists(row, min_size=1, max_size=5), st.booleans(),
    st.sets(st.sampled_from("ab"), min_size=1), st.sampled_from(NUMBERS),
)  # fmt: skip
def test_a_table_of_any_hit_policy_is_known_when_every_completion_agrees(
    policy: str, rows: list[tuple[str, str, str]], default: bool, unknown: set[str], other: int | None
) -> None:
    model, names = table(policy, rows, default), sorted(unknown)
    stated = {fact: other for fact in "ab" if fact not in unknown}
    answers, turning = brute(lambda given: model.evaluate("d", {**stated, **given}).value, names, NUMBERS)
    found, _ = answer_of(model, "d", stated, dict.fromkeys(names, NUMBERS))
    assert found.known == (len(answers) == 1)
    assert {repr(found.value)} == answers if found.known else set(found.missing) == turning
    anything, _ = answer_of(model, "d", stated, names)
    assert {repr(anything.value)} == answers if anything.known else set(anything.missing) <= unknown


def test_the_trace_tells_the_rows_that_match_for_sure() -> None:
    model = table("RULE ORDER", [("-", "1", "1"), ("0", "-", "2")], False)
    found, result = answer_of(model, "d", {"b": 1}, ["a"])
    assert found == Answer(False, None, ("a",))
    assert [each["row"] for each in result.trace[0]["matched"]] == [1]
    assert result.trace[0]["inputs"] == {"a": None, "b": 1}
