"""送達 on the starter pack: certificates, consent, and remedies that run from the date of service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from support.house import ROOT

from gdbos_contracts.errors import BadInput, Conflict, NotFound
from gdbos_runtime import clock, context, packs
from gdbos_runtime.host import hosted
from gdbos_runtime.packs import verifying
from gdbos_runtime.packs.driving import Driver
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import store_of
from gdbos_runtime.unit_of_work import RUNTIME, UnitOfWork

STARTER = ROOT / "deploy" / "packs" / "starter"
PACK = packs.read(STARTER)
ITEM, REGION = "11440305MB2X01058G4440731005001", "440305"
OWN, OTHER = "440305199003071236", "11010120000101001X"
PROXY = {"name": "李思远", "citizen_id": "44030519850615432X", "mobile": "13800000000"}


@pytest.fixture(scope="module")
def driver(settings: Settings) -> Iterator[Driver]:
    context.bind(context.Context())
    with hosted(settings) as reached:
        packs.install(STARTER, reached.call, settings.data)
        yield Driver(reached.call, verifying.principals(PACK))
    clock.start_at("")
    context.bind(context.Context())


def decided(driver: Driver, action: str = "deny", proxy: bool = False) -> str:
    """A case of the citizen's that was refused (or granted) today."""
    steps: list[dict[str, Any]] = [
        {
            "apply": {
                "as": "citizen",
                "item": ITEM,
                "region": REGION,
                **({"proxy": PROXY} if proxy else {}),
            }
        },
        {"handle": {"actions": {"decide": {"action": action, "data": {"reason": "不符合条件"}}}}},
    ]
    for facts in verifying.run({"id": "x", "steps": steps}, driver):
        case_no = facts["case_no"]
    return str(case_no)


def seen(driver: Driver, case_no: str) -> dict[str, Any]:
    return driver.application(driver.principal("citizen"), case_no)


def serve(driver: Driver, case_no: str, who: str = "clerk-ga", **data: str) -> dict[str, Any]:
    today = seen(driver, case_no)["closed_at"][:10]
    return driver.ask(driver.principal(who), "workflow", "serve", {"case_no": case_no, "on": today, **data})


def codes(error: BadInput) -> list[str]:
    return [fault.code for fault in error.faults]


def test_the_times_of_the_remedies_run_from_the_date_of_service(driver: Driver) -> None:
    case_no = decided(driver)
    assert "until" not in seen(driver, case_no)["remedies"]["reconsideration"]
    serve(driver, case_no, way="post", evidence="EMS1234567")
    shown = seen(driver, case_no)
    served = date.fromisoformat(shown["service"]["served"]["served_on"])
    assert shown["remedies"]["reconsideration"]["until"] >= (served + timedelta(days=60)).isoformat()
    assert "service" in [paper["kind"] for paper in shown["documents"]]
    assert shown["timeline"][-1]["event"] == "delivered"
    with pytest.raises(Conflict):
        serve(driver, case_no, way="post", evidence="EMS1234567")


def test_a_result_goes_to_the_applicant_or_the_proxy_and_the_number_is_not_kept(
    driver: Driver, settings: Settings
) -> None:
    case_no = decided(driver, proxy=True)
    with pytest.raises(BadInput) as refused:
        serve(driver, case_no, way="in_person", collector=OTHER)
    assert codes(refused.value) == ["not_the_recipient"]
    served = serve(driver, case_no, way="in_person", collector=PROXY["citizen_id"].lower())
    assert served["service"]["served"]["recipient"] == "proxy"
    with UnitOfWork(store_of("workflow", settings), writing=False) as work:
        rows = work.connection.execute(RUNTIME["audit"].select()).all()
    told = json.dumps([str(row) for row in rows]) + json.dumps(served)
    assert PROXY["citizen_id"] not in told.upper() and "case.serve" in told


def test_nobody_of_another_agency_records_a_service(driver: Driver) -> None:
    case_no = decided(driver)
    for who in ("clerk-scjg", "citizen2"):
        with pytest.raises(NotFound):
            serve(driver, case_no, who, way="post", evidence="x")
    with pytest.raises(NotFound):
        request = {"case_no": case_no}
        driver.ask(driver.principal("citizen2"), "workflow", "consent_to_service", request)


def test_who_agreed_is_served_electronically_and_nobody_else(driver: Driver) -> None:
    waiting = decided(driver)
    with pytest.raises(BadInput) as refused:
        serve(driver, waiting, way="electronic")
    assert codes(refused.value) == ["no_service_consent"]
    citizen = driver.principal("citizen")
    for _ in range(2):
        driver.ask(citizen, "workflow", "consent_to_service", {"case_no": waiting})
    served = seen(driver, waiting)["service"]["served"]
    assert (served["way"], served["recipient"]) == ("electronic", "applicant")
    papers = [paper["kind"] for paper in seen(driver, waiting)["documents"]]
    assert papers.count("service") == 1


def test_a_public_notice_needs_an_attempt_and_its_days(driver: Driver) -> None:
    case_no = decided(driver)
    notice = {"way": "public_notice", "evidence": "政府网站", "reason": "下落不明"}
    with pytest.raises(BadInput) as refused:
        serve(driver, case_no, **notice)
    assert codes(refused.value) == ["no_attempt"]
    today = seen(driver, case_no)["closed_at"][:10]
    failed = {"case_no": case_no, "way": "post", "on": today, "reason": "查无此人"}
    driver.ask(driver.principal("clerk-ga"), "workflow", "record_attempt", failed)
    served = serve(driver, case_no, **notice)["service"]["served"]
    assert date.fromisoformat(served["served_on"]) - date.fromisoformat(today) == timedelta(days=30)


def test_a_case_without_a_decision_has_nothing_to_serve(driver: Driver) -> None:
    steps = [{"apply": {"as": "citizen", "item": ITEM, "region": REGION}}]
    (filed,) = verifying.run({"id": "x", "steps": steps}, driver)
    data = {"case_no": filed["case_no"], "way": "post", "on": "2026-11-25", "evidence": "x"}
    with pytest.raises(Conflict):
        driver.ask(driver.principal("clerk-ga"), "workflow", "serve", data)
