"""The starter pack on the real broker and database of the pair: installed, verified, installed again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support.house import ROOT
from support.probe import count

from gdbos_contracts.errors import BadInput
from gdbos_runtime import context, packs
from gdbos_runtime.host import hosted
from gdbos_runtime.packs import verifying
from gdbos_runtime.packs.driving import Driver
from gdbos_runtime.rpc_client import RpcClient
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import store_of
from gdbos_runtime.unit_of_work import RUNTIME, UnitOfWork

STARTER = ROOT / "deploy" / "packs" / "starter"
PACK = packs.read(STARTER)


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[RpcClient]:
    with hosted(settings) as reached:
        packs.install(STARTER, reached.call, settings.data)
        yield reached


@pytest.fixture
def driver(client: RpcClient) -> Driver:
    return Driver(client.call, verifying.principals(PACK))


@pytest.mark.parametrize("scenario", PACK.scenarios, ids=lambda scenario: scenario["id"])
def test_a_scenario_ends_as_written(
    scenario: dict[str, Any], driver: Driver, settings: Settings, wait: Any
) -> None:
    """The scenarios run in their order: licences of the earlier ones answer the later ones."""
    for _ in verifying.run(scenario, driver):
        wait(lambda: count(settings, "workflow", RUNTIME["outbox"]) == 0)


def test_installing_twice_changes_nothing(client: RpcClient, settings: Settings) -> None:
    context.bind(context.Context())
    published = (
        RUNTIME["audit"].c.action != "document.print"
    )  # documents of the scenarios are printed meanwhile

    def rows() -> dict[str, int]:
        services = ("standards", "catalog", "workflow", "datahub")
        return {s: count(settings, s, RUNTIME["audit"], published) for s in services}

    before = rows()
    report = packs.install(STARTER, client.call, settings.data)
    assert rows() == before
    assert report.parts["items"]["unchanged"] == len(PACK.items) + len(PACK.bundles)
    assert packs.installed(STARTER, settings.data)


def test_the_registry_knows_who_uses_what_both_ways(client: RpcClient, wait: Any) -> None:
    """The owners tell it by event: items, sources and licence types."""
    context.bind(context.Context())

    def users(element: str) -> set[tuple[str, str]]:
        uses = client.call("standards", "where_used", {"id": element})["uses"]
        return {(use["kind"], use["id"]) for use in uses}

    asking = {("item", item["code"]) for item in PACK.items if asks(item, "firm.name")}
    supplying = {("source", source["id"]) for source in PACK.sources if "firm.name" in source["columns"]}
    assert asking and supplying
    wait(lambda: users("firm.name") >= asking | supplying)
    assert {kind for kind, _ in users("firm.name")} == {"item", "source", "licence"}
    (kind, code) = min(asking)
    user = {"kind": kind, "id": code, "version": "1"}
    assert "firm.name@1" in client.call("standards", "elements_of", user)["elements"]
    wait(lambda: ("decision", "insurance-renewal") in users("person.birth_date"))
    decision = {"kind": "decision", "id": "insurance-renewal", "version": "1"}
    read = {"person.birth_date@1", "person.citizen_id@1"}
    assert set(client.call("standards", "elements_of", decision)["elements"]) == read


def asks(item: dict[str, Any], element: str) -> bool:
    return element in [asked["element"] for asked in item.get("elements", ())]


def test_a_plan_changes_nothing(client: RpcClient, settings: Settings) -> None:
    context.bind(context.Context())
    before = count(settings, "catalog", RUNTIME["audit"])
    assert packs.plan(PACK, client.call).parts["standards"]["unchanged"] == len(PACK.elements) + len(
        PACK.code_lists
    )
    assert count(settings, "catalog", RUNTIME["audit"]) == before


def test_personal_data_is_in_no_audit_row(settings: Settings, client: RpcClient) -> None:
    citizens = [
        value
        for account in PACK.accounts
        for element, value in account["principal"]["subject"].items()
        if element == "person.citizen_id"
    ]
    for service in ("workflow", "datahub", "catalog", "standards"):
        with UnitOfWork(store_of(service, settings), writing=False) as work:
            bodies = " ".join(row.body for row in work.connection.execute(RUNTIME["audit"].select()))
        assert [citizen for citizen in citizens if citizen in bodies] == []


def test_an_item_whose_time_is_over_takes_no_application(client: RpcClient, driver: Driver) -> None:
    """Every date of validity counts: the last day on which it held is gone."""
    context.bind(context.Context())
    basic = next(item for item in PACK.items if "社会保障卡" in item.get("name", {}).get("zh-Hans", ""))
    own = next(item for item in PACK.items if item.get("parent") == basic["code"])
    code = own["code"][:-1] + ("1" if own["code"][-1] != "1" else "2")
    expired = {**own, "code": code, "in_force": {"from": "2020-01-01", "to": "2021-01-01"}}
    client.call("catalog", "publish_items", {"items": [expired], "bundles": [], "dry_run": False})
    request = {"item": code, "region": "440305", "situation": "", "answers": {}, "materials": []}
    with pytest.raises(BadInput) as refused:
        driver.submit(driver.principal("citizen"), request)
    assert [(f.pointer, f.code) for f in refused.value.faults] == [("/item", "not_in_force")]


def test_a_case_under_way_is_asked_before_a_standard_changes(
    client: RpcClient, driver: Driver, wait: Any
) -> None:
    """A newer version of its item is in force; the case still lives by the one that it began with."""
    scenario = next(each for each in PACK.scenarios if "apply" in each["steps"][0])
    next(iter(verifying.run(scenario, driver)))
    context.bind(context.Context())
    code = scenario["steps"][0]["apply"]["item"]
    item = next(each for each in PACK.items if each["code"] == code)
    newer = {**item, "promised": {**item["promised"], "days": item["promised"]["days"] - 1}}
    client.call("catalog", "publish_items", {"items": [newer], "bundles": [], "dry_run": False})
    name = next(each for each in PACK.elements if each["id"] == "firm.name")
    narrower = {**name, "version": name["version"] + 1, "format": "an..2"}

    def named() -> dict[tuple[str, str, str], int]:
        command = {"elements": [narrower], "code_lists": [], "dry_run": True}
        (broken,) = client.call("standards", "publish", command)["impact"]
        return {(use["kind"], use["id"], use["version"]): use.get("cases", 0) for use in broken["users"]}

    wait(lambda: named().get(("item", code, "1"), 0) >= 1 and ("item", code, "2") in named())
