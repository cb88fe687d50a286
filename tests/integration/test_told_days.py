"""A changed calendar and the days that people were told: the agency's days are the law's, the applicant's never shrink."""

from __future__ import annotations

from typing import Any

import pytest
from support.engine_host import EngineHost, bpmn
from support.office import NEW, OLD, Office

from services.workflow.adapters import verification
from services.workflow.handlers.firing import fire_due

WAITS = """
start s
user intake role=intake actions="accept correct refuse_acceptance"
xor x
events w
catch corrected message=correction
catch lapsed date=correction_due
user decide role=decider actions="grant deny"
end e outcome=granted
end n outcome=not_corrected
s > intake > x
x > w if action = "correct"
x > decide default
w > corrected > intake
w > lapsed > n
decide > e
"""
FAULTS = [{"field": "x", "message": "x"}]
"""Thirty working days from 2026-03-02, told in the notice."""


@pytest.fixture(scope="module", autouse=True)
def process(office: Office) -> None:
    EngineHost.publish(office, "timed", bpmn(WAITS))


def noticed(office: Office, case_no: str, agency: str = OLD) -> str:
    """The last day that the notice names."""
    office.at("2026-03-02")
    office.file(case_no, agency)
    with office.room() as room:
        case = room.cases.get(case_no)
        assert case is not None
        case.body["asked"] = [{"id": "x", "name": {}}]
        case.body["elements"] = [{"element": "x"}]
        room.cases.save(case)
        room.work.commit()
    office.act(case_no, "correct", faults=FAULTS)
    return due(office, case_no)


def due(office: Office, case_no: str) -> str:
    return str(office.case(case_no).body["correction"]["due"])


def swept(office: Office) -> None:
    while office.sweep()["moved"]:
        pass


def outcome_on(office: Office, case_no: str, day: str) -> str | None:
    office.at(day, "00:01")
    fire_due(100, office.room)
    return office.case(case_no).outcome


def test_a_holiday_moves_the_last_day_to_correct_and_its_timer(office: Office) -> None:
    was, other = noticed(office, "T1"), noticed(office, "T2", NEW)
    assert was == other == "2026-04-14"
    office.publish({"2026-03-10": False, "2026-03-11": False}, OLD)
    swept(office)
    assert (due(office, "T1"), due(office, "T2")) == ("2026-04-16", "2026-04-14")
    (record,) = office.records("T1")
    assert record["rule"] == "TERM-MOVED" and "2026-04-16" in record["content"]["en"]
    with office.room() as room:
        told = [line["note"]["en"] for line in room.timeline.of("T1", 0) if line["event"] == "term_moved"]
    assert len(told) == 1 and "2026-04-16" in told[0]
    swept(office)
    assert len(office.records("T1")) == 1 and office.records("T2") == []
    assert outcome_on(office, "T2", "2026-04-15") == "not_corrected"
    assert outcome_on(office, "T1", "2026-04-16") is None, "by the day that it had, it would be over"
    assert outcome_on(office, "T1", "2026-04-17") == "not_corrected"
    assert not verification.verify(office.store).broken, "the moved timer replays"


def test_a_new_working_day_takes_none_from_the_applicant(office: Office) -> None:
    was = noticed(office, "T3", NEW)
    office.publish({"2026-03-14": True}, NEW)
    swept(office)
    assert due(office, "T3") == was and office.records("T3") == []
    assert outcome_on(office, "T3", was) is None


@pytest.mark.parametrize(("works", "expected"), [(False, "2026-05-12"), (True, "2026-05-09")])
def test_the_agencys_five_days_follow_the_calendar_both_ways(
    office: Office, works: bool, expected: str
) -> None:
    """Nobody is deemed to have accepted on a day that is no longer too late, nor later than the law says."""
    agency, case_no = f"A-{works}", f"N-{works}"
    office.at("2026-05-04")
    office.publish({"2026-05-04": True, "2026-05-05": True, "2026-05-09": False}, agency)
    office.file(case_no, agency)
    assert office.row(case_no)["notice_due"] == "2026-05-11"
    office.publish({"2026-05-08": False} if not works else {"2026-05-09": True}, agency)
    swept(office)
    assert office.row(case_no)["notice_due"] == expected
    office.at(expected)
    assert office.sweep()["deemed"] == 0 and not office.case(case_no).body.get("accepted_on")


def test_a_pledge_gets_its_days_back(office: Office) -> None:
    held = pledged(office, "P1")
    assert held["due"] == "2026-06-09"
    office.publish({"2026-06-04": False}, OLD)
    swept(office)
    assert office.case("P1").body["deferral"]["due"] == "2026-06-10"
    assert [row["rule"] for row in office.records("P1")] == ["TERM-MOVED"]
    assert outcome_on(office, "P1", "2026-06-10") is None
    assert outcome_on(office, "P1", "2026-06-11") == "terminated"


def pledged(office: Office, case_no: str) -> dict[str, Any]:
    """Accepted on 2026-06-02 with one material to follow in five working days."""
    office.at("2026-06-02")
    office.file(case_no, OLD, days=15)
    with office.room() as room:
        case = room.cases.get(case_no)
        assert case is not None
        case.body["asked"] = [{"id": "m", "name": {"zh-Hans": "材料"}}]
        case.body["materials"] = [{"material": "m", "pledged": True}]
        room.cases.save(case)
        room.work.commit()
    office.act(case_no, "accept")
    found: dict[str, Any] = office.case(case_no).body["deferral"]
    return found
