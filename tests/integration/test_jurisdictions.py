"""A supervisor sees and does what lies in their division; of the others there is nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.office import OLD, QUERY, Office, clerk

from gdbos_contracts.errors import BadInput, NotFound
from gdbos_contracts.principal import Principal
from services.workflow.handlers import archiving, desk, following, rating, reopening, succeeding, supervising

PAGE = {"agency": "", "before": 0, "limit": 100, "state": ""}
HERE, THERE, CITY = "440305", "510100", "440300"


def supervisor(region: str) -> Principal:
    return Principal(f"supervisor-{region}", "supervisor", "", region=region)


def order(case_no: str) -> dict[str, Any]:
    return {"case_no": case_no, "content": "x", "due": date(2026, 3, 20)}


@pytest.fixture(scope="module")
def orders(office: Office) -> dict[str, int]:
    """A case that is overdue, with an order, in each of two divisions; and one rated badly, and appealed."""
    found = {}
    for region in (HERE, THERE):
        case_no = f"CASE-{region}"
        office.accepted(case_no, "2026-03-02", region=region)
        office.accepted(f"RATED-{region}", "2026-03-02", region=region)
        office.act(f"RATED-{region}", "grant")
        command = {
            "case_no": f"RATED-{region}", "step": "whole", "score": 5, "stars": None, "reasons": [],
            "comment": "", "channel": "pc",
        }  # fmt: skip
        with office.room() as room:
            rating.rate(command, f"r-{region}", Principal("someone", "person", ""), room)
        with office.room() as room:
            appeal = {"id": f"r-{region}", "action": "appeal", "text": "x"}
            rating.handle(appeal, Principal("a", "agency_admin", "", (), OLD), room)
    office.at("2026-03-16")
    office.sweep()
    for region in (HERE, THERE):
        with office.room() as room:
            found[region] = supervising.issue(order(f"CASE-{region}"), supervisor(region), room)["id"]
    return found


@pytest.mark.parametrize(
    ("region", "seen"), [(HERE, {HERE}), (THERE, {THERE}), (CITY, {HERE}), ("000000", {HERE, THERE})]
)
def test_the_board_shows_the_division(
    office: Office, orders: dict[str, int], region: str, seen: set[str]
) -> None:
    who = supervisor(region)
    with office.room() as room:
        board = supervising.board(who, room)
        tasks = desk.queue(QUERY, who, room)
        raised = rating.bad(who, room.ratings)["ratings"]
    cases = {f"CASE-{each}" for each in seen}
    assert board["lights"]["totals"]["red"] == board["histogram"]["total"] == len(seen)
    assert {row["case_no"] for row in board["orders"]} == cases
    assert {row["case_no"] for row in board["records"]} == cases
    assert {row["case_no"] for row in tasks["tasks"]} == cases
    assert sum(row["open"] for row in tasks["items"]) == len(seen)
    assert {row["id"] for row in raised} == {f"r-{each}" for each in seen}


def test_nothing_can_be_done_to_what_lies_elsewhere(office: Office, orders: dict[str, int]) -> None:
    stranger = supervisor(THERE)
    with office.room() as room, pytest.raises(BadInput):
        supervising.issue(order(f"CASE-{HERE}"), stranger, room)
    for act in ("sign", "reply"):
        with office.room() as room:
            supervising.act({"id": orders[HERE], "act": act, "text": "x"}, clerk(OLD), room)
    closing = {"id": orders[HERE], "act": "close", "text": ""}
    with office.room() as room, pytest.raises(NotFound):
        supervising.act(closing, stranger, room)
    with office.room() as room, pytest.raises(NotFound):
        following.application(f"CASE-{HERE}", stranger, room)
    with office.room() as room, pytest.raises(NotFound):
        reopening.reopen({"case_no": f"RATED-{HERE}", "reason": ""}, stranger, room)
    removal = {"id": f"r-{HERE}", "action": "remove", "text": "x"}
    with office.room() as room, pytest.raises(NotFound):
        rating.handle(removal, stranger, room)
    with office.room() as room:
        assert rating.handle(removal, supervisor(CITY), room)["stage"] == "removed"
        assert supervising.act(closing, supervisor(HERE), room)["state"] == "closed"


def test_the_archive_is_of_the_division_and_never_of_everybody_for_an_agency_that_ended(
    office: Office, orders: dict[str, int]
) -> None:
    row = {
        "agency": OLD,
        "title": {},
        "at": "2026-03-16",
        "retention": "long",
        "keep_until": None,
        "digest": "x",
    }
    with office.room() as room:
        for region in (HERE, THERE):
            room.archives.add(
                {**row, "case_no": f"RATED-{region}", "archive_no": f"A-{region}", "package": "{}"}
            )
        succeeding.succeed({"old": "ENDED", "new": "HEIR", "from_day": date(2020, 1, 1)}, room)
    query = {"before": "", "limit": 10}
    for who, seen in ((supervisor(CITY), [HERE]), (supervisor(THERE), [THERE]), (clerk(OLD), [THERE, HERE])):
        with office.room() as room:
            found = archiving.index(query, who, room)["archives"]
        assert [each["case_no"] for each in found] == [f"RATED-{region}" for region in seen]
    with office.room() as room, pytest.raises(NotFound):
        archiving.index(query, clerk("ENDED"), room)
