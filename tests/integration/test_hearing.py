"""聽證 by the handlers on the pair's database: nothing is decided before it, its time is not counted."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from support.engine_host import EngineHost
from support.filed import AGENCY, OneItem
from support.house import ROOT

from gdbos_contracts.errors import BadInput, Conflict
from gdbos_contracts.principal import Principal
from gdbos_runtime import clock, context
from gdbos_runtime.packs.driving import PDF
from gdbos_runtime.settings import Settings
from services.workflow.adapters.clients import FlightBoard
from services.workflow.adapters.repository import KeyRepository
from services.workflow.handlers import deciding, following, hearings, submitting

BPMN = (ROOT / "deploy/packs/starter/processes/signboard.bpmn").read_bytes()
FIRM = Principal("firm", "agent", "企业", subject={"firm.uscc": "91440305MA5X0201XW"})
CLERK = Principal("clerk", "clerk", "辦事員", ("intake", "reviewer", "decider"), agency=AGENCY)
DENY = {"reason": "不符合条件"}
CALL = {"held_on": "2026-12-08", "place": "九点，201 室", "presiding": "法制科 何主任"}
RECORD = {"attended": "申请人", "summary": "申请人陈述"}


class Desk:
    """One case at a time, moved by the clerk and the firm on days that the test names."""

    def __init__(self, host: EngineHost, **handling: Any) -> None:
        self.host, self.item = host, OneItem("signboard", **handling)
        clock.start_at("2026-11-23T10:00:00+08:00")
        command = {
            "item": "item", "region": "440305", "situation": "", "answers": {}, "consents": [], "proxy": None,
            "materials": [{"material": "owed", "files": [PDF]}],
            "idempotency_key": secrets.token_hex(8), "body_hash": "h",
        }  # fmt: skip
        with host.room() as room:
            keys = KeyRepository(room.work)  # type: ignore[arg-type]
            answer = submitting.submit(command, FIRM, self.item.others(), FlightBoard(), keys, room)
        self.no = json.loads(answer["body"])["case_no"]
        self.act("accept")
        self.act("pass")

    def act(self, action: str, data: dict[str, Any] | None = None, day: str = "2026-11-23") -> Any:
        clock.start_at(f"{day}T11:00:00+08:00")
        token = next(
            t for t, facts in self.host.case(self.no).doc["tokens"].items() if facts.get("k") == "task"
        )
        command = {"action": action, "data": data or {}, "comment": ""}
        with self.host.room() as room:
            return deciding.complete(f"{self.no}:{token}", command, CLERK, self.item, room)

    def answer(self, wants: bool, day: str) -> Any:
        clock.start_at(f"{day}T12:00:00+08:00")
        with self.host.room() as room:
            return hearings.answer({"case_no": self.no, "wants": wants}, FIRM, room)

    def seen(self) -> dict[str, Any]:
        with self.host.room() as room:
            return following.application(self.no, FIRM, room)

    def refused(self, action: str, data: dict[str, Any], day: str) -> list[str]:
        with pytest.raises(BadInput) as error:
            self.act(action, data, day)
        return [fault.code for fault in error.value.faults]


@pytest.fixture(scope="module")
def host(settings: Settings) -> Iterator[EngineHost]:
    context.bind(context.Context())
    found = EngineHost(settings)
    found.publish("signboard", BPMN)
    yield found
    clock.start_at("")


def test_told_asked_called_held_decided(host: EngineHost) -> None:
    desk = Desk(host, hearing={"required": "on_request"})
    assert desk.refused("deny", DENY, "2026-11-23") == ["hearing_not_told"]
    desk.act("tell_hearing", {}, "2026-11-24")
    assert desk.refused("deny", DENY, "2026-12-01") == ["hearing_window"]
    assert "answer_hearing" in desk.seen()["actions"]
    for _ in range(2):
        desk.answer(True, "2026-12-01")
    assert (desk.seen()["status"], len(host.case(desk.no).body["pauses"])) == ("suspended", 1)
    assert desk.refused("deny", DENY, "2026-12-01") == ["unknown_action"]
    assert desk.refused("call_hearing", {**CALL, "held_on": "2026-12-07"}, "2026-12-01") == ["hearing_notice"]
    assert desk.refused("call_hearing", {**CALL, "held_on": "2026-12-31"}, "2026-12-01") == ["hearing_late"]
    assert desk.refused("call_hearing", {**CALL, "presiding": " 辦事員 "}, "2026-12-01") == [
        "presiding_reviews"
    ]
    with_office = {**CALL, "presiding": "科长 辦事員"}
    assert desk.refused("call_hearing", with_office, "2026-12-01") == ["presiding_reviews"]
    desk.act("call_hearing", CALL, "2026-12-01")
    assert desk.seen()["hearing"]["notice"]["presiding"] == "法制科 何主任"
    assert desk.refused("record_hearing", RECORD, "2026-12-07") == ["hearing_not_held"]
    before = desk.seen()["clocks"]["statutory"]["elapsed"]
    desk.act("record_hearing", RECORD, "2026-12-08")
    shown = desk.seen()
    assert (shown["status"], shown["clocks"]["statutory"]["elapsed"]) == ("deciding", before)
    assert {"hearing_right", "hearing_receipt", "hearing_notice", "hearing_record"} <= {
        d["kind"] for d in shown["documents"]
    }
    desk.act("deny", DENY, "2026-12-09")
    assert desk.seen()["outcome"] == "denied"


def test_after_five_working_days_nobody_asks_and_the_agency_decides(host: EngineHost) -> None:
    desk = Desk(host, hearing={"required": "on_request"})
    desk.act("tell_hearing", {}, "2026-11-24")
    with pytest.raises(Conflict):
        desk.answer(True, "2026-12-02")
    desk.act("deny", DENY, "2026-12-02")


def test_a_waiver_leaves_an_interested_party_its_days(host: EngineHost) -> None:
    desk = Desk(host, hearing={"required": "on_request"})
    desk.act("tell_hearing", {"parties": "隔壁商户"}, "2026-11-24")
    desk.answer(False, "2026-11-25")
    assert desk.refused("grant", {}, "2026-11-25") == ["hearing_window"]
    assert desk.refused("party_request", {"party": "隔壁商户"}, "2026-12-02") == ["late"]
    desk.act("party_request", {"party": "隔壁商户"}, "2026-12-01")
    assert desk.seen()["hearing"]["by"] == "隔壁商户"


def test_what_the_law_wants_heard_is_heard_though_nobody_asks(host: EngineHost) -> None:
    desk = Desk(host, hearing={"required": "always"})
    desk.act("tell_hearing", {}, "2026-11-24")
    desk.answer(False, "2026-11-25")
    assert desk.refused("grant", {}, "2026-11-30") == ["hearing_open"]
    desk.act("call_hearing", CALL, "2026-12-01")
    desk.act("record_hearing", RECORD, "2026-12-08")
    desk.act("grant", {}, "2026-12-08")
    assert desk.seen()["outcome"] == "granted"


def test_an_item_without_hearings_offers_none(host: EngineHost) -> None:
    desk = Desk(host)
    assert desk.refused("tell_hearing", {}, "2026-11-24") == ["unknown_action"]
    desk.act("deny", DENY, "2026-11-24")
