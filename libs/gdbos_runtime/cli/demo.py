"""gdbos demo"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import track

from gdbos_contracts.errors import GdbosError
from gdbos_runtime import packs
from gdbos_runtime.cli.output import refusing, show, told
from gdbos_runtime.host import hosted
from gdbos_runtime.packs import verifying
from gdbos_runtime.packs.driving import Driver
from gdbos_runtime.settings import Settings

STARTER = Path(__file__).resolve().parents[3] / "deploy" / "packs" / "starter"
SCENARIO = "restaurant-bundle"


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    as_json: bool = typer.Option(False, "--json", help="one object per step"),
    all_items: bool = typer.Option(
        False, help="drive every item of the catalogue from guide to archived result"
    ),
) -> None:
    """Carry 開餐飲店 to its four results, in this process; exit 0 only when every result is issued."""
    settings = Settings.current()
    with refusing(OSError, ValueError), hosted(settings) as client:
        if not packs.installed(STARTER, settings.data):
            packs.install(STARTER, client.call, settings.data)
        pack = packs.read(STARTER)
        driver = Driver(client.call, verifying.principals(pack))
        done = _all(driver, as_json) if all_items else _scenario(pack, driver, as_json)
    raise typer.Exit(0 if done else 1)


def _scenario(pack: packs.Pack, driver: Driver, as_json: bool) -> bool:
    (scenario,) = (each for each in pack.scenarios if each["id"] == SCENARIO)
    try:
        for step in verifying.run(scenario, driver):
            show(step) if as_json else _print(step)
    except verifying.Unexpected as error:
        show({"error": str(error)}) if as_json else print(f"FAILED {error}")
        return False
    except GdbosError as error:
        show({"error": told(error)}) if as_json else print(f"FAILED {told(error)}")
        return False
    return True


def _print(step: dict[str, Any]) -> None:
    facts = {k: v for k, v in step.items() if k not in ("scenario", "step", "ms") and v}
    print(f"{step['ms']:8.1f} ms  {step['step']:8} {facts}", flush=True)


def _all(driver: Driver, as_json: bool) -> bool:
    """Every item that is offered, once; the last line says how many are done."""
    began = time.perf_counter()
    items = list(_items(driver))
    failures: Counter[str] = Counter()
    failed = []
    for item in track(items, description="items", console=Console(stderr=True)):
        reason = _one(driver, item)
        if reason:
            failures[reason.partition(":")[0]] += 1
            failed.append({"code": item["code"], "reason": reason})
        if as_json:
            show({"code": item["code"], "done": not reason, "reason": reason})
    for entry in failed[:50]:
        if not as_json:
            print(f"failed {entry['code']} {entry['reason']}")
    print(f"{len(items) / (time.perf_counter() - began):.1f} items/s")
    print(f"{len(items) - len(failed)} done, {len(failed)} failed")
    return not failed


def _items(driver: Driver) -> Iterator[dict[str, Any]]:
    query: dict[str, Any] = {"q": "", "region": "", "audience": "", "type": "", "limit": 100, "cursor": ""}
    while True:
        page = driver.ask(driver.principal("citizen"), "catalog", "search", query)
        yield from (item for item in page["items"] if not item["bundle"])
        if not page["next"]:
            return
        query["cursor"] = page["next"]


def _one(driver: Driver, item: dict[str, Any]) -> str:
    """Why the item did not go from guide to archived result; empty when it did."""
    who = driver.principal("citizen" if "1" in item["audience"] else "firm")
    try:
        found = driver.guide(who, item["code"], item["region"], {})
        ready = driver.prepare(who, item["code"], item["region"], found["situation"])
        filed = driver.submit(
            who,
            {
                "item": item["code"],
                "region": item["region"],
                "situation": found["situation"],
                "answers": ready["answers"],
                "materials": ready["materials"],
            },
        )
        driver.handle(item["agency"]["code"], filed["case_no"], {})
        shown = driver.application(who, filed["case_no"])
    except GdbosError as error:
        return f"{error.code}: {told(error)}"
    good = shown["status"] == "closed" and shown["result"] is not None
    return "" if good else f"{shown['status']}: outcome {shown['outcome']}"
