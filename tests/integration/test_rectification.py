"""A bad rating that is being put right has a clock: its light turns, and when it runs out the next level is told."""

from __future__ import annotations

from typing import Any

import pytest
from support.office import NEW, OLD, SUPERVISOR, Office, clerk

from gdbos_contracts.errors import NotFound
from gdbos_contracts.principal import Principal
from services.workflow.handlers import failing, rating, rectifying, supervising

APPLICANT = Principal("someone", "person", "")
PAGE = {"agency": "", "before": 0, "limit": 100}


def administrator(agency: str = OLD) -> Principal:
    return Principal(f"admin-{agency}", "agency_admin", "", (), agency)


def rated(office: Office, id: str, day: str, agency: str = OLD) -> None:
    """A case decided and rated as bad on `day`, and found to be right by its agency."""
    office.accepted(f"CASE-{id}", day, agency=agency)
    office.act(f"CASE-{id}", "grant")
    command = {
        "case_no": f"CASE-{id}", "step": "whole", "score": 5, "stars": None, "reasons": ["slow"], "comment": "",
        "channel": "pc",
    }  # fmt: skip
    with office.room() as room:
        rating.rate(command, id, APPLICANT, room)
    handled(office, id, "confirm", administrator(agency))


def handled(office: Office, id: str, action: str, who: Principal) -> dict[str, Any]:
    with office.room() as room:
        return rating.handle({"id": id, "action": action, "text": "x"}, who, room)


def listed(office: Office, who: Principal) -> dict[str, dict[str, Any]]:
    with office.room() as room:
        return {row["id"]: row for row in rating.bad(who, room.ratings)["ratings"]}


def records(office: Office, id: str) -> list[tuple[str, str]]:
    with office.room() as room:
        found = supervising.listed(PAGE, SUPERVISOR, room)["records"]
    return [(row["rule"], row["light"]) for row in reversed(found) if row["case_no"] == id]


def test_the_light_turns_and_the_next_levels_are_told(office: Office) -> None:
    rated(office, "r1", "2026-03-02")
    assert (listed(office, administrator())["r1"]["light"], listed(office, SUPERVISOR)) == ("green", {})
    for day in ("2026-03-17", "2026-03-18", "2026-03-23"):
        office.at(day)
        assert office.sweep()["escalated"] == 0
    assert listed(office, administrator())["r1"]["light"] == "yellow"
    office.at("2026-03-24")
    assert office.sweep()["escalated"] == 1
    assert office.sweep()["escalated"] == 0, "the next level has days of its own"
    shown = listed(office, SUPERVISOR)["r1"]
    assert (shown["light"], shown["escalated_to"], shown["actions"]) == ("red", "agency_head", [])
    office.at("2026-03-30")
    assert office.sweep()["escalated"] == 1
    assert listed(office, SUPERVISOR)["r1"]["escalated_to"] == "government"
    assert records(office, "r1") == [
        ("RATING-LIGHT", "yellow"), ("RATING-LIGHT", "red"), ("RATING-LATE", ""), ("RATING-LATE", ""),
    ]  # fmt: skip
    handled(office, "r1", "rectify", administrator())
    office.at("2026-06-01")
    assert office.sweep()["escalated"] == 0
    assert "r1" not in listed(office, SUPERVISOR)


def test_what_was_put_right_in_time_is_nobodys_concern(office: Office) -> None:
    rated(office, "r2", "2026-03-02", NEW)
    office.at("2026-03-20")
    handled(office, "r2", "rectify", administrator(NEW))
    office.at("2026-05-06")
    office.sweep()
    assert records(office, "r2") == []


def test_no_record_tells_which_case_was_rated(office: Office) -> None:
    """The agency's clerks read its records; who rated must not be told by them."""
    rated(office, "r3", "2026-03-02")
    office.at("2026-04-30")
    office.sweep()
    with office.room() as room:
        seen = supervising.listed(PAGE, clerk(OLD), room)["records"]
    told = [row for row in seen if row["rule"].startswith("RATING")]
    assert {row["case_no"] for row in told if row["case_no"] == "r3"} == {"r3"}
    assert "CASE-r3" not in str(told)


def test_one_broken_rating_stops_no_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    rated(office, "r4", "2026-03-02")
    rated(office, "r5", "2026-03-02", NEW)
    real = rectifying.rectifying.escalated

    def broken(row: Any, *more: Any) -> Any:
        if row["id"] == "r4":
            raise RuntimeError("broken")
        return real(row, *more)

    monkeypatch.setattr(rectifying.rectifying, "escalated", broken)
    office.at("2026-03-25")
    assert [office.sweep()["escalated"] for _ in range(3)] == [1, 0, 0]
    monkeypatch.undo()
    office.at("2026-03-25", "09:05")
    assert office.sweep()["escalated"] == 1


