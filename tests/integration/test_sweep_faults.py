"""A case that fails again and again stops no other, is not tried at every turn, and is told to people."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.office import ADMIN, OLD, SUPERVISOR, Office, clerk

from gdbos_contracts.errors import Conflict, Unavailable
from services.workflow.domain.case import Case
from services.workflow.domain.engine.replay import Command
from services.workflow.handlers import failing, recounting, supervising, watching
from services.workflow.ports import Room

BAD = "BAD"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cases that were tried to be accepted or counted anew; those of BAD fail."""
    tried: list[str] = []

    def breaking(real: Any) -> Any:
        def act(case: Case, room: Room) -> Any:
            tried.append(case.case_no)
            if case.case_no.startswith(BAD):
                raise RuntimeError("this case is broken")
            return real(case, room)

        return act

    monkeypatch.setattr(watching, "accept", breaking(watching.accept))
    monkeypatch.setattr(recounting, "settle", breaking(recounting.settle))
    return tried


def incidents(office: Office, prefix: str) -> list[dict[str, Any]]:
    with office.room() as room:
        found = failing.incidents({"limit": 1000, "cursor": ""}, ADMIN, room)["incidents"]
    return [each for each in found if each["case_no"].startswith(prefix)]


def test_broken_cases_do_not_keep_the_others_waiting(office: Office, broken: list[str]) -> None:
    """More of them than one sweep takes, all before the good one; every minute there is one turn more."""
    office.at("2026-03-02")
    bad = [f"{BAD}-{n}" for n in range(3)]
    for case_no in (*bad, "GOOD"):
        office.file(case_no)
    office.at("2026-03-20")
    counts = [office.sweep(limit=2)["deemed"] for _ in range(4)]
    assert sum(counts) == 1
    assert office.case("GOOD").body["accepted_on"] == "2026-03-02"
    assert sorted(broken) == sorted((*bad, "GOOD")), "each was tried once"
    assert {(each["kind"], each["reason"]) for each in incidents(office, BAD)} == {("watch", "RuntimeError")}


def test_each_further_try_is_later_and_none_is_the_last(office: Office, broken: list[str]) -> None:
    office.at("2026-04-01")
    office.file(f"{BAD}-again")
    for at in ("2026-04-20 09:00", "2026-04-20 09:02", "2026-04-20 09:30", "2026-04-20 11:00"):
        office.at(*at.split())
        office.sweep()
        office.sweep()
    assert broken.count(f"{BAD}-again") == 4
    for day in ("2026-04-21", "2026-04-22"):
        office.at(day)
        office.sweep()
    (found,) = incidents(office, f"{BAD}-again")
    assert found["attempts"] == 6
    assert found["next_at"].startswith("2026-04-22T21:0")


def test_a_calendar_finds_the_case_again_that_could_not_be_counted(
    office: Office, broken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for case_no in (f"{BAD}-count", "OK-count"):
        office.accepted(case_no, "2026-06-01")
    before = office.row("OK-count")["due"]
    office.publish({"2026-06-03": False}, OLD)
    while office.sweep()["moved"]:
        pass
    assert office.row("OK-count")["due"] > before == office.row(f"{BAD}-count")["due"]
    with office.room() as room:
        assert room.calendars.pending() is None
    monkeypatch.undo()
    office.at("2026-06-01", "09:02")
    assert office.sweep()["moved"] == 1
    assert office.row(f"{BAD}-count")["due"] == office.row("OK-count")["due"]
    assert incidents(office, f"{BAD}-count") == []


def test_people_can_have_it_tried_at_once(
    office: Office, broken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office.at("2026-07-01")
    office.file(f"{BAD}-told")
    office.at("2026-07-20")
    office.sweep()
    monkeypatch.undo()
    assert office.sweep()["deemed"] == 0
    with office.room() as room:
        failing.retry(f"{BAD}-told", "notice", ADMIN, room)
    office.sweep()
    assert office.case(f"{BAD}-told").body["accepted_on"] == "2026-07-01"
    assert incidents(office, f"{BAD}-told") == []


def test_what_is_answered_or_over_meanwhile_is_not_left_to_be_tried_for_ever(
    office: Office, broken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notice came after all, or the case ended; one that still waits stays."""
    office.at("2026-09-01")
    for case_no in (
        answered := f"{BAD}-moot-answered",
        over := f"{BAD}-moot-over",
        waits := f"{BAD}-moot-waits",
    ):
        office.file(case_no)
    office.at("2026-09-20")
    office.sweep()
    assert len(incidents(office, f"{BAD}-moot")) == 3
    monkeypatch.undo()
    office.act(answered, "accept")
    office.tell(over, Command("cancel", "withdrawn"))
    monkeypatch.setattr(watching, "accept", lambda *_: 1 / 0)
    office.at("2026-09-21")
    office.sweep()
    assert [each["case_no"] for each in incidents(office, f"{BAD}-moot")] == [waits]


def test_what_failed_at_an_order_that_was_answered_is_nobodys_concern(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.accepted(f"{BAD}-order", "2026-10-08")
    command = {"case_no": f"{BAD}-order", "content": "请说明", "due": date(2026, 10, 10)}
    with office.room() as room:
        issued = supervising.issue(command, SUPERVISOR, room)
    monkeypatch.setattr(watching.order, "escalated", lambda *_: 1 / 0)
    office.at("2026-10-20")
    office.sweep()
    (found,) = incidents(office, f"{BAD}-order")
    assert found["token"] == f"order:{issued['id']}"
    for act, text in (("sign", ""), ("reply", "已办")):
        with office.room() as room:
            supervising.act({"id": issued["id"], "act": act, "text": text}, clerk(OLD), room)
    assert incidents(office, f"{BAD}-order") == []


@pytest.mark.parametrize("error", [Conflict, Unavailable])
def test_what_is_not_the_cases_own_fault_is_no_incident(
    office: Office, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def failing_act(*_: Any) -> None:
        raise error

    office.at("2026-08-03")
    office.file(f"FREE-{error.__name__}")
    office.at("2026-08-20")
    monkeypatch.setattr(watching, "accept", failing_act)
    if error is Unavailable:
        with pytest.raises(Unavailable):
            office.sweep()
    else:
        assert office.sweep()["deemed"] == 0
    assert incidents(office, "FREE") == []
    monkeypatch.undo()
    office.sweep()
