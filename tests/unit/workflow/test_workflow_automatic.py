"""秒批: grants or hands over, never refuses; the sample is by number."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.house import ROOT

from gdbos_feel.dmn import load
from services.workflow.domain import automatic

MODEL = load((ROOT / "deploy/packs/starter/decisions/insurance-renewal.dmn").read_bytes())
INPUTS = {"birth_date": "person.birth_date", "citizen_id": "person.citizen_id"}
TODAY = date(2026, 11, 24)
HERE = {"person.birth_date": "1990-03-07", "person.citizen_id": "440305199003071236"}


def judged(answers: dict[str, Any], trusted: set[str] | None = None) -> automatic.Verdict:
    known = {name: {"source": "s"} for name in (set(INPUTS.values()) if trusted is None else trusted)}
    return automatic.judge(MODEL, "renewal", INPUTS, answers, known, TODAY)


def test_a_row_that_matches_grants_with_its_article() -> None:
    verdict = judged(HERE)
    assert verdict.granted and "第二十五条" in verdict.explanation[0]["matched"][0]["notes"][0]


@pytest.mark.parametrize("missing", sorted(INPUTS.values()))
def test_one_unconfirmed_input_is_enough_for_a_person(missing: str) -> None:
    verdict = judged(HERE, set(INPUTS.values()) - {missing})
    assert (verdict.granted, verdict.why, verdict.unknown) == (False, "unknown", (missing,))
    assert judged({**HERE, missing: ""}).why == "unknown"


def test_no_row_is_no_refusal() -> None:
    verdict = judged({**HERE, "person.citizen_id": "110101199003071236"})
    assert (verdict.granted, verdict.why) == (False, "undecided")


def test_a_model_that_fails_is_no_refusal() -> None:
    assert judged({**HERE, "person.birth_date": "soon"}).granted is False
    absent = automatic.judge(MODEL, "absent", {}, {}, {}, TODAY)
    assert (absent.granted, absent.why) == (False, "fault")


@given(st.text(max_size=12), st.text(max_size=20), st.sets(st.sampled_from(sorted(INPUTS.values()))))
def test_whatever_is_given_the_answer_is_grant_or_a_person(born: str, number: str, trusted: set[str]) -> None:
    verdict = judged({"person.birth_date": born, "person.citizen_id": number}, trusted)
    assert verdict.granted == (verdict.why == "")
    assert not verdict.granted or trusted == set(INPUTS.values())


@given(st.text(min_size=1), st.floats(0, 100), st.floats(0, 100))
def test_a_larger_sample_holds_the_smaller(case_no: str, some: float, more: float) -> None:
    low, high = sorted((some, more))
    assert automatic.sampled(case_no, high) or not automatic.sampled(case_no, low)
    assert automatic.sampled(case_no, 100) and not automatic.sampled(case_no, 0)


def test_the_sample_is_near_its_share() -> None:
    drawn = sum(automatic.sampled(f"440305{n:08d}", 10) for n in range(5000))
    assert 400 <= drawn <= 600
