"""Service of decisions: the ways, who may be handed a result, and when the times of the remedies run out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain import delivery, remedies
from services.workflow.domain.calendar import Calendar

CALENDAR = Calendar.of([date(2027, 1, 1)], [], date(2030, 12, 31))
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
DECIDED, TODAY = date(2026, 11, 20), date(2026, 11, 25)
OWN, PROXY, OTHER = "440305199003071236", "44030519850615432X", "11010120000101001X"


def codes(data: dict[str, Any], body: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    whole = {"collector": "", "evidence": "", "reason": "", "on": "2026-11-25", **data}
    return [(f.pointer, f.code) for f in delivery.faults(whole, body or {}, DECIDED, TODAY)]


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"way": "in_person"}, [("/data/collector", "service_needs")]),
        ({"way": "post"}, [("/data/evidence", "service_needs")]),
        ({"way": "post", "evidence": "EMS1", "on": "2026-11-26"}, [("/data/on", "future_day")]),
        ({"way": "post", "evidence": "EMS1", "on": "2026-11-19"}, [("/data/on", "before_decision")]),
        ({"way": "post", "evidence": "EMS1", "on": "yesterday!"}, [("/data/on", "no_day")]),
        ({"way": "post", "evidence": "EMS1", "on": "2026-11-20"}, []),
        ({"way": "left", "evidence": "两名见证人"}, [("/data/reason", "service_needs")]),
        ({"way": "electronic"}, [("/data/way", "no_service_consent")]),
        ({"way": "public_notice", "evidence": "官网", "reason": "下落不明"}, [("/data/way", "no_attempt")]),
    ],
)
def test_each_way_has_its_own_conditions(data: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
    assert codes(data) == wrong


def test_consent_opens_the_electronic_way_and_a_failed_attempt_the_public_notice() -> None:
    assert codes({"way": "electronic"}, {"service": {"consent": {"at": "x"}}}) == []
    notice = {"way": "public_notice", "evidence": "官网", "reason": "下落不明"}
    assert codes(notice, {"service": {"attempts": [{"way": "post"}]}}) == []


@given(DAYS, st.integers(1, 90))
def test_a_public_notice_counts_when_the_days_of_the_item_are_over(on: date, days: int) -> None:
    body = {"item": {"handling": {"delivery": {"notice_days": days}}}}
    assert delivery.counts_from("public_notice", on, body) == on + timedelta(days=days)
    assert delivery.counts_from("public_notice", on, {}) == on + timedelta(days=30)
    assert all(delivery.counts_from(w, on, body) == on for w in delivery.WAYS if w != "public_notice")


def test_a_result_is_handed_to_the_applicant_or_the_proxy_and_to_nobody_else() -> None:
    body = {"proxy": {"citizen_id": PROXY}}
    subject = {"person.citizen_id": OWN}
    assert delivery.recipient(OWN, body, subject, False) == "applicant"
    assert delivery.recipient(PROXY.lower(), body, subject, False) == "proxy"
    assert delivery.recipient(OTHER, body, subject, False) is None
    assert delivery.recipient(OTHER, {}, {"firm.uscc": "91440305MA5X0201XW"}, True) == "applicant"
    assert delivery.recipient(OTHER, {}, {"firm.uscc": "91440305MA5X0201XW"}, False) is None


@given(DAYS)
def test_remedies_run_from_service_and_end_on_a_working_day(served: date) -> None:
    found = remedies.periods({}, served, CALENDAR)
    sixty, half = (date.fromisoformat(found[way]["until"]) for way in ("reconsideration", "litigation"))
    assert CALENDAR.works(sixty) and CALENDAR.works(half)
    assert served + timedelta(days=60) <= sixty <= served + timedelta(days=65)
    assert half >= remedies.later(served, 6)


def test_six_months_after_the_last_of_august_is_the_last_of_february() -> None:
    assert remedies.later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert remedies.later(date(2026, 11, 24), 6) == date(2027, 5, 24)
