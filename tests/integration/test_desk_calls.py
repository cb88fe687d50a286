"""Through the real services of the pair: what was submitted is listed at once; what may not be seen is never sent."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from typing import Any

import pytest
from support.desk import FIRE, MATERIALS, DeskHost, clerk
from support.house import ROOT

from gdbos_contracts.errors import GdbosError
from gdbos_runtime import context, packs
from gdbos_runtime.host import hosted
from gdbos_runtime.packs import verifying
from gdbos_runtime.packs.driving import Driver
from gdbos_runtime.rpc_client import RpcClient
from gdbos_runtime.settings import Settings
from services.workflow.service import Service

STARTER = ROOT / "deploy" / "packs" / "starter"
PACK = packs.read(STARTER)
QUERY = {**dict.fromkeys(("queue", "item", "light", "text", "region", "cursor"), ""), "limit": 100}


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[RpcClient]:
    context.bind(context.Context())
    with hosted(settings) as reached:
        packs.install(STARTER, reached.call, settings.data)
        yield reached
    context.bind(context.Context())


@pytest.fixture(scope="module")
def driver(client: RpcClient) -> Driver:
    return Driver(client.call, verifying.principals(PACK))


def test_a_submitted_case_is_in_the_inbox_at_once(driver: Driver) -> None:
    """After every answer, with no wait: each call may be served by another worker and another connection."""
    citizen, desk = driver.principal("citizen"), driver.principal("clerk-yb")
    item = next(i for i in PACK.items if "insurance.person_kind" in json.dumps(i))
    code = next(
        i["code"] for i in PACK.items if i.get("parent") == item["code"] or i is item and "region" in i
    )
    for _ in range(12):
        guide = driver.guide(citizen, code, "440305", {})
        ready = driver.prepare(citizen, code, "440305", guide["situation"])
        request = {"item": code, "region": "440305", "situation": guide["situation"], **_filed(ready)}
        case_no = driver.submit(citizen, request)["case_no"]
        listed = driver.ask(desk, "workflow", "tasks", {**QUERY, "text": case_no})["tasks"]
        assert [task["case_no"] for task in listed] == [case_no]
        id = listed[0]["id"]
        driver.ask(desk, "workflow", "claim", {"id": id})
        assert driver.ask(desk, "workflow", "task", {"id": id})["claimed_by"] == desk.id
        driver.ask(desk, "workflow", "complete", {"id": id, "action": "accept", "data": {}})
        after = driver.ask(desk, "workflow", "tasks", {**QUERY, "text": case_no})["tasks"]
        assert id not in [task["id"] for task in after]
        assert driver.application(citizen, case_no)["timeline"][-1]["event"] != "submitted"


def _filed(ready: dict[str, Any]) -> dict[str, Any]:
    return {name: ready[name] for name in ("answers", "materials")}


def calls() -> list[str]:
    """Every RPC of the workflow; handlers of events are not called."""
    return sorted(
        name
        for name, method in inspect.getmembers(Service)
        if getattr(method, "nameko_entrypoints", ()) and not name.startswith("on_")
    )


def test_no_call_sends_another_agency_what_its_task_does_not_name(
    client: RpcClient, driver: Driver, settings: Settings
) -> None:
    """Every RPC there is, with every shape of key, as a clerk of the other agency: the withheld never comes."""
    host = DeskHost(settings)
    host.file("calls-1")
    anna, bo, fire = clerk("anna"), clerk("bo"), clerk("fire", agency=FIRE)
    host.forward("calls-1", (anna, "accept"), (anna, "pass"), (bo, "pass"))
    id = host.task("calls-1")
    shapes: list[dict[str, Any]] = [
        {},
        {"id": id},
        {"case_no": "calls-1"},
        {"case_no": "calls-1", "id": "1"},
        {**QUERY},
        {"operation": "claim", "ids": [id]},
        {"case_no": "calls-1", "after": 0},
        {"text": "calls-1"},
    ]
    sent = []
    for name in calls():
        for shape in shapes:
            try:
                sent.append(json.dumps(driver.ask(fire, "workflow", name, shape), ensure_ascii=False))
            except GdbosError as error:
                sent.append(json.dumps(error.to_data(), ensure_ascii=False))
    seen = "\n".join(sent)
    assert "演示大道88号" in seen and MATERIALS[0] in seen
    assert "withheld" not in seen and len(calls()) > 20
