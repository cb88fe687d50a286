"""歸檔 on the starter pack: a served case becomes a package, and any change to it is found by `gdbos audit verify`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from support.house import ROOT

from gdbos_contracts.errors import BadInput, Conflict, Damaged, Forbidden, NotFound
from gdbos_contracts.principal import SYSTEM
from gdbos_runtime import clock, context, packs
from gdbos_runtime.host import hosted
from gdbos_runtime.packs import verifying
from gdbos_runtime.packs.driving import Driver
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import store_of
from gdbos_runtime.unit_of_work import RUNTIME, UnitOfWork
from services.workflow.adapters import orm, verification

STARTER = ROOT / "deploy" / "packs" / "starter"
PACK = packs.read(STARTER)
ITEM, REGION = "11440305MB2X01058G4440731005001", "440305"


@pytest.fixture(scope="module")
def driver(settings: Settings) -> Iterator[Driver]:
    context.bind(context.Context())
    with hosted(settings) as reached:
        packs.install(STARTER, reached.call, settings.data)
        yield Driver(reached.call, verifying.principals(PACK))
    clock.start_at("")
    context.bind(context.Context())


def refused(driver: Driver) -> str:
    steps: list[dict[str, Any]] = [
        {"apply": {"as": "citizen", "item": ITEM, "region": REGION}},
        {"handle": {"actions": {"decide": {"action": "deny", "data": {"reason": "不符合条件"}}}}},
    ]
    *_, last = verifying.run({"id": "x", "steps": steps}, driver)
    return str(last["case_no"])


def ask(driver: Driver, who: str, method: str, case_no: str, **more: Any) -> dict[str, Any]:
    return driver.ask(driver.principal(who), "workflow", method, {"case_no": case_no, **more})


@pytest.fixture(scope="module")
def archived(driver: Driver) -> str:
    case_no = refused(driver)
    ask(driver, "citizen", "consent_to_service", case_no)
    ask(driver, "clerk-ga", "archive", case_no)
    return case_no


def test_a_case_is_archived_when_it_is_closed_and_served(driver: Driver) -> None:
    case_no = refused(driver)
    with pytest.raises(BadInput) as unserved:
        ask(driver, "clerk-ga", "archive", case_no)
    assert [fault.code for fault in unserved.value.faults] == ["not_served"]
    ask(driver, "citizen", "consent_to_service", case_no)
    for stranger in ("clerk-scjg", "citizen2"):
        with pytest.raises(NotFound):
            ask(driver, stranger, "archive", case_no)
    first = ask(driver, "clerk-ga", "archive", case_no)
    assert ask(driver, "clerk-ga", "archive", case_no) == first
    shown = ask(driver, "citizen", "application", case_no)
    assert (shown["status"], shown["outcome"]) == ("archived", "denied")
    assert shown["timeline"][-1]["event"] == "archived"
    assert shown["archived"]["archive_no"] == first["archive_no"]


def test_a_case_under_way_is_not_archived(driver: Driver) -> None:
    steps = [{"apply": {"as": "citizen", "item": ITEM, "region": REGION}}]
    (filed,) = verifying.run({"id": "x", "steps": steps}, driver)
    with pytest.raises(Conflict):
        ask(driver, "clerk-ga", "archive", filed["case_no"])


def test_only_an_archivist_of_the_agency_reads_the_package(driver: Driver, archived: str) -> None:
    package = ask(driver, "archivist-ga", "archive_package", archived)["package"]
    assert package["case"]["case_no"] == archived and package["filed"]["answers"]
    assert {paper["kind"] for paper in package["documents"]} >= {"receipt", "denial", "service"}
    for stranger, told in READERS.items():
        for method in ("archive_package", "archive_contents"):
            with pytest.raises(told):
                ask(driver, stranger, method, archived)
    index = driver.ask(driver.principal("clerk-ga"), "workflow", "archives", {})["archives"]
    assert archived in [entry["case_no"] for entry in index]
    assert driver.ask(driver.principal("clerk-scjg"), "workflow", "archives", {})["archives"] == []


READERS = {
    "citizen": NotFound,
    "clerk-scjg": NotFound,
    "archivist-scjg": NotFound,
    "clerk-ga": Forbidden,
    "head-ga": Forbidden,
    "supervisor": Forbidden,
}


def swept(driver: Driver) -> int:
    return int(driver.ask(SYSTEM, "workflow", "sweep", {"limit": 100})["archived"])


def test_a_served_case_is_archived_once_its_days_are_over(driver: Driver) -> None:
    clock.start_at("2026-12-07T10:00:00+08:00")
    served, unserved = refused(driver), refused(driver)
    ask(driver, "citizen", "consent_to_service", served)
    clock.start_at("2027-01-05T23:00:00+08:00")
    swept(driver)
    assert ask(driver, "citizen", "application", served)["status"] == "closed"
    clock.start_at("2027-01-06T00:00:01+08:00")
    swept(driver)
    shown = ask(driver, "citizen", "application", served)
    assert shown["status"] == "archived"
    assert [each["event"] for each in shown["timeline"]].count("archived") == 1
    assert swept(driver) == 0
    assert ask(driver, "clerk-ga", "archive", served)["archive_no"] == shown["archived"]["archive_no"]
    assert ask(driver, "citizen", "application", unserved)["status"] == "closed"
    ask(driver, "citizen", "consent_to_service", unserved)
    clock.start_at("2027-01-07T00:00:01+08:00")
    swept(driver)
    assert ask(driver, "citizen", "application", unserved)["status"] == "archived"
    clock.start_at("")


def test_an_agency_says_after_how_many_days_and_those_that_wait_follow(driver: Driver) -> None:
    admin = dataclasses.replace(driver.principal("agency-admin"), agency="11440305MB2X01058G")
    clock.start_at("2026-12-07T10:00:00+08:00")
    case_no = refused(driver)
    ask(driver, "citizen", "consent_to_service", case_no)
    assert driver.ask(admin, "workflow", "archive_days", {"days": 3}) == {"days": 3}
    clock.start_at("2026-12-10T00:00:01+08:00")
    swept(driver)
    assert ask(driver, "citizen", "application", case_no)["status"] == "archived"
    later = refused(driver)
    ask(driver, "citizen", "consent_to_service", later)
    clock.start_at("2026-12-13T00:00:01+08:00")
    swept(driver)
    assert ask(driver, "citizen", "application", later)["status"] == "archived"
    for wrong in (-1, 3651, "3", None):
        with pytest.raises(BadInput):
            driver.ask(admin, "workflow", "archive_days", {"days": wrong})
    for other in ("clerk-ga", "archivist-ga", "supervisor", "citizen"):
        with pytest.raises(Forbidden):
            driver.ask(driver.principal(other), "workflow", "archive_days", {"days": 1})
    assert driver.ask(admin, "workflow", "archives", {})["days"] == 3
    driver.ask(admin, "workflow", "archive_days", {"days": 30})
    clock.start_at("")


def test_the_contents_are_the_sealed_package_and_the_papers_it_tells_of(
    driver: Driver, archived: str, settings: Settings
) -> None:
    found = ask(driver, "archivist-ga", "archive_contents", archived)
    package = ask(driver, "archivist-ga", "archive_package", archived)
    assert json.loads(found["text"]) == package["package"]
    assert [each["id"] for each in found["documents"]] == [
        each["id"] for each in package["package"]["documents"]
    ]
    store = store_of("workflow", settings)
    number = int(found["documents"][0]["id"])
    with UnitOfWork(store) as work:
        mine = orm.document.c.id == number
        was = work.connection.scalar(sa.select(orm.document.c.html).where(mine))
        work.connection.execute(sa.update(orm.document).where(mine).values(html="<p>改过</p>"))
        work.commit()
    with pytest.raises(Damaged):
        ask(driver, "archivist-ga", "archive_contents", archived)
    with UnitOfWork(store) as work:
        work.connection.execute(sa.update(orm.document).where(mine).values(html=was))
        work.commit()


@pytest.mark.parametrize(
    ("table", "value", "part"),
    [
        (orm.archive, {"package": "{}"}, "package"),
        (orm.archive, {"digest": "0" * 64, "package": "{}"}, "package"),
        (orm.document, {"html": "<p>改过</p>"}, "documents"),
        (orm.timeline, {"event": "granted"}, "timeline"),
        (orm.history, {"hash": "0" * 64}, "history"),
        (RUNTIME["audit"], {"body": '{"digest":"0"}'}, "log"),
    ],
)
def test_whatever_is_altered_is_found(
    table: sa.Table, value: dict[str, str], part: str, archived: str, settings: Settings
) -> None:
    store = store_of("workflow", settings)
    assert archived not in dict(verification.verify_archives(store).broken)
    key = table.c.object if table.name == RUNTIME["audit"].name else table.c.case_no
    with UnitOfWork(store) as work:
        kept = [dict(r._mapping) for r in work.connection.execute(sa.select(table).where(key == archived))]
        work.connection.execute(sa.update(table).where(key == archived).values(**value))
        work.commit()
    assert dict(verification.verify_archives(store).broken)[archived] == part
    with UnitOfWork(store) as work:
        first = next(iter(table.primary_key.columns)) if table.name != "history" else table.c.seq
        for row in kept:
            same = sa.and_(key == archived, first == row[first.name])
            work.connection.execute(sa.update(table).where(same).values(**{n: row[n] for n in value}))
        work.commit()
    assert archived not in dict(verification.verify_archives(store).broken)