def test_a_broken_rating_is_told_to_its_agency_and_tried_when_they_say(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its own id: whose case it was stays unsaid."""
    rated(office, "r7", "2026-03-02")

    def broken(*_: Any) -> Any:
        raise RuntimeError("broken")

    monkeypatch.setattr(rectifying.rectifying, "escalated", broken)
    office.at("2026-03-25")
    office.sweep()
    (told,) = [each for each in incidents(office, administrator()) if each["case_no"] == "r7"]
    assert (told["of"], told["token"], told["reason"], told["step"]) == (
        "rating",
        "rating",
        "RuntimeError",
        "",
    )
    assert told["name"] and "CASE-r7" not in str(told)
    assert incidents(office, administrator(NEW)) == []
    monkeypatch.undo()
    assert office.sweep()["escalated"] == 0, "held back"
    with office.room() as room, pytest.raises(NotFound):
        failing.retry("r7", "rating", administrator(NEW), room)
    with office.room() as room:
        failing.retry("r7", "rating", administrator(), room)
    assert office.sweep()["escalated"] == 1
    assert incidents(office, administrator()) == []


def test_what_failed_at_a_rating_that_was_put_right_is_nobodys_concern(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    rated(office, "r8", "2026-03-02")

    def broken(*_: Any) -> Any:
        raise RuntimeError("broken")

    monkeypatch.setattr(rectifying.rectifying, "escalated", broken)
    office.at("2026-03-25")
    office.sweep()
    assert [each["case_no"] for each in incidents(office, administrator())] == ["r8"]
    handled(office, "r8", "rectify", administrator())
    assert incidents(office, administrator()) == []


def incidents(office: Office, who: Principal) -> list[dict[str, Any]]:
    with office.room() as room:
        return list(failing.incidents({"limit": 100, "cursor": ""}, who, room)["incidents"])


def test_another_agency_neither_sees_nor_handles_it(office: Office) -> None:
    rated(office, "r6", "2026-03-02")
    assert "r6" not in listed(office, administrator(NEW))
    with pytest.raises(NotFound):
        handled(office, "r6", "rectify", administrator(NEW))


def test_a_new_holiday_gives_the_agency_its_day_back_and_the_record_says_so(office: Office) -> None:
    """Only on the calendar that changed; those put right before keep their day, and a second sweep does nothing."""
    for id, agency in (("h1", OLD), ("h2", NEW), ("h3", OLD)):
        rated(office, id, "2026-03-02", agency)
    handled(office, "h3", "rectify", administrator())
    office.publish({"2026-03-10": False, "2026-03-11": False}, OLD)
    assert office.sweep()["moved"] >= 1
    assert days(office, "h1", "h2", "h3") == ["2026-03-25", "2026-03-23", "2026-03-23"]
    assert [rule for rule, _ in records(office, "h1")] == ["RATING-MOVED"] and records(office, "h2") == []
    office.sweep()
    assert len(records(office, "h1")) == 1
    office.at("2026-03-24")
    office.sweep()
    assert listed(office, administrator())["h1"]["light"] == "yellow", "red by the day it had"


def test_a_new_working_day_takes_none_away(office: Office) -> None:
    rated(office, "h4", "2026-04-01", NEW)
    (was,) = days(office, "h4")
    office.publish({"2026-04-11": True}, NEW)
    office.sweep()
    assert days(office, "h4") == [was] and records(office, "h4") == []


def test_one_that_cannot_be_counted_anew_stops_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for id in ("h5", "h6"):
        rated(office, id, "2026-07-01", NEW)
    before = days(office, "h5", "h6")
    real = rectifying.rectifying.recounted

    def broken(row: Any, *more: Any) -> Any:
        if row["id"] == "h5":
            raise RuntimeError("broken")
        return real(row, *more)

    monkeypatch.setattr(rectifying.rectifying, "recounted", broken)
    office.publish({"2026-07-06": False}, NEW)
    office.sweep()
    assert [was < now for was, now in zip(before, days(office, "h5", "h6"), strict=True)] == [False, True]
    monkeypatch.undo()
    office.at("2026-07-01", "09:05")
    office.sweep()
    assert [was < now for was, now in zip(before, days(office, "h5", "h6"), strict=True)] == [True, True]


def days(office: Office, *ids: str) -> list[str]:
    with office.room() as room:
        return [str((room.ratings.get(id) or {})["rectify_by"]) for id in ids]
