"""What calendars and time do to cases, on the database of the pair."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from support.engine_host import EngineHost
from support.house import ROOT

from gdbos_contracts.errors import BadInput, Conflict, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from gdbos_runtime import clock
from gdbos_runtime.settings import Settings
from services.workflow.domain.case import Case
from services.workflow.handlers import calendars, deciding, desk, following, succeeding, supervising, watching
from services.workflow.handlers.advancing import begin

MODEL = """
start s
user intake role=intake actions="accept correct refuse_acceptance"
user decide role=decider actions="grant deny"
end e outcome=granted
s > intake > decide > e
"""
OLD, NEW, THIRD = "OLD-AGENCY", "NEW-AGENCY", "THIRD-AGENCY"
CLERK_ROLES = ("intake", "decider")
ADMIN = Principal("admin", "admin", "管理员")
SUPERVISOR = Principal("supervisor", "supervisor", "监察员")


def clerk(agency: str = OLD, name: str = "clerk", roles: tuple[str, ...] = CLERK_ROLES) -> Principal:
    return Principal(f"{name}-{agency}", "clerk", name, roles, agency)


class NoStandards:
    """Tasks without a form; every datum is as its schema says."""

    def schema(self, elements: Any) -> dict[str, Any]:
        return {}

    def explain(self, elements: Any, data: Any) -> list[Any]:
        return []

    def violations(self, schema: Any, data: Any) -> list[Any]:
        return []


class Office(EngineHost):
    """An agency's desk under a clock that the test moves."""

    def at(self, day: str) -> None:
        clock.start_at(f"{day}T09:00:00+08:00")

    def file(self, case_no: str, agency: str = OLD, days: int = 5) -> None:
        limits = {
            "statutory": {"days": 20, "unit": "working_day"},
            "promised": {"days": days, "unit": "working_day"},
        }
        body = {
            "item": {
                "result": {"kind": "none", "name": {}},
                "agency_name": {},
                "documents": [],
                "correction": {"days": 30},
            },
            "limits": limits,
            "answers": {},
            "materials": [],
            "elements": [],
            "asked": [],
            "applicant_name": "",
            "situation": "",
        }
        with self.room() as room:
            found = room.processes.graph("timed", None)
            assert found is not None
            case = Case(
                case_no, "item", "timed", 1, {"en": "timed"}, "440305", agency, "someone", {}, "submitted",
                room.work.now.isoformat(), "timed", found[1], body=body,
            )  # fmt: skip
            begin(case, room)
            room.cases.add(case)
            room.work.commit()

    def task(self, case_no: str, role: str) -> str:
        with self.room() as room:
            rows = room.tasks.of_case(case_no)
            return str(next(row["id"] for row in rows if row["role"] == role and row["status"] == "open"))

    def act(self, case_no: str, action: str, who: Principal | None = None, **data: Any) -> Any:
        principal = who or clerk(self.case(case_no).agency)
        role = "intake" if action in ("accept", "correct", "refuse_acceptance") else "decider"
        role = "agency_head" if action.endswith("_extension") else role
        command = {"action": action, "data": data}
        with self.room() as room:
            return deciding.complete(self.task(case_no, role), command, principal, NoStandards(), room)

    def accepted(self, case_no: str, day: str, **more: Any) -> None:
        self.at(day)
        self.file(case_no, **more)
        self.act(case_no, "accept")

    def row(self, case_no: str) -> dict[str, Any]:
        with self.room() as room:
            return dict(room.clocks.get(case_no) or {})

    def records(self, case_no: str) -> list[dict[str, Any]]:
        with self.room() as room:
            return [dict(row) for row in room.records.of((), 0, 10_000) if row["case_no"] == case_no]

    def sweep(self, limit: int = 100) -> dict[str, Any]:
        return watching.sweep(limit, self.room)

    def publish(self, days: dict[str, bool], agency: str = "") -> int:  # type: ignore[override]
        command = {
            "agency": agency,
            "days": [{"day": date.fromisoformat(day), "works": works} for day, works in days.items()],
            "known_until": None,
            "reason": "notice",
        }
        with self.room() as room:
            return int(calendars.publish(command, ADMIN, room)["id"])


QUERY = {"limit": 1000, "item": "", "light": "", "cursor": "", "queue": "", "text": "", "region": ""}


@pytest.fixture(scope="module")
def office(settings: Settings) -> Iterator[Office]:
    sys.path.insert(0, str(ROOT / "tests" / "unit" / "engine"))
    from engine_models import bpmn

    found = Office(settings)
    EngineHost.publish(found, "timed", bpmn(MODEL))
    yield found
    clock.start_at("")


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
        overdue = [row for row in room.clocks.overdue(date(2025, 10, 9)) if row["agency"] == THIRD]
        shown = supervising.histogram(room)
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
    office.at("2025-06-03")
    for wrong in (order("nowhere", "2025-06-06"), order("W1", "2025-06-02")):
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
            board = {row["agency"]["code"] for row in supervising.lights(room)["rows"]}
            assert now in board and board.isdisjoint({first, "MERGED-2", last} - {now})
    office.act("M1", "grant", clerk(last))
    with office.room() as room:
        shown = following.application("M1", clerk(last), room)
        assert shown["item"]["agency"]["code"] == first
        with pytest.raises(NotFound):
            following.application("M1", clerk(first), room)
