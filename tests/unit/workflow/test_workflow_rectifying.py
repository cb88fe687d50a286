"""整改期限: fifteen working days, a light, and who is told when they have run out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdbos_contracts.errors import Conflict
from services.workflow.domain import rectifying
from services.workflow.domain.calendar import Calendar

WEEKDAYS = Calendar()
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def row(**more: Any) -> dict[str, Any]:
    return {**rectifying.started(15, date(2026, 3, 2), WEEKDAYS), "stage": "rectifying", **more}


def test_fifteen_working_days_begin_on_the_day_after_the_verification() -> None:
    assert row()["rectify_by"] == row()["answer_by"] == "2026-03-23"
    assert row()["yellow_from"] == "2026-03-18"


@pytest.mark.parametrize(
    ("day", "light"),
    [("2026-03-02", "green"), ("2026-03-17", "green"), ("2026-03-18", "yellow"), ("2026-03-23", "yellow"),
     ("2026-03-24", "red")],
)  # fmt: skip
def test_the_light_of_a_day(day: str, light: str) -> None:
    assert rectifying.light(row(), date.fromisoformat(day)) == light


@given(DAYS, st.integers(1, 60), st.integers(0, 200))
def test_a_light_never_goes_back(start: date, days: int, later: int) -> None:
    order = ("green", "yellow", "red")
    clock = rectifying.started(days, start, WEEKDAYS)
    day = start + timedelta(later)
    assert order.index(rectifying.light(clock, day)) <= order.index(
        rectifying.light(clock, day + timedelta(1))
    )
    assert (rectifying.light(clock, day) == "red") == (day.isoformat() > clock["rectify_by"])


def test_it_goes_up_once_for_each_day_missed_and_no_higher_than_the_government() -> None:
    late = row()
    for expected in (1, 2):
        day = date.fromisoformat(late["answer_by"])
        with pytest.raises(Conflict):
            rectifying.escalated(late, day, WEEKDAYS)
        late = {**late, **rectifying.escalated(late, day + timedelta(1), WEEKDAYS)}
        assert late["escalation"] == expected
    with pytest.raises(Conflict):
        rectifying.escalated(late, date(2027, 1, 1), WEEKDAYS)


def started(day: date, days: int, escalation: int = 0) -> dict[str, Any]:
    log = [{"action": "confirm", "on": day.isoformat()}]
    clock = rectifying.started(days, day, WEEKDAYS)
    return {**clock, "stage": "rectifying", "rectify_days": days, "log": log, "escalation": escalation}


@given(DAYS, st.integers(1, 40), st.dictionaries(st.integers(0, 80), st.booleans(), max_size=12))
def test_a_changed_calendar_moves_the_last_day_later_or_not_at_all(
    start: date, days: int, changes: dict[int, bool]
) -> None:
    row = started(start, days)
    calendar = WEEKDAYS.changed({start + timedelta(n): works for n, works in changes.items()})
    counted = rectifying.started(days, start, calendar)
    moved = rectifying.recounted(row, calendar)
    assert (moved == {}) == (counted["rectify_by"] <= row["rectify_by"])
    after = {**row, **moved}
    assert after["rectify_by"] == after["answer_by"] == max(row["rectify_by"], counted["rectify_by"])
    assert after["yellow_from"] <= after["rectify_by"]
    assert rectifying.recounted(after, calendar) == {}, "done twice, nothing changes"


def test_the_days_run_from_the_verification_even_after_an_appeal() -> None:
    row = started(date(2026, 3, 9), 15)
    row["log"] = [{"action": "appeal", "on": "2026-03-02"}, {"action": "uphold", "on": "2026-03-09"}]
    holiday = WEEKDAYS.changed({date(2026, 3, 5): False, date(2026, 3, 10): False})
    assert rectifying.recounted(row, holiday)["rectify_by"] == "2026-03-31"


def test_a_level_that_was_told_keeps_its_own_day() -> None:
    row = {**started(date(2026, 3, 2), 15, escalation=1), "answer_by": "2026-03-27"}
    moved = rectifying.recounted(row, WEEKDAYS.changed({date(2026, 3, 10): False}))
    assert moved["rectify_by"] == "2026-03-24" and "answer_by" not in moved


@pytest.mark.parametrize("stage", ["verifying", "appealed", "rectified", "answered", "withdrawn"])
def test_only_what_is_being_put_right_goes_up(stage: str) -> None:
    with pytest.raises(Conflict):
        rectifying.escalated(row(stage=stage), date(2027, 1, 1), WEEKDAYS)
