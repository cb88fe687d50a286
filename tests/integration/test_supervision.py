"""What supervision sees and does: lights, orders, escalation, successions; on the database of the pair."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.office import NEW, OLD, QUERY, SUPERVISOR, THIRD, Office, clerk

from gdbos_contracts.errors import BadInput, Conflict, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.workflow.handlers import desk, following, succeeding, supervising, watching


def test_lights_change_by_time_alone_and_each_change_is_on_record(office: Office) -> None:
    office.accepted("L1", "2025-06-03")
    before = office.case("L1").revision
    for day in ("2025-06-09", "2025-06-10", "2025-06-11"):
        office.at(day)
        office.sweep(10_000)
        office.sweep(10_000)
    found = [(r["was"], r["light"], r["rule"]) for r in reversed(office.records("L1"))]
    assert found == [("green", "yellow", "CLOCK-YELLOW"), ("yellow", "red", "CLOCK-RED")]
    assert office.case("L1").revision == before
    office.act("L1", "suspend", kind="hearing", days=10, reason="听证")
    office.sweep(10_000)
    assert len(office.records("L1")) == 2, "a pause that begins too late hides no delay"


def test_the_histogram_counts_working_days_overdue(office: Office) -> None:
    office.accepted("O1", "2025-09-15", agency=THIRD)
    office.at("2025-10-09")
    with office.room() as room:
        overdue = [row for row in room.clocks.overdue(date(2025, 10, 9), "") if row["agency"] == THIRD]
        shown = supervising.histogram(SUPERVISOR, room)
    assert [(row["due"], row["cases"]) for row in overdue] == [("2025-09-22", 1)]
    assert sum(each["cases"] for each in shown["bins"]) == shown["total"] >= 1


def test_an_order_goes_its_way_and_each_does_their_part(office: Office) -> None:
    office.accepted("D1", "2025-06-03", agency=THIRD)
    own, other = clerk(THIRD), clerk(OLD)
    with office.room() as room:
        issued = supervising.issue(order("D1", "2025-06-06"), SUPERVISOR, room)
    assert (issued["state"], issued["level"], issued["actions"]) == ("issued", "agency", [])
    refused: list[tuple[str, Principal, type[Exception]]] = [
        ("sign", other, NotFound),
        ("sign", SUPERVISOR, Forbidden),
        ("close", own, Forbidden),
        ("reply", own, Conflict),
        ("close", SUPERVISOR, Conflict),
    ]
    for act, who, wrong in refused:
        with pytest.raises(wrong):
            do(office, issued["id"], act, who)
    do(office, issued["id"], "sign", own)
    with pytest.raises(BadInput):
        do(office, issued["id"], "reply", own, " ")
    with pytest.raises(Conflict):
        do(office, issued["id"], "sign", own)
    assert do(office, issued["id"], "reply", own, "已办")["state"] == "replied"
    assert do(office, issued["id"], "close", SUPERVISOR)["state"] == "closed"
    assert [(r["rule"], r["result"]) for r in office.records("D1")] == [("ORDER-ISSUED", "已办")]
    with office.room() as room:
        assert supervising.orders(PAGE, own, room)["orders"][0]["id"] == issued["id"]
        assert issued["id"] not in [o["id"] for o in supervising.orders(PAGE, other, room)["orders"]]
        with pytest.raises(NotFound):
            supervising.orders({**PAGE, "agency": THIRD}, other, room)


PAGE = {"agency": "", "before": 0, "limit": 100, "state": ""}


def order(case_no: str, due: str) -> dict[str, Any]:
    return {"case_no": case_no, "content": "请尽快办理", "due": date.fromisoformat(due)}


def do(office: Office, id: int, act: str, who: Principal, text: str = "收到") -> dict[str, Any]:
    with office.room() as room:
        return supervising.act({"id": id, "act": act, "text": text}, who, room)


def test_an_order_to_nothing_is_refused(office: Office) -> None:
    office.accepted("D2", "2025-06-03")
    for wrong in (order("nowhere", "2025-06-06"), order("D2", "2025-06-02")):
        with office.room() as room, pytest.raises(BadInput):
            supervising.issue(wrong, SUPERVISOR, room)


def test_an_unanswered_order_goes_up_and_a_fault_of_one_agency_stops_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for case_no, agency in (("E-bad", OLD), ("E-good", NEW)):
        office.accepted(case_no, "2025-07-01", agency=agency)
        with office.room() as room:
            supervising.issue(order(case_no, "2025-07-02"), SUPERVISOR, room)
    real = watching.order.escalated

    def broken(found: Any, today: date, calendar: Any) -> Any:
        if found["agency"] == OLD:
            raise RuntimeError("this agency's data are broken")
        return real(found, today, calendar)

    monkeypatch.setattr(watching.order, "escalated", broken)
    office.at("2025-07-03")
    assert office.sweep()["escalated"] == 1
    monkeypatch.undo()
    assert office.sweep()["escalated"] == 0, "what failed is not tried at every turn"
    office.at("2025-07-03", "09:02")
    assert office.sweep()["escalated"] == 1
    assert office.sweep()["escalated"] == 0, "the next level has days of its own"
    office.at("2025-07-09")
    assert office.sweep()["escalated"] == 2
    office.at("2025-08-01")
    assert office.sweep()["escalated"] == 0, "above the government there is nobody"
    with office.room() as room:
        levels = {o["case_no"]: o["level"] for o in supervising.orders(PAGE, SUPERVISOR, room)["orders"]}
    assert (levels["E-bad"], levels["E-good"]) == ("government", "government")
    assert [r["type"] for r in office.records("E-bad") if r["type"] == "escalation"] == ["escalation"] * 2


def test_a_merged_agency_hands_its_work_on_and_keeps_its_code_on_what_exists(office: Office) -> None:
    """Hard case 12, through two mergers; before their day nothing changes."""
    first, last = "MERGED-1", "MERGED-3"
    office.accepted("M1", "2025-06-03", agency=first)
    for old, new, day in ((first, "MERGED-2", "2025-07-01"), ("MERGED-2", last, "2025-08-01")):
        with office.room() as room:
            succeeding.succeed({"old": old, "new": new, "from_day": date.fromisoformat(day)}, room)
    for wrong in ((last, first), (first, "ELSEWHERE")):
        with office.room() as room, pytest.raises(BadInput):
            succeeding.succeed({"old": wrong[0], "new": wrong[1], "from_day": date(2025, 9, 1)}, room)
    seen = {"2025-06-30": first, "2025-07-01": "MERGED-2", "2025-08-01": last}
    for day, now in seen.items():
        office.at(day)
        for agency in (first, "MERGED-2", last):
            with office.room() as room:
                rows = desk.queue(QUERY, clerk(agency), room)["tasks"]
                assert ("M1" in [row["case_no"] for row in rows]) is (agency == now), (day, agency)
        with office.room() as room:
            board = {row["agency"]["code"] for row in supervising.lights(SUPERVISOR, room)["rows"]}
            assert now in board and board.isdisjoint({first, "MERGED-2", last} - {now})
    office.act("M1", "grant", clerk(last))
    with office.room() as room:
        shown = following.application("M1", clerk(last), room)
        assert shown["item"]["agency"]["code"] == first
        with pytest.raises(NotFound):
            following.application("M1", clerk(first), room)
