"""Laws of working days and clocks, and the worked examples of the field."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar.constants as published
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.workflow.domain import clock, limits
from services.workflow.domain.calendar import Calendar
from services.workflow.domain.clock import BLUE, CALENDAR_DAY, GREEN, RED, WORKING, YELLOW, Clock, Pause

NATIONAL = Calendar.of(published.holidays, published.workdays, date(max(published.holidays).year, 12, 31))
PLAIN = Calendar()
BASE = date(2025, 1, 1)
DAYS = st.integers(0, 400).map(lambda n: BASE + timedelta(days=n))
LENGTHS = st.integers(0, 45)
QUICK = settings(max_examples=60)


@st.composite
def pauses(draw: st.DrawFn) -> tuple[Pause, ...]:
    found = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(DAYS)
        found.append(Pause(start, start + timedelta(days=draw(st.integers(0, 30)))))
    return tuple(found)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2025, 1, 20), 5, date(2025, 1, 26)),  # a Sunday that is a make-up day
        (date(2025, 1, 20), 20, date(2025, 2, 21)),
        (date(2020, 1, 20), 20, date(2020, 2, 25)),  # the Spring Festival that was made longer
        (date(2025, 9, 26), 20, date(2025, 10, 30)),
    ],
)
def test_worked_examples(start: date, days: int, due: date) -> None:
    assert NATIONAL.add(start, days) == due
    assert Clock(days, WORKING, start).due(NATIONAL) == due
    assert NATIONAL.between(start, due) == days


def test_natural_days_count_every_day() -> None:
    assert Clock(7, CALENDAR_DAY, date(2025, 1, 27)).due(NATIONAL) == date(2025, 2, 3)


@QUICK
@given(DAYS, LENGTHS, LENGTHS)
def test_more_days_are_never_due_earlier(start: date, days: int, more: int) -> None:
    assert Clock(days + more, WORKING, start).due(NATIONAL) >= Clock(days, WORKING, start).due(NATIONAL)


@QUICK
@given(DAYS, DAYS, LENGTHS)
def test_a_later_start_is_never_due_earlier(one: date, other: date, days: int) -> None:
    first, last = sorted((one, other))
    assert Clock(days, WORKING, first).due(NATIONAL) <= Clock(days, WORKING, last).due(NATIONAL)


@QUICK
@given(DAYS, st.integers(1, 45), st.integers(0, 60), st.integers(0, 60))
def test_a_pause_shifts_by_the_working_days_it_lasted(
    start: date, days: int, after: int, length: int
) -> None:
    running = Clock(days, WORKING, start)
    begun = start + timedelta(days=after)
    pause = Pause(begun, begun + timedelta(days=length))
    stopped = NATIONAL.between(pause.start, pause.end or begun)
    shifted = Clock(days, WORKING, start, (pause,)).due(NATIONAL)
    due = running.due(NATIONAL)
    assert shifted == (NATIONAL.add(due, stopped) if begun < due else due)


@QUICK
@given(DAYS, LENGTHS, pauses())
def test_the_order_of_pauses_is_irrelevant_and_overlap_counts_once(
    start: date, days: int, found: tuple[Pause, ...]
) -> None:
    due = Clock(days, WORKING, start, found).due(NATIONAL)
    assert Clock(days, WORKING, start, found[::-1]).due(NATIONAL) == due
    assert Clock(days, WORKING, start, found + found).due(NATIONAL) == due
    stopped = {
        p.start + timedelta(days=n + 1) for p in found for n in range(((p.end or p.start) - p.start).days)
    }
    holidays = Calendar.of(NATIONAL.holidays | stopped, NATIONAL.workdays - stopped, NATIONAL.known_until)
    assert due == holidays.add(start, days)


@QUICK
@given(DAYS, LENGTHS, pauses(), st.dictionaries(DAYS, st.just(False), max_size=20))
def test_new_holidays_never_make_it_due_earlier(
    start: date, days: int, found: tuple[Pause, ...], off: dict[date, bool]
) -> None:
    running = Clock(days, WORKING, start, found)
    assert running.due(NATIONAL.changed(off)) >= running.due(NATIONAL)


@QUICK
@given(st.dictionaries(DAYS, st.booleans(), max_size=20), DAYS)
def test_a_published_day_is_what_was_published_and_no_other_moves(
    days: dict[date, bool], other: date
) -> None:
    changed = NATIONAL.changed(days)
    assert all(changed.works(day) is works for day, works in days.items())
    assert other in days or changed.works(other) is NATIONAL.works(other)


@QUICK
@given(DAYS, st.integers(1, 45), pauses())
def test_elapsed_reaches_the_limit_on_the_due_day_and_not_before(
    start: date, days: int, found: tuple[Pause, ...]
) -> None:
    running = Clock(days, WORKING, start, found)
    due = running.due(NATIONAL)
    assert running.elapsed(NATIONAL, due) == days
    assert running.elapsed(NATIONAL, due - timedelta(days=1)) == days - 1


@QUICK
@given(DAYS, st.integers(1, 45), st.integers(0, 90))
def test_the_days_in_a_row_give_the_light_of_the_clock(start: date, days: int, after: int) -> None:
    """Boards and inboxes compare days; the clock counts them. They never differ."""
    running, today = Clock(days, WORKING, start), start + timedelta(days=after)
    red = today > running.due(NATIONAL)
    yellow = today >= running.yellow_from(NATIONAL)
    assert running.light(NATIONAL, today) == (RED if red else YELLOW if yellow else GREEN)


def test_a_pause_hides_no_delay_that_was_there_before() -> None:
    start = date(2025, 3, 3)
    late = Clock(5, WORKING, start, (Pause(date(2025, 3, 11), None),))
    early = Clock(5, WORKING, start, (Pause(date(2025, 3, 5), None),))
    today = date(2025, 3, 20)
    assert (late.light(PLAIN, today), late.stands(PLAIN)) == (RED, False)
    assert (early.light(PLAIN, today), early.stands(PLAIN)) == (BLUE, True)


def test_two_overlapping_procedures_over_a_holiday_week_count_once() -> None:
    """Hard case 2: expert review and testing overlap across the National Day week of 2025."""
    found = (Pause(date(2025, 9, 28), date(2025, 10, 10)), Pause(date(2025, 9, 30), date(2025, 10, 14)))
    due = Clock(20, WORKING, date(2025, 9, 22), found).due(NATIONAL)
    stopped = NATIONAL.between(date(2025, 9, 28), date(2025, 10, 14))
    assert stopped == 7
    assert due == NATIONAL.add(NATIONAL.add(date(2025, 9, 22), 20), stopped)


def test_silence_for_five_working_days_is_acceptance_from_the_day_of_receipt() -> None:
    """Hard case 1: on day 5 the notice is in time, on day 6 it is not."""
    received = date(2025, 3, 3)
    last = PLAIN.add(received, 5)
    assert limits.accepted_on(received, last, PLAIN) == last
    assert limits.accepted_on(received, last + timedelta(days=1), PLAIN) == received


def test_the_years_that_nobody_published_are_provisional() -> None:
    assert not NATIONAL.provisional(NATIONAL.known_until)
    assert NATIONAL.provisional(NATIONAL.known_until + timedelta(days=1))
    longer = NATIONAL.changed({}, date(NATIONAL.known_until.year + 1, 12, 31))
    assert not longer.provisional(NATIONAL.known_until + timedelta(days=1))


def test_limits_of_the_law() -> None:
    single, joint = ({"limits": {"statutory": {"kind": kind}}} for kind in (None, "joint"))
    assert (limits.decision_of(single).extension, limits.decision_of(single).approver) == (10, "agency_head")
    assert (limits.decision_of(joint).days, limits.decision_of(joint).extension) == (45, 15)
    assert limits.delivery_due(date(2025, 9, 26), NATIONAL) == NATIONAL.add(date(2025, 9, 26), 10)


def test_a_hearing_is_held_in_time_and_told_seven_days_before() -> None:
    told, asked = date(2025, 3, 3), date(2025, 3, 5)
    hearing = limits.Hearing.of(told, asked, PLAIN)
    assert hearing.request_by == date(2025, 3, 10)
    assert hearing.held_by == date(2025, 4, 2)
    assert hearing.admits(date(2025, 3, 10), date(2025, 3, 17))
    assert not hearing.admits(date(2025, 3, 11), date(2025, 3, 17))
    assert not hearing.admits(date(2025, 3, 10), date(2025, 4, 3))
    assert not limits.Hearing.of(told, None, PLAIN).admits(told, date(2025, 3, 17))


def body(**more: object) -> dict[str, object]:
    limit = {"days": 20, "unit": WORKING}
    return {"limits": {"statutory": limit, "promised": {"days": 5, "unit": WORKING}}, **more}


def test_the_decision_stops_the_promise_and_starts_delivery() -> None:
    decided = body(accepted_on="2025-03-03", decision={"at": "2025-03-07T10:00:00+08:00"})
    shown = clock.told(decided, PLAIN, date(2025, 6, 2))
    assert (shown["promised"]["light"], shown["promised"]["elapsed"]) == (YELLOW, 4)
    assert (shown["delivery"]["due"], shown["delivery"]["light"]) == ("2025-03-21", RED)
    assert clock.row_of(decided, PLAIN)["due"] == "2025-03-21"
    assert clock.row_of(body(), PLAIN) == {}


def test_an_extension_lengthens_both_clocks() -> None:
    plain, longer = body(accepted_on="2025-03-03"), body(accepted_on="2025-03-03", extension={"days": 10})
    for name, days in (("statutory", 30), ("promised", 15)):
        assert clock.clocks_of(longer)[name].due(PLAIN) == PLAIN.add(date(2025, 3, 3), days)
    assert clock.clocks_of(plain)["statutory"].due(PLAIN) == PLAIN.add(date(2025, 3, 3), 20)
