"""一件事: a member whose ground is revoked is stopped or revoked, with the reason; nothing else falls (hard case 8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support.engine_host import EngineHost, bpmn
from support.house import ROOT

from gdbos_contracts.errors import Conflict, NotFound
from gdbos_contracts.principal import SYSTEM, Principal
from gdbos_runtime import clock, context, packs
from gdbos_runtime.host import hosted
from gdbos_runtime.packs import verifying
from gdbos_runtime.packs.driving import Driver
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import store_of
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters.rooms import room_of
from services.workflow.handlers import checking, falling
from services.workflow.handlers.advancing import look_again
from services.workflow.service import Service

STARTER = ROOT / "deploy" / "packs" / "starter"
PACK = packs.read(STARTER)
BUNDLE, REGION = "YJS-440305-CANYIN", "440305"
FOOD, TOBACCO = "11440305MB2X010153", "11440305MB2X0104XG"


@pytest.fixture(scope="module")
def driver(settings: Settings) -> Iterator[Driver]:
    context.bind(context.Context())
    with hosted(settings) as reached:
        packs.install(STARTER, reached.call, settings.data)
        yield Driver(reached.call, verifying.principals(PACK))
    clock.start_at("")
    context.bind(context.Context())


def filed(driver: Driver) -> dict[str, str]:
    """member → case number of a new bundle with tobacco, whose food licence is granted."""
    steps = [
        {
            "apply": {
                "as": "firm",
                "bundle": BUNDLE,
                "region": REGION,
                "choices": {"tobacco": "yes", "sign": "no"},
            }
        }
    ]
    (facts,) = verifying.run({"id": "x", "steps": steps}, driver)
    shown = seen(driver, facts["case_no"])
    members = {child["member"]: child["case_no"] for child in shown["children"]}
    driver.handle(FOOD, members["food"], {})
    return members


def seen(driver: Driver, case_no: str) -> dict[str, Any]:
    return driver.application(driver.principal("firm"), case_no)


def revoke(driver: Driver, case_no: str, settings: Settings) -> None:
    """事後核查 finds that it should not have been granted."""
    context.bind(context.Context(principal=SYSTEM))
    with UnitOfWork(store_of("workflow", settings)) as work:
        room = room_of(work, Service.memory)
        case = room.cases.get(case_no)
        assert case is not None
        look_again(case, checking.SAMPLE, {}, room)
        work.commit()
    act = {"action": "overturn", "data": {"reason": "场所与申请不符"}}
    driver.handle(FOOD, f"{case_no}-C1", {"check": act})


def hub_revokes(driver: Driver, licence: str, agency: str) -> dict[str, Any]:
    """撤銷 by the issuer, in the hub and not in the case."""
    who = Principal("issuer", "agency_admin", "", (), agency)
    command = {"licence": licence, "reason": "发证依据已失效"}
    return driver.ask(who, "datahub", "revoke_licence", command)


def test_what_the_hub_revokes_falls_with_all_that_rests_on_it(
    driver: Driver, settings: Settings, wait: Any
) -> None:
    members = filed(driver)
    licence = seen(driver, members["food"])["result"]["licence"]
    wait(lambda: driver.ask(SYSTEM, "datahub", "verify", {"licence": licence})["valid"])
    for other in (TOBACCO, "nobody"):
        with pytest.raises(NotFound):
            hub_revokes(driver, licence, other)
    assert hub_revokes(driver, licence, FOOD) == {"licence": licence, "status": "revoked"}
    wait(lambda: seen(driver, members["tobacco"])["status"] == "closed")
    food, tobacco = seen(driver, members["food"]), seen(driver, members["tobacco"])
    assert (food["revoked"]["by"], food["revoked"]["reason"]) == (licence, "发证依据已失效")
    assert (tobacco["outcome"], tobacco["stopped"]["because"]) == ("terminated", members["food"])
    assert seen(driver, members["fire"])["status"] != "closed"
    with pytest.raises(Conflict):
        hub_revokes(driver, licence, FOOD)
    papers = [len(each["documents"]) for each in (food, tobacco)]
    assert papers == [len(seen(driver, members[name])["documents"]) for name in ("food", "tobacco")]
    for told in ({"licence": licence, "reason": "x"}, {"licence": "another", "reason": "x"}):
        with UnitOfWork(store_of("workflow", settings)) as work:
            falling.licence_revoked(members["food"], told, room_of(work, Service.memory))
    assert seen(driver, members["food"]) == food


def test_a_licence_of_another_number_revokes_no_case(driver: Driver, settings: Settings) -> None:
    members = filed(driver)
    for case_no, told in ((members["food"], "another"), ("no-such-case", "x"), (members["fire"], "x")):
        with UnitOfWork(store_of("workflow", settings)) as work:
            falling.licence_revoked(case_no, {"licence": told, "reason": "x"}, room_of(work, Service.memory))
    assert seen(driver, members["food"])["revoked"] is None


def test_a_member_under_way_is_stopped_with_the_reason(driver: Driver, settings: Settings, wait: Any) -> None:
    members = filed(driver)
    assert seen(driver, members["tobacco"])["status"] == "submitted"
    revoke(driver, members["food"], settings)
    wait(lambda: seen(driver, members["tobacco"])["status"] == "closed")
    shown = seen(driver, members["tobacco"])
    assert (shown["outcome"], shown["result"]) == ("terminated", None)
    assert shown["stopped"]["because"] == members["food"] and "场所与申请不符" in shown["stopped"]["reason"]
    assert "termination" in [paper["kind"] for paper in shown["documents"]] and shown["remedies"]
    assert seen(driver, members["fire"])["status"] != "closed"


def test_a_member_that_is_finished_is_revoked_with_its_licence(
    driver: Driver, settings: Settings, wait: Any
) -> None:
    members = filed(driver)
    driver.handle(TOBACCO, members["tobacco"], {})
    driver.handle("11440305MB2X01031Q", members["fire"], {})
    licence = seen(driver, members["tobacco"])["result"]["licence"]
    revoke(driver, members["food"], settings)
    wait(lambda: seen(driver, members["tobacco"])["revoked"])
    shown = seen(driver, members["tobacco"])
    assert shown["revoked"]["by"] == members["food"] and "revocation" in [
        d["kind"] for d in shown["documents"]
    ]
    held = lambda: driver.ask(driver.principal("firm"), "datahub", "licences", {})["licences"]  # noqa: E731
    wait(lambda: not any(each["id"] == licence and each.get("usable", True) for each in held()))
    assert seen(driver, members["fire"])["revoked"] is None
    papers = len(shown["documents"])
    with UnitOfWork(store_of("workflow", settings)) as work:
        falling.fall(members["food"], room_of(work, Service.memory))
    assert len(seen(driver, members["tobacco"])["documents"]) == papers


def test_a_case_that_was_still_to_deliver_a_revoked_licence_ends(settings: Settings, driver: Driver) -> None:
    """Its licence was made before its last step; nothing is left to hand over."""
    host = EngineHost(settings, fresh=False)
    host.publish("delivering", bpmn("start s\nuser deliver role=r\nend e outcome=granted\ns > deliver > e"))
    host.begin("OPEN-1", "delivering")
    with host.room() as room:
        case = room.cases.get("OPEN-1")
        assert case is not None
        case.body["result"] = {"kind": "licence", "licence": "L-1", "issued_on": "2026-03-02"}
        room.cases.save(case)
        room.work.commit()
    told = {"licence": "L-1", "reason": "发证依据已失效"}
    for _ in range(2):
        with host.room() as room:
            falling.licence_revoked("OPEN-1", told, room)
    case = host.case("OPEN-1")
    assert (case.outcome, case.body["revoked"]["by"], case.doc["tokens"]) == ("terminated", "L-1", {})
    with host.room() as room:
        assert [paper["kind"] for paper in room.papers.documents("OPEN-1")].count("revocation") == 1
