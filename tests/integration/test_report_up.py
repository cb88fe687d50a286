"""轉報 on the pack of procedures: the clock of each stage, who sees the case, and who issues."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support.house import ROOT

from gdbos_contracts.errors import NotFound
from gdbos_runtime import clock, context, packs
from gdbos_runtime.host import hosted
from gdbos_runtime.packs import verifying
from gdbos_runtime.packs.driving import Driver
from gdbos_runtime.settings import Settings

FOLDERS = [ROOT / "deploy" / "packs" / name for name in ("starter", "procedures")]
STARTER, PACK = (packs.read(folder) for folder in FOLDERS)
ITEM, DISTRICT, CITY = "11440305MB2X0101534440131005001", "11440305MB2X010153", "11440300MB2X011039"
REPORT = {"first_review": {"action": "report_up", "data": {"opinion": "条件具备"}}}


@pytest.fixture(scope="module")
def driver(settings: Settings) -> Iterator[Driver]:
    context.bind(context.Context())
    with hosted(settings) as reached:
        for folder in FOLDERS:
            packs.install(folder, reached.call, settings.data)
        yield Driver(reached.call, {**verifying.principals(STARTER), **verifying.principals(PACK)})
    clock.start_at("")
    context.bind(context.Context())


def seen(driver: Driver, case_no: str, who: str = "firm") -> dict[str, Any]:
    return driver.application(driver.principal(who), case_no)


def test_each_stage_has_its_own_clock_and_the_city_decides(driver: Driver) -> None:
    clock.start_at("2026-12-07T10:00:00+08:00")
    steps = [{"apply": {"as": "firm", "item": ITEM, "region": "440305"}}, {"handle": {"tasks": 1}}]
    *_, facts = verifying.run({"id": "x", "steps": steps}, driver)
    case_no = facts["case_no"]
    assert seen(driver, case_no)["clocks"]["stage"]["due"] == "2027-01-04"
    with pytest.raises(NotFound):
        seen(driver, case_no, "clerk-cg")
    clock.start_at("2026-12-10T10:00:00+08:00")
    driver.handle(DISTRICT, case_no, REPORT)
    shown = seen(driver, case_no)
    papers = {each["kind"]: each["id"] for each in shown["documents"]}
    for kind, wanted in (("referral", "深圳市市场监督管理局"), ("referral_receipt", "20 个工作日")):
        html = driver.ask(
            driver.principal("firm"), "workflow", "document", {"case_no": case_no, "id": papers[kind]}
        )
        assert "条件具备" in html["html"] and wanted in html["html"]
    assert [(s["stage"], s["agency"], s["started_on"], s["ended_on"]) for s in shown["stages"]] == [
        ("first_review", DISTRICT, "2026-12-07", "2026-12-10"),
        ("final_review", CITY, "2026-12-10", None),
    ]
    assert shown["clocks"]["stage"]["due"] == "2027-01-07"
    assert "reported_up" in [entry["event"] for entry in shown["timeline"]]
    assert seen(driver, case_no, "clerk-szscjg")["answers"] == shown["answers"]
    driver.handle(CITY, case_no, {"final_review": {"action": "return", "data": {"reason": "请核实"}}}, 1)
    assert seen(driver, case_no)["stages"][-1]["days"] == 17
    driver.handle(DISTRICT, case_no, REPORT)
    driver.handle(CITY, case_no, {})
    ended = seen(driver, case_no)
    clock.start_at("")
    assert ended["outcome"] == "granted" and f".{CITY}." in ended["result"]["licence"]
