"""Deferral by the clock, and ratings that no clerk can lead back to who gave them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from support.house import ROOT, decorators, functions

from gdbos_contracts.errors import BadInput, Conflict, Forbidden, GdbosError, NotFound
from gdbos_contracts.principal import SYSTEM
from gdbos_runtime import clock, context, packs
from gdbos_runtime.host import hosted
from gdbos_runtime.packs import verifying
from gdbos_runtime.packs.driving import PDF, Driver
from gdbos_runtime.settings import Settings

STARTER = ROOT / "deploy" / "packs" / "starter"
PACK = packs.read(STARTER)
SIGN, FOOD = "11440305MB2X01023X4440131002001", "11440305MB2X0101534440131001001"
INSURANCE = "11440305MB2X01066B4442031006001"
REGION = "440305"


@pytest.fixture(scope="module")
def driver(settings: Settings) -> Iterator[Driver]:
    context.bind(context.Context())
    with hosted(settings) as reached:
        packs.install(STARTER, reached.call, settings.data)
        yield Driver(reached.call, verifying.principals(PACK))
    clock.start_at("")
    context.bind(context.Context())


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


def renewal(driver: Driver, **answers: Any) -> str:
    """The number of a new case of the citizen that the rules may decide."""
    citizen = driver.principal("citizen")
    found = driver.guide(citizen, INSURANCE, REGION, {"who": "renew"})
    ready = driver.prepare(citizen, INSURANCE, REGION, found["situation"])
    given = {name: value for name, value in {**ready["answers"], **answers}.items() if value is not None}
    application = {"item": INSURANCE, "region": REGION, "situation": found["situation"], "answers": given}
    return str(driver.submit(citizen, {**application, "materials": []})["case_no"])


def test_the_rules_grant_and_say_why(driver: Driver) -> None:
    case_no = renewal(driver)
    shown = driver.application(driver.principal("citizen"), case_no)
    assert (shown["outcome"], shown["automatic"]["granted"]) == ("done", True)
    (table,) = shown["automatic"]["explanation"]
    assert table["matched"][0]["row"] == 2 and "第二十五条" in table["matched"][0]["notes"][0]
    assert set(shown["automatic"]["trusted"]) == {"person.birth_date", "person.citizen_id"}
    paper = next(each for each in shown["documents"] if each["kind"] == "decision")
    asked = {"case_no": case_no, "id": paper["id"]}
    html = driver.ask(driver.principal("citizen"), "workflow", "document", asked)["html"]
    assert "第 2 行" in html and "第二十五条" in html


def test_a_fact_that_nobody_vouches_for_goes_to_a_person(driver: Driver) -> None:
    """Never a refusal: the case waits for a clerk like any other."""
    shown = driver.application(driver.principal("citizen"), renewal(driver, **{"person.birth_date": None}))
    assert (shown["status"], shown["outcome"]) == ("submitted", None)
    assert (shown["automatic"]["why"], shown["automatic"]["unknown"]) == ("unknown", ["person.birth_date"])


def checks_of(driver: Driver, clerk: Any, case_no: str) -> list[dict[str, Any]]:
    found = driver.ask(clerk, "workflow", "tasks", {"limit": 100})["tasks"]
    return [task for task in found if task["case_no"].startswith(f"{case_no}-C")]


def test_what_the_rules_granted_is_looked_at_again_and_revoked(driver: Driver) -> None:
    case_no = renewal(driver)
    clerk = next(p for p in driver._accounts.values() if p.id == "clerk-yb")
    (task,) = checks_of(driver, clerk, case_no)
    request = {"id": task["id"], "action": "overturn", "data": {"reason": "户籍已迁出"}}
    driver.ask(clerk, "workflow", "complete", request)
    shown = driver.application(driver.principal("citizen"), case_no)
    assert shown["revoked"]["reason"] == "户籍已迁出" and shown["remedies"]["litigation"]["months"] == 6
    assert "revocation" in [paper["kind"] for paper in shown["documents"]]
    assert case_no not in [
        each["case_no"].partition("-C")[0]
        for each in driver.ask(driver.principal("citizen"), "workflow", "applications", {})["applications"]
        if "-C" in each["case_no"]
    ]


def test_a_false_pledge_is_to_be_mended_and_then_costs_the_licence(driver: Driver, wait: Any) -> None:
    case_no = file(driver, SIGN, {"material": "safety_proof", "pledged": True})
    driver.handle(seen(driver, case_no)["item"]["agency"]["code"], case_no, {})
    shown, clerk = seen(driver, case_no), clerk_of(driver, case_no)
    assert shown["outcome"] == "granted" and shown["pledge"]["signed_by"] == driver.principal("firm").name
    licence, firm = shown["result"]["licence"], driver.principal("firm")
    wait(lambda: driver.ask(firm, "datahub", "verify", {"licence": licence})["valid"])
    for action in ("rectify", "overturn"):
        (task,) = checks_of(driver, clerk, case_no)
        request = {"id": task["id"], "action": action, "data": {"reason": "招牌松动"}}
        driver.ask(clerk, "workflow", "complete", request)
    assert checks_of(driver, clerk, case_no) == []
    wait(lambda: driver.ask(firm, "datahub", "verify", {"licence": licence})["reason"] == "revoked")
    assert seen(driver, case_no)["revoked"]["reason"] == "招牌松动"


def test_the_case_library_holds_every_case_once_and_for_nobody_else(driver: Driver) -> None:
    """Page by page, with keys that a second export gives again."""

    def all_rows() -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = {}
        request = {"upstream": "national", "after": "", "limit": 3}
        while True:
            page = driver.ask(SYSTEM, "workflow", "export_cases", request)
            for table, rows in page["tables"].items():
                found.setdefault(table, []).extend(rows)
            if not page["next"]:
                return found
            request = {**request, "after": page["next"]}

    first = all_rows()
    numbers = [row["project_no"] for row in first["pro_accept"]]
    assert len(numbers) > 3 and len(set(numbers)) == len(numbers)
    assert not any("-C" in number for number in numbers)
    guids = [row["row_guid"] for rows in first.values() for row in rows]
    assert len(set(guids)) == len(guids)
    assert all_rows() == first
    for who in ("citizen", "clerk-cg", "supervisor", "agency-admin", "admin"):
        with pytest.raises(Forbidden):
            driver.ask(driver.principal(who), "workflow", "export_cases", {})
