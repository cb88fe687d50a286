"""聯合審查 on the pack of procedures: who is asked sees its share, silence is what the item says, one notice holds all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support.house import ROOT

from gdbos_contracts.errors import BadInput, NotFound
from gdbos_contracts.principal import SYSTEM, Principal
from gdbos_runtime import clock, context, packs
from gdbos_runtime.host import hosted
from gdbos_runtime.packs import verifying
from gdbos_runtime.packs.driving import Driver
from gdbos_runtime.settings import Settings

FOLDERS = [ROOT / "deploy" / "packs" / name for name in ("starter", "procedures")]
STARTER, PACK = (packs.read(folder) for folder in FOLDERS)
ITEM, REGION = "11440305MB2X01023X4440117009001", "440305"
LEAD, POLICE, WATER = "11440305MB2X01023X", "11440305MB2X010821", "11440305MB2X01090U"


@pytest.fixture(scope="module")
def driver(settings: Settings) -> Iterator[Driver]:
    context.bind(context.Context())
    with hosted(settings) as reached:
        for folder in FOLDERS:
            packs.install(folder, reached.call, settings.data)
        yield Driver(reached.call, {**verifying.principals(STARTER), **verifying.principals(PACK)})
    clock.start_at("")
    context.bind(context.Context())


@pytest.mark.parametrize("scenario", PACK.scenarios, ids=lambda scenario: scenario["id"])
def test_a_scenario_ends_as_written(scenario: dict[str, Any], driver: Driver) -> None:
    for _ in verifying.run(scenario, driver):
        pass


def accepted(driver: Driver) -> str:
    """A new case whose opinions are asked for."""
    firm = driver.principal("firm")
    situation = driver.guide(firm, ITEM, REGION, {})["situation"]
    ready = driver.prepare(firm, ITEM, REGION, situation)
    filed = {key: ready[key] for key in ("answers", "materials")}
    case_no = str(
        driver.submit(firm, {"item": ITEM, "region": REGION, "situation": situation, **filed})["case_no"]
    )
    driver.handle(LEAD, case_no, {}, 1)
    return case_no


def seen(driver: Driver, case_no: str) -> dict[str, Any]:
    return driver.application(driver.principal("firm"), case_no)


def task_of(driver: Driver, clerk: Principal, case_no: str) -> dict[str, Any]:
    query = {"queue": "", "item": ITEM, "light": "", "limit": 100, "cursor": ""}
    found = driver.ask(clerk, "workflow", "tasks", query)["tasks"]
    id = next(each["id"] for each in found if each["case_no"] == case_no)
    return driver.ask(clerk, "workflow", "task", {"id": id})


def test_an_agency_sees_what_its_share_names_and_its_own_opinion_only(driver: Driver) -> None:
    case_no = accepted(driver)
    police, water = driver.principal("clerk-jj"), driver.principal("clerk-sw")
    shown = task_of(driver, police, case_no)
    assert set(shown["case"]["answers"]) == {"premises.name", "premises.address"}
    assert [m["material"] for m in shown["case"]["materials"]] == ["traffic_plan"]
    assert [each["agency"] for each in shown["case"]["opinions"]] == [POLICE]
    assert [each["id"] for each in shown["actions"]] == [
        "agree",
        "agree_with_conditions",
        "object",
        "ask_correction",
    ]
    with pytest.raises(NotFound):
        driver.ask(water, "workflow", "task", {"id": shown["id"]})
    with pytest.raises(NotFound):
        driver.application(police, case_no)
    fault = {"field": "site_plan", "message": "看不到的材料"}
    act = {"id": shown["id"], "action": "ask_correction", "data": {"faults": [fault]}}
    with pytest.raises(BadInput) as refused:
        driver.ask(police, "workflow", "complete", act)
    assert [each.code for each in refused.value.faults] == ["unknown_mark"]


def test_each_agency_has_its_own_working_days_and_an_objection_its_basis(driver: Driver) -> None:
    clock.start_at("2026-12-07T10:00:00+08:00")
    case_no = accepted(driver)
    due = {each["agency"]: each["due"] for each in seen(driver, case_no)["opinions"]}
    assert due == {POLICE: "2026-12-10", WATER: "2026-12-14"}
    task = task_of(driver, driver.principal("clerk-jj"), case_no)
    for data in ({"reason": "不行"}, {"basis": "第三十二条"}, {}):
        with pytest.raises(BadInput):
            driver.ask(
                driver.principal("clerk-jj"), "workflow", "complete",
                {"id": task["id"], "action": "object", "data": data},
            )  # fmt: skip
    clock.start_at("")


def test_silence_is_consent_only_by_the_rule_and_said_so(driver: Driver) -> None:
    clock.start_at("2026-12-07T10:00:00+08:00")
    case_no = accepted(driver)
    driver.handle(WATER, case_no, {})
    clock.start_at("2026-12-10T23:59:59+08:00")
    driver.ask(SYSTEM, "workflow", "fire_due", {"limit": 100})
    assert seen(driver, case_no)["opinions"][0]["opinion"] is None
    clock.start_at("2026-12-11T00:00:01+08:00")
    driver.ask(SYSTEM, "workflow", "fire_due", {"limit": 100})
    shown = seen(driver, case_no)
    clock.start_at("")
    opinion = shown["opinions"][0]
    assert (opinion["agency"], opinion["opinion"]) == (POLICE, "agree")
    assert "视为同意" in opinion["deemed"]["basis"]["zh-Hans"]
    assert "opinion_deemed" in [entry["event"] for entry in shown["timeline"]]
    records = driver.ask(driver.principal("supervisor"), "workflow", "records", {})["records"]
    assert any(
        r["case_no"] == case_no and r["rule"] == "OPINION-LATE" and r["agency"] == POLICE for r in records
    )
    driver.handle(LEAD, case_no, {})
    assert seen(driver, case_no)["outcome"] == "granted"


FIRE = "11440305MB2X01031Q"


def acted(driver: Driver, clerk: Principal, case_no: str, action: str, **data: Any) -> dict[str, Any]:
    task = task_of(driver, clerk, case_no)
    return driver.ask(clerk, "workflow", "complete", {"id": task["id"], "action": action, "data": data})


def reviewed(driver: Driver, **question: Any) -> str:
    """A case before the lead's own review, with a question to the fire brigade."""
    case_no = accepted(driver)
    for agency in (POLICE, WATER):
        driver.handle(agency, case_no, {})
    asked = {"agency": FIRE, "question": "消防车道是否受影响", "due": "2026-12-18", **question}
    acted(driver, driver.principal("clerk-cg"), case_no, "ask_opinion", **asked)
    return case_no


