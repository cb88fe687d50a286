"""Stages of a case that is reported up: each has its own clock, and who handles it sees it whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain import clock, entitlement, stages
from services.workflow.domain.calendar import Calendar

CALENDAR = Calendar.of([], [], date(2030, 12, 31))
LIMITS = {name: {"days": 20, "unit": "working_day"} for name in ("statutory", "promised")}


def body(**more: Any) -> dict[str, Any]:
    rule = {"first_review": {"days": 20}, "final_review": {"days": 10, "agency": "city"}}
    filed = {"answers": {"a": 1}, "materials": [], "limits": LIMITS, "accepted_on": "2026-11-24"}
    return {"item": {"handling": {"stages": rule}}, **filed, **more}


@given(st.dates(date(2026, 11, 25), date(2027, 3, 1)), st.integers(0, 40))
def test_a_stage_that_comes_back_goes_on_with_the_days_it_had_left(today: date, spent: int) -> None:
    case = body(stages=[{"stage": "first_review"}])
    again = stages.entered(case, "first_review", "district", today, spent)
    assert again["days"] == max(0, 20 - spent) and again["started_on"] == today.isoformat()


def test_the_first_stage_counts_from_acceptance_and_the_next_from_its_own_day() -> None:
    first = stages.entered(body(), "first_review", "district", date(2026, 11, 26), 0)
    assert first["started_on"] == "2026-11-24"
    last = stages.entered(body(stages=[first]), "final_review", "city", date(2026, 12, 1), 0)
    case = body(stages=[first, last])
    running = clock.clocks_of(case)["stage"]
    assert running.due(CALENDAR) == CALENDAR.add(date(2026, 12, 1), 10) == clock.active(case).due(CALENDAR)  # type: ignore[union-attr]


def test_a_pause_of_the_case_pauses_its_stage_and_the_decision_ends_it() -> None:
    first = stages.entered(body(), "first_review", "district", date(2026, 11, 24), 0)
    pause = {"start": "2026-11-25", "end": "2026-11-27", "kind": "testing"}
    plain, paused = clock.stage_clock(first, body()), clock.stage_clock(first, body(pauses=[pause]))
    assert CALENDAR.between(plain.due(CALENDAR), paused.due(CALENDAR)) == 2
    decided = body(stages=[first], decision={"at": "2026-12-01T10:00:00+08:00"})
    assert "stage" not in clock.clocks_of(decided)


def test_the_agency_above_sees_the_whole_case_and_no_other_agency_does() -> None:
    task = {"agency": "city", "form": [], "reads": None}
    assert entitlement.named(task, "district", body()) == {"a"}
    assert entitlement.named({**task, "agency": "other"}, "district", body()) == frozenset()
    assert entitlement.named(task, "district", {**body(), "item": {}}) == frozenset()
