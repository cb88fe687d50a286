"""What members of a bundle take from each other, and what falls with what."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain import resting
from services.workflow.domain.case import GOOD, OUTCOMES, Case


def member(name: str, state: str = "closed", outcome: str | None = "granted", **body: Any) -> Case:
    return Case(
        case_no=name, kind="item", item=name, item_version=1, name={"zh-Hans": name}, region="", agency="A",
        applicant="a", subject={}, state=state, submitted_at="x", outcome=outcome, member=name,
        body={"item": {"result": {"face": ["shop.name", "shop.area"]}}, "answers": {}, "elements": [], **body},
    )  # fmt: skip


def asking(*elements: str, **answers: str) -> Case:
    return member("b", "waiting", None, elements=[{"element": e} for e in elements], answers=answers)


FINISHED = {"licence": "L1", "issued_on": "2026-11-24"}


def test_the_value_on_a_siblings_licence_is_the_answer_and_names_its_source() -> None:
    done = member("a", result=FINISHED, answers={"shop.name": "甲", "shop.area": "50", "own": "x"})
    taken = resting.values_of([done], asking("shop.name", "own", **{"shop.name": "乙"}))
    assert taken == {"shop.name": {"value": "甲", "source": "L1", "as_of": "2026-11-24"}}


def test_what_no_licence_carries_is_not_trusted() -> None:
    done = member("a", answers={"shop.name": "甲"})
    assert resting.values_of([done], asking("shop.name")) == {}


@given(st.sampled_from(sorted(OUTCOMES)), st.booleans())
def test_a_member_is_waited_for_in_vain_unless_it_ended_well_and_still_stands(
    outcome: str, revoked: bool
) -> None:
    case = member("a", outcome=outcome, **({"revoked": {}} if revoked else {}))
    assert resting.in_vain(case) == (revoked or outcome not in GOOD)


@given(st.sets(st.sampled_from("abcd")), st.sampled_from("abcd"))
def test_only_what_was_declared_to_wait_falls(waits: set[str], gone: str) -> None:
    assert resting.rests_on(member("x", waits_for=sorted(waits)), member(gone)) == (gone in waits)