def test_the_lead_asks_a_further_agency_which_answers_for_itself(driver: Driver) -> None:
    clock.start_at("2026-12-07T10:00:00+08:00")
    case_no = reviewed(driver)
    fire, lead = driver.principal("clerk-xf"), driver.principal("clerk-cg")
    shown = task_of(driver, fire, case_no)
    assert set(shown["case"]["answers"]) == {"premises.name", "premises.address"}
    assert [(each["agency"], each["question"]) for each in shown["case"]["opinions"]] == [
        (FIRE, "消防车道是否受影响")
    ]
    assert not {"ask_opinion", "withdraw_opinion"} & {each["id"] for each in shown["actions"]}
    with pytest.raises(NotFound):
        driver.ask(driver.principal("clerk-jj"), "workflow", "task", {"id": shown["id"]})
    again = {"agency": FIRE, "question": "再问", "due": "2026-12-18"}
    with pytest.raises(BadInput):
        acted(driver, lead, case_no, "ask_opinion", **again)
    driver.handle(LEAD, case_no, {}, 1)
    with pytest.raises(BadInput) as refused:
        acted(driver, lead, case_no, "grant")
    assert [each.code for each in refused.value.faults] == ["opinion_open"]
    answer = {"id": shown["id"], "action": "agree_with_conditions", "data": {"conditions": "留四米通道"}}
    assert driver.ask(fire, "workflow", "complete", answer) == driver.ask(
        fire, "workflow", "complete", answer
    )
    acted(driver, lead, case_no, "grant")
    said = [each["event"] for each in seen(driver, case_no)["timeline"]]
    assert said.count("opinion_asked") == 3 and said.count("opinion_given") == 3
    clock.start_at("")


def test_a_question_is_refused_whole_when_its_day_or_its_agency_is_wrong(driver: Driver) -> None:
    clock.start_at("2026-12-07T10:00:00+08:00")
    for wrong, code in (
        ({"due": "2026-12-07"}, "past_day"),
        ({"due": "2026-13-01"}, "no_day"),
        ({"agency": "11440305MB2X010153"}, "enum"),
        ({"question": ""}, "minLength"),
    ):
        with pytest.raises(BadInput) as refused:
            reviewed(driver, **wrong)
        assert [each.code for each in refused.value.faults] == [code]
    clock.start_at("")


def test_a_withdrawn_question_hinders_nothing_and_is_gone_from_the_desk(driver: Driver) -> None:
    clock.start_at("2026-12-07T10:00:00+08:00")
    case_no = reviewed(driver)
    lead, fire = driver.principal("clerk-cg"), driver.principal("clerk-xf")
    acted(driver, lead, case_no, "withdraw_opinion", agency=FIRE, reason="已由现场勘验确认")
    with pytest.raises(StopIteration):
        task_of(driver, fire, case_no)
    driver.handle(LEAD, case_no, {})
    assert seen(driver, case_no)["outcome"] == "granted"
    assert "opinion_withdrawn" in [each["event"] for each in seen(driver, case_no)["timeline"]]
    clock.start_at("")


def test_silence_on_a_question_of_the_lead_is_only_late(driver: Driver) -> None:
    """The rule of silence speaks of the agencies that it names; the lead's own question may be withdrawn."""
    clock.start_at("2026-12-07T10:00:00+08:00")
    case_no = reviewed(driver)
    clock.start_at("2026-12-19T00:00:01+08:00")
    driver.ask(SYSTEM, "workflow", "fire_due", {"limit": 100})
    shown = seen(driver, case_no)
    assert shown["opinions"][-1]["opinion"] is None
    assert "opinion_late" in [each["event"] for each in shown["timeline"]]
    task_of(driver, driver.principal("clerk-xf"), case_no)
    clock.start_at("")
