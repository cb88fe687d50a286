"""Deferral by the clock, and ratings that no clerk can lead back to who gave them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from support.house import ROOT, decorators, functions

from gdbos_contracts.errors import BadInput, Conflict, Forbidden, GdbosError, NotFound
from gdbos_runtime import clock, context, packs
from gdbos_runtime.host import hosted
from gdbos_runtime.packs import verifying
from gdbos_runtime.packs.driving import PDF, Driver
from gdbos_runtime.settings import Settings

STARTER = ROOT / "deploy" / "packs" / "starter"
PACK = packs.read(STARTER)
SIGN, FOOD = "11440305MB2X01023X4440131002001", "11440305MB2X0101534440131001001"
REGION = "440305"


@pytest.fixture(scope="module")
def driver(settings: Settings) -> Iterator[Driver]:
    context.bind(context.Context())
    with hosted(settings) as reached:
        packs.install(STARTER, reached.call, settings.data)
        yield Driver(reached.call, verifying.principals(PACK))
    clock.start_at("")


def file(driver: Driver, item: str, *materials: dict[str, Any]) -> str:
    """The number of a new case of the firm."""
    firm = driver.principal("firm")
    found = driver.guide(firm, item, REGION, {})
    ready = driver.prepare(firm, item, REGION, found["situation"])
    application = {
        "item": item,
        "region": REGION,
        "situation": found["situation"],
        "answers": ready["answers"],
        "materials": [*ready["materials"], *materials],
    }
    return str(driver.submit(firm, application)["case_no"])


def seen(driver: Driver, case_no: str) -> dict[str, Any]:
    return driver.application(driver.principal("firm"), case_no)


def clerk_of(driver: Driver, case_no: str) -> Any:
    agency = seen(driver, case_no)["item"]["agency"]["code"]
    return next(p for p in driver._accounts.values() if p.kind == "clerk" and p.agency == agency)


def test_a_supplement_late_by_one_day_ends_the_case(driver: Driver, wait: Any) -> None:
    """Hard case 9."""
    case_no = file(driver, SIGN, {"material": "owner_consent", "pledged": True})
    driver.handle(seen(driver, case_no)["item"]["agency"]["code"], case_no, {}, 1)
    shown = seen(driver, case_no)
    due, promised = date.fromisoformat(shown["deferral"]["due"]), shown["clocks"]["promised"]["due"]
    assert due.isoformat() <= promised and "supplement" in shown["actions"]
    with pytest.raises(BadInput) as refused:
        driver.handle(shown["item"]["agency"]["code"], case_no, {})
    assert [f.code for f in refused.value.faults] == ["supplement_open"]
    clock.start_at(f"{due + timedelta(days=1)}T00:00:01+08:00")
    firm = driver.principal("firm")
    supplied = {"case_no": case_no, "materials": [{"material": "owner_consent", "files": [PDF]}]}
    with pytest.raises((BadInput, Conflict)):
        driver.ask(firm, "workflow", "supplement", supplied)
    wait(lambda: seen(driver, case_no)["status"] == "closed")
    ended = seen(driver, case_no)
    clock.start_at("")
    assert ended["outcome"] == "terminated" and ended["result"] is None
    assert "deferral_lapsed" in [entry["event"] for entry in ended["timeline"]]
    assert "termination" in [paper["kind"] for paper in ended["documents"]]
    assert ended["remedies"]["reconsideration"]["days"] == 60


def test_a_supplement_on_the_last_day_is_in_time(driver: Driver) -> None:
    case_no = file(driver, SIGN, {"material": "owner_consent", "pledged": True})
    agency = seen(driver, case_no)["item"]["agency"]["code"]
    driver.handle(agency, case_no, {}, 1)
    clock.start_at(f"{seen(driver, case_no)['deferral']['due']}T23:59:00+08:00")
    supplied = {"case_no": case_no, "materials": [{"material": "owner_consent", "files": [PDF]}]}
    driver.ask(driver.principal("firm"), "workflow", "supplement", supplied)
    clock.start_at("")
    driver.handle(agency, case_no, {})
    assert seen(driver, case_no)["outcome"] == "granted"


def rpcs() -> list[str]:
    """Every method of the workflow."""
    folder = ROOT / "services" / "workflow" / "entrypoints"
    return sorted(f.name for path in folder.glob("*.py") for f in functions(path) if "rpc" in decorators(f))


def test_no_clerk_reads_a_rating_through_any_call(driver: Driver) -> None:
    """Every method, with every key that a clerk may know: the words of the rating come out of none."""
    case_no = file(driver, FOOD)
    driver.handle(seen(driver, case_no)["item"]["agency"]["code"], case_no, {})
    firm, clerk = driver.principal("firm"), clerk_of(driver, case_no)
    words = "不要让窗口知道是我说的"
    given = {"case_no": case_no, "score": 5, "comment": words, "reasons": ["attitude"]}
    driver.ask(firm, "workflow", "rate", given)
    (row,) = driver.ask(driver.principal("agency-admin"), "workflow", "bad_ratings", {})["ratings"]
    keys: list[dict[str, Any]] = [
        {},
        {"case_no": case_no},
        {"id": row["id"]},
        {"id": row["id"], "action": "confirm", "text": "x"},
        {"case_no": case_no, "step": "whole"},
        {"limit": 100},
    ]
    answers, reached = [], set()
    for method in rpcs():
        for request in keys:
            try:
                answers.append(driver.ask(clerk, "workflow", method, request))
                reached.add(method)
            except GdbosError as error:
                answers.append(error.to_data())
    told = json.dumps(answers, ensure_ascii=False)
    assert words not in told and row["id"] not in told
    assert {"application", "tasks", "rating_figures"} <= reached
    assert "bad_ratings" not in reached and "handle_rating" not in reached
    assert case_no not in json.dumps(row) and firm.name not in json.dumps(row, ensure_ascii=False)
    assert not {"at", "case_no", "applicant"} & set(row)


def test_a_rating_withdrawn_after_rectification_began(driver: Driver) -> None:
    """Hard case 19: it no longer counts, and is put right and answered all the same."""
    (row,) = driver.ask(driver.principal("agency-admin"), "workflow", "bad_ratings", {})["ratings"]

    def move(who: str, action: str) -> dict[str, Any]:
        request = {"id": row["id"], "action": action, "text": "已核实"}
        return driver.ask(driver.principal(who), "workflow", "handle_rating", request)

    with pytest.raises(Conflict):
        move("agency-admin", "rectify")
    move("agency-admin", "appeal")
    with pytest.raises(Conflict):
        move("agency-admin", "remove")
    assert move("supervisor", "uphold")["rectify_by"] is not None
    firm = driver.principal("firm")
    case_no = next(
        each["case_no"]
        for each in driver.ask(firm, "workflow", "applications", {})["applications"]
        if each["item"]["code"] == FOOD
    )
    taken = driver.ask(firm, "workflow", "withdraw_rating", {"case_no": case_no})
    assert (taken["stage"], taken["withdrawn_at"] is None) == ("rectifying", False)
    with pytest.raises(Conflict):
        driver.ask(firm, "workflow", "withdraw_rating", {"case_no": case_no})
    assert move("agency-admin", "rectify")["stage"] == "rectified"
    assert move("agency-admin", "call_back")["stage"] == "answered"
    (kept,) = seen(driver, case_no)["ratings"]
    assert [entry["action"] for entry in kept["answers"]] == ["rectify", "call_back"]


def test_another_agency_and_a_stranger_reach_no_rating(driver: Driver) -> None:
    case_no = file(driver, SIGN)
    driver.handle(seen(driver, case_no)["item"]["agency"]["code"], case_no, {})
    driver.ask(driver.principal("firm"), "workflow", "rate", {"case_no": case_no, "stars": 1})
    assert driver.ask(driver.principal("agency-admin"), "workflow", "bad_ratings", {})["ratings"] == []
    for who in ("citizen", "firm", "clerk-cg"):
        with pytest.raises(Forbidden):
            driver.ask(driver.principal(who), "workflow", "bad_ratings", {})
    with pytest.raises(NotFound):
        driver.ask(driver.principal("citizen"), "workflow", "rate", {"case_no": case_no, "stars": 5})
    with pytest.raises(BadInput):
        driver.ask(driver.principal("firm"), "workflow", "rate", {"case_no": case_no, "stars": 5, "score": 5})
