"""Deferred materials, proxies, remedies: the rules without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain import deferral, intake, remedies
from services.workflow.domain.calendar import Calendar

CALENDAR = Calendar.of({}, {}, date(2030, 12, 31))
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(DAYS, st.integers(1, 30), st.integers(0, 40))
def test_the_last_day_is_never_after_the_promise(accepted: date, days: int, promise: int) -> None:
    promised = accepted + timedelta(days=promise)
    due = deferral.due(accepted, days, promised, CALENDAR)
    assert due <= promised or promise == 0


@given(DAYS, st.integers(1, 30), st.integers(-40, 40))
def test_a_late_agency_never_leaves_the_applicant_without_a_day(
    accepted: date, days: int, promise: int
) -> None:
    """Deemed accepted on the day of receipt, the promise may be over when the list of materials is given."""
    assert deferral.due(accepted, days, accepted + timedelta(days=promise), CALENDAR) > accepted


def test_the_last_day_is_in_time_and_the_next_is_not() -> None:
    """Hard case 9: late by one day."""
    held = {"due": "2026-11-24"}
    assert not deferral.late(held, date(2026, 11, 24))
    assert deferral.late(held, date(2026, 11, 25))


def test_what_is_promised_for_good_is_not_owed() -> None:
    """告知承諾 stands in for the proof; 容缺 only puts it off."""
    asked = [{"id": "a", "name": {}}, {"id": "b", "name": {}, "pledge": True}, {"id": "c", "name": {}}]
    filed = [{"material": "a", "pledged": True}, {"material": "b", "pledged": True}, {"material": "c"}]
    assert [each["material"] for each in deferral.pledged(asked, filed)] == ["a"]


@pytest.mark.parametrize(
    "number", ["44030519850615432X", "44030519850615432x", " ４４０３０５１９８５０６１５４３２Ｘ"]
)
def test_nobody_is_their_own_proxy_however_it_is_written(number: str) -> None:
    """Hard case 10."""
    subject = {"person.citizen_id": "44030519850615432X"}
    assert [f.code for f in intake.proxy_faults({"citizen_id": number}, subject)] == ["same_person"]
    assert intake.proxy_faults({"citizen_id": "440305199003071236"}, subject) == []
    assert intake.proxy_faults(None, subject) == []


def test_the_items_own_authority_is_told_and_the_law_fills_the_rest() -> None:
    own = {"reconsideration": {"authority": {"en": "City"}}}
    told = remedies.told({"item": {"handling": {"remedies": own}}})
    assert told["reconsideration"] == {"authority": {"en": "City"}, "days": 60}
    assert told["litigation"]["months"] == 6
