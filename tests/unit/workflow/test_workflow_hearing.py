"""The hearing: its days, its order, and what may not be decided before it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain import actions, hearing
from services.workflow.domain.calendar import Calendar

CALENDAR = Calendar.of([], [], date(2030, 12, 31))
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
TOLD = date(2026, 11, 24)


def body(rule: str, **held: Any) -> dict[str, Any]:
    found = {"item": {"handling": {"hearing": {"required": rule}}}, "accepted_on": "2026-11-20"}
    return (
        {**found, "hearing": {**hearing.told(TOLD, "", CALENDAR), **held}}
        if held.pop("told", True)
        else found
    )


@given(DAYS, st.integers(0, 20))
def test_it_may_be_asked_for_until_the_fifth_working_day_and_not_later(told: date, after: int) -> None:
    case = {"hearing": hearing.told(told, "", CALENDAR)}
    today = told + timedelta(days=after)
    assert hearing.may_answer(case, today) == (
        CALENDAR.between(told, today) <= 5 and today <= CALENDAR.add(told, 5)
    )


@given(DAYS, st.integers(0, 60))
def test_it_is_called_seven_days_before_and_held_within_twenty_working_days(asked: date, after: int) -> None:
    held = {
        "told_on": asked.isoformat(),
        **hearing.requested({"told_on": asked.isoformat()}, asked, "applicant", CALENDAR),
    }
    day = asked + timedelta(days=after)
    good = after >= 7 and day <= CALENDAR.add(asked, 20)
    assert (hearing.call_faults(held, asked, day.isoformat()) == []) == good


def test_a_late_agency_still_holds_the_hearing_and_is_recorded() -> None:
    held = {"held_by": "2026-12-22"}
    assert hearing.call_faults(held, date(2026, 12, 20), "2026-12-27") == []
    assert hearing.overdue(held, "2026-12-27") and not hearing.overdue(held, "2026-12-22")
    assert [f.code for f in hearing.call_faults(held, date(2026, 12, 20), "soon")] == ["no_day"]


@pytest.mark.parametrize(
    ("case", "why", "step"),
    [
        ({"item": {}}, None, []),
        (body("on_request", told=False), "hearing_not_told", ["tell_hearing"]),
        (body("always", told=False), "hearing_open", ["tell_hearing"]),
        (body("on_request"), "hearing_window", ["party_request"]),
        (body("on_request", waived_on="2026-11-24"), None, ["party_request"]),
        (body("on_request", waived_on="2026-11-24", parties="邻居"), "hearing_window", ["party_request"]),
        (body("on_request", requested_on="2026-11-25"), "hearing_open", ["call_hearing"]),
        (body("always"), "hearing_open", ["party_request", "call_hearing"]),
        (body("always", waived_on="2026-11-24"), "hearing_open", ["party_request", "call_hearing"]),
        (body("always", notice={"on": "x"}), "hearing_open", ["call_hearing", "record_hearing"]),
        (body("on_request", requested_on="x", record={"on": "x"}), None, []),
    ],
)
def test_what_may_not_be_decided_yet_and_what_comes_next(
    case: dict[str, Any], why: str | None, step: list[str]
) -> None:
    assert hearing.against(case, TOLD) == why
    assert hearing.steps(case) == step
    assert set(step) <= set(actions.offered(["grant"], case))


def test_who_says_nothing_in_five_days_has_no_hearing() -> None:
    assert hearing.against(body("on_request"), date(2026, 12, 1)) == "hearing_window"
    assert hearing.against(body("on_request"), date(2026, 12, 2)) is None


def test_a_hearing_ends_with_its_record_and_not_by_resuming() -> None:
    case = body("on_request", requested_on="2026-11-25")
    case["pauses"] = [{"kind": "hearing", "start": "2026-11-25", "end": None}]
    assert actions.offered(["grant"], case) == ["suspend", "call_hearing"]
    case["pauses"].append({"kind": "testing", "start": "2026-11-25", "end": None})
    assert actions.resumable(case) == ["testing"]
