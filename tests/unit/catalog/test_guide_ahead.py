"""The open questions of a guide are those that some answer still leads to: held against every way through."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.catalog.domain.guide import follow
from services.catalog.domain.guide_ahead import ahead
from services.catalog.domain.guide_lint import ways_through

WHENS = ['{q} = "a"', '{q} = "b" or {p} = "a"', 'not({q} = "a") and {p} != "b"', "{q} = null", "false"]


@st.composite
def guides(draw: st.DrawFn) -> list[dict[str, Any]]:
    count = draw(st.integers(2, 5))
    questions: list[dict[str, Any]] = []
    for n in range(count):
        options = []
        for name in "ab":
            later = [f"q{m}" for m in range(n + 1, count)]
            target = draw(st.sampled_from([None, None, "end", *later]))
            options.append({"id": name, "effects": [], **({"next": target} if target else {})})
        question: dict[str, Any] = {"id": f"q{n}", "options": options}
        if n and draw(st.booleans()):
            earlier = st.sampled_from([f"q{m}" for m in range(n)])
            question["when"] = draw(st.sampled_from(WHENS)).format(q=draw(earlier), p=draw(earlier))
        questions.append(question)
    return questions


def still_open(questions: list[dict[str, Any]], choices: dict[str, str]) -> list[str]:
    steps, found = follow(questions, choices)
    if found is None:
        return []
    made: dict[str, str | None] = dict.fromkeys(question["id"] for question in questions)
    made |= {step.question["id"]: step.option["id"] for step in steps}
    return [question["id"] for question in ahead(questions, questions.index(found), made)]


@settings(max_examples=150)
@given(guides(), st.dictionaries(st.sampled_from(["q0", "q1"]), st.sampled_from("ab")))
def test_no_question_that_can_still_be_asked_is_left_out(
    questions: list[dict[str, Any]], choices: dict[str, str]
) -> None:
    taken, found = follow(questions, choices)
    done = {step.question["id"]: step.option["id"] for step in taken}
    possible = {
        step.question["id"]
        for way in ways_through(questions)
        if done.items() <= {s.question["id"]: s.option["id"] for s in way}.items()
        for step in way
        if step.question["id"] not in done
    }
    listed = still_open(questions, choices)
    assert possible <= set(listed)
    assert listed[:1] == ([found["id"]] if found else [])


def test_what_an_answer_ruled_out_is_not_listed() -> None:
    questions: list[dict[str, Any]] = [
        {"id": "scale", "options": [{"id": "small"}, {"id": "large"}]},
        {"id": "smoke", "options": [{"id": "yes"}, {"id": "no", "next": "end"}]},
        {"id": "fire", "when": 'scale = "large"', "options": [{"id": "yes"}]},
        {"id": "seats", "when": 'smoke = "yes"', "options": [{"id": "few"}]},
    ]
    assert still_open(questions, {}) == ["scale", "smoke", "fire", "seats"]
    assert still_open(questions, {"scale": "small"}) == ["smoke", "seats"]
    assert still_open(questions, {"scale": "large", "smoke": "yes"}) == ["fire", "seats"]
