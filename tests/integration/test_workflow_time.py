"""What calendars and time do to cases, on the database of the pair."""

from __future__ import annotations

from datetime import date

import pytest
from support.office import ADMIN, NEW, OLD, Office, clerk

from gdbos_contracts.errors import BadInput, Forbidden, NotFound
from services.workflow.handlers import calendars


def test_the_published_calendar_is_in_the_database(office: Office) -> None:
    office.accepted("W1", "2025-01-20")
    assert office.row("W1")["due"] == "2025-01-26"
    assert office.row("W1")["statutory_due"] == "2025-02-21"


def test_a_notice_on_day_six_comes_after_acceptance(office: Office) -> None:
    """Hard case 1, by the clerk's late notice, and by silence."""
    office.at("2025-03-03")
    for case_no in ("N-timely", "N-late", "N-silent"):
        office.file(case_no)
    office.at("2025-03-10")
    assert office.sweep()["deemed"] == 0
    office.act("N-timely", "correct", faults=[])
    office.at("2025-03-11")
    office.act("N-late", "correct", faults=[])
    assert office.sweep()["deemed"] == 1
    assert office.sweep()["deemed"] == 0
    assert "accepted_on" not in office.case("N-timely").body
    for case_no in ("N-late", "N-silent"):
        assert office.case(case_no).body["accepted_on"] == "2025-03-03"
        assert office.row(case_no)["due"] == "2025-03-10"
        assert [r["type"] for r in office.records(case_no) if r["type"] == "deemed"] == ["deemed"]
    with pytest.raises(BadInput):
        office.act("N-silent", "refuse_acceptance", reason="x")


@pytest.mark.parametrize("action", ["refuse_acceptance", "correct"])
def test_after_day_six_a_clerk_who_is_faster_than_the_sweep_finds_it_accepted(
    office: Office, action: str
) -> None:
    office.at("2025-03-03")
    office.file(f"N-{action}")
    office.at("2025-03-11")
    if action == "correct":
        office.act("N-correct", "correct", faults=[])
        assert office.case("N-correct").body["accepted_on"] == "2025-03-03"
    else:
        with pytest.raises(BadInput):
            office.act("N-refuse_acceptance", "refuse_acceptance", reason="x")


def test_an_extension_is_asked_by_the_clerk_and_granted_once_by_the_head(office: Office) -> None:
    """Hard case 3: granted on the last day; the second is refused; after the last day it is too late."""
    head = clerk(name="head", roles=("agency_head",))
    for case_no in ("X1", "X2"):
        office.accepted(case_no, "2025-03-03")
    office.act("X1", "extend", days=10, reason="复杂")
    with pytest.raises(NotFound):
        office.act("X1", "approve_extension")
    with pytest.raises(Forbidden):
        office.act("X1", "approve_extension", clerk(roles=("agency_head",)))
    with pytest.raises(BadInput):
        office.act("X2", "extend", days=11, reason="复杂")
    office.act("X2", "extend", days=5, reason="复杂")
    office.at(office.row("X1")["statutory_due"])
    office.act("X1", "approve_extension", head)
    assert office.case("X1").body["extension"]["days"] == 10
    assert office.row("X1")["statutory_due"] == "2025-04-15"
    with pytest.raises(BadInput):
        office.act("X1", "extend", days=1, reason="再延")
    with office.room() as room:
        assert "extension" in [paper["kind"] for paper in room.papers.documents("X1")]
    office.at("2025-04-01")
    with pytest.raises(BadInput) as late:
        office.act("X2", "approve_extension", head)
    assert late.value.faults[0].code == "extension_too_late"


def test_a_refused_extension_leaves_the_limit_and_may_be_asked_again(office: Office) -> None:
    head = clerk(name="head", roles=("agency_head",))
    office.accepted("X3", "2025-03-03")
    before = office.row("X3")
    for _ in range(2):
        office.act("X3", "extend", days=10, reason="复杂")
        office.act("X3", "refuse_extension", head, reason="不复杂")
    assert office.row("X3") == before


def test_two_special_procedures_stop_the_clock_once(office: Office) -> None:
    """Hard case 2: they overlap and end one after the other; the case goes on when the last has ended."""
    office.accepted("P1", "2025-09-22", days=10)
    office.at("2025-09-28")
    office.act("P1", "suspend", kind="expert_review", days=10, reason="评审")
    office.at("2025-09-30")
    office.act("P1", "suspend", kind="testing", days=10, reason="检测")
    with pytest.raises(BadInput):
        office.act("P1", "suspend", kind="testing", days=10, reason="检测")
    with pytest.raises(BadInput):
        office.act("P1", "grant")
    assert office.row("P1")["paused"]
    office.at("2025-10-10")
    office.act("P1", "resume", kind="expert_review")
    assert office.case("P1").state == "suspended"
    office.at("2025-10-14")
    office.act("P1", "resume")
    assert office.case("P1").state == "accepted"
    assert office.row("P1")["due"] == "2025-10-21"
    with office.room() as room:
        assert [p["kind"] for p in room.papers.documents("P1")].count("suspension") == 2


def test_a_calendar_that_changes_moves_open_cases_and_no_closed_one(office: Office) -> None:
    """Hard case 4, in batches that can be interrupted; one agency's day moves nobody else's."""
    for case_no in ("C1", "C2", "C3", "C-closed"):
        office.accepted(case_no, "2025-05-12")
    office.accepted("C-other", "2025-05-12", agency=NEW)
    office.act("C-closed", "grant")
    assert not office.row("C-closed")["open"]
    closed = office.row("C-closed")
    change = office.publish({"2025-05-14": False}, OLD)
    assert office.row("C1")["due"] == "2025-05-19"
    moved = 0
    with office.room() as room:
        waiting = room.calendars.pending()
    assert waiting is not None and waiting["id"] == change
    for _ in range(50):
        moved += office.sweep(limit=2)["moved"]
    assert [office.row(c)["due"] for c in ("C1", "C2", "C3")] == ["2025-05-20"] * 3
    assert office.row("C-other")["due"] == "2025-05-19"
    assert office.row("C-closed") == closed
    with office.room() as room:
        assert room.calendars.pending() is None
        first = calendars.changes(1, room)["changes"][0]
    assert (first["id"], first["moved"], first["by"]) == (change, moved, "admin")


def test_a_day_given_twice_publishes_nothing(office: Office) -> None:
    day = {"day": date(2025, 8, 1), "works": False}
    command = {"agency": "", "days": [day, day], "known_until": None, "reason": "x"}
    with office.room() as room, pytest.raises(BadInput):
        calendars.publish(command, ADMIN, room)
    with office.room() as room:
        assert room.calendars.of("").works(date(2025, 8, 1))
