"""What a preview promises is what happens: calendars looked at before they change, successions before they hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.office import NEW, OLD, THIRD, Office

from gdbos_contracts.errors import BadInput
from services.workflow.handlers import calendars, succeeding

HOLIDAY = "2026-06-10"


def command(*days: str, agency: str = "", works: bool = False) -> dict[str, Any]:
    given = [{"day": date.fromisoformat(day), "works": works} for day in days]
    return {"agency": agency, "days": given, "known_until": None, "reason": "notice"}


def preview(office: Office, wanted: dict[str, Any]) -> dict[str, Any]:
    with office.room() as room:
        return calendars.preview(wanted, room)


def swept(office: Office) -> None:
    while office.sweep()["moved"]:
        pass


@pytest.fixture(scope="module", autouse=True)
def cases(office: Office) -> None:
    """Accepted on a Monday for five working days; one is decided, one agency works on the holiday to come."""
    for case_no, agency in (("C1", OLD), ("C2", OLD), ("C3", NEW), ("C-own", THIRD), ("C-closed", OLD)):
        office.accepted(case_no, "2026-06-08", agency=agency)
    office.act("C-closed", "grant")
    office.accepted("C-before", "2026-06-01", days=1)
    office.at("2026-06-08")
    office.publish({HOLIDAY: True}, THIRD)
    swept(office)


def test_a_preview_says_what_the_change_then_does_and_changes_nothing(office: Office) -> None:
    before = {case_no: office.row(case_no) for case_no in ("C1", "C2", "C3", "C-own", "C-closed", "C-before")}
    found = preview(office, command(HOLIDAY))
    assert found["looked_at"] == found["cases"] == 4
    assert {case_no: office.row(case_no) for case_no in before} == before
    office.publish({HOLIDAY: False})
    swept(office)
    moved = {each["case_no"]: (each["was"], each["due"]) for each in found["moves"]}
    after = {
        case_no: (before[case_no]["due"], office.row(case_no)["due"])
        for case_no in before
        if office.row(case_no)["due"] != before[case_no]["due"]
    }
    assert moved == after
    assert set(moved) == {"C1", "C2", "C3"}


def test_a_preview_of_one_agency_leaves_the_others_out(office: Office) -> None:
    found = preview(office, command("2026-06-11", agency=NEW))
    assert [each["case_no"] for each in found["moves"]] == ["C3"]
    assert preview(office, command("2026-12-24"))["moves"] == []


def test_a_preview_of_a_day_given_twice_is_refused(office: Office) -> None:
    with pytest.raises(BadInput):
        preview(office, command(HOLIDAY, HOLIDAY))


def test_the_days_of_a_year_say_whose_they_are(office: Office) -> None:
    with office.room() as room:
        national = calendars.shown("", 2026, room)
        own = calendars.shown(THIRD, 2026, room)
    assert {"day": HOLIDAY, "works": False, "national": True} in national["days"]
    assert {"day": HOLIDAY, "works": True, "national": False} in own["days"]
    assert own["working_days"] == national["working_days"] + 1
    assert {"day": "2026-10-01", "works": False, "national": True} in own["days"]


def test_a_succession_is_looked_at_before_it_holds(office: Office) -> None:
    wanted = {"old": OLD, "new": "HEIR", "from_day": date(2026, 7, 1)}
    with office.room() as room:
        assert succeeding.preview(wanted, room)["cases"] == 3
        assert succeeding.successions(room)["successions"] == []
        succeeding.succeed(wanted, room)
    with office.room() as room:
        (found,) = succeeding.successions(room)["successions"]
        assert (found["old"], found["new"], found["in_force"]) == (OLD, "HEIR", False)
        for wrong in ({**wanted, "new": "OTHER"}, {**wanted, "old": "HEIR", "new": OLD}):
            with pytest.raises(BadInput):
                succeeding.preview(wrong, room)
    office.at("2026-07-01")
    with office.room() as room:
        assert succeeding.successions(room)["successions"][0]["in_force"]
