"""Code lists and crosswalks: tables and doubles behave alike; the entrypoints on a migrated schema."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from support.standards import FakeCodeLists, FakeCrosswalks, FakeRegistry, code_list, text

from gdbos_contracts.errors import BadInput
from gdbos_runtime.db import Session
from gdbos_runtime.migrate import migrate
from gdbos_runtime.settings import Settings
from gdbos_runtime.store import Store
from services.standards.adapters import orm
from services.standards.adapters.lists import CodeListRepository, CrosswalkRepository
from services.standards.adapters.repository import RegistryRepository
from services.standards.domain.codelist import CodeList
from services.standards.domain.crosswalk import Crosswalk
from services.standards.service import Service

LISTS = (
    {
        **code_list("gb.industry", "A", version=2011),
        "names": text("国民经济行业分类"),
        "valid_to": "2017-10-01",
    },
    {
        **code_list("gb.industry", "A", "B", version=2017),
        "names": text("国民经济行业分类"),
        "valid_from": "2017-10-01",
    },
    {**code_list("gov.stars", "1", "2"), "names": text("满意度（星级）")},
)
WALK = {
    "id": "gb.industry_2017",
    "version": 1,
    "names": text("行业对照"),
    "source": {"id": "gb.industry", "version": 2011},
    "target": {"id": "gb.industry", "version": 2017},
    "entries": [{"source": "A", "targets": ["A", "B"]}],
}


@pytest.fixture(params=["tables", "double"])
def ports(request: pytest.FixtureRequest) -> Iterator[tuple[Any, Any]]:
    lists = [CodeList.from_data(each) for each in LISTS]
    if request.param == "double":
        registry = FakeRegistry()
        registry.add_code_lists(lists)
        yield FakeCodeLists(registry), FakeCrosswalks()
        return
    engine = sa.create_engine("sqlite://")
    orm.metadata.create_all(engine)
    with engine.connect() as connection:
        RegistryRepository(connection, {}).add_code_lists(lists)
        yield CodeListRepository(connection), CrosswalkRepository(connection, {})
    engine.dispose()


def test_the_facts_of_every_version_are_told(ports: tuple[Any, Any]) -> None:
    lists = ports[0]
    assert [f["version"] for f in lists.versions("gb.industry")] == [2011, 2017]
    assert list(lists.versions("no.such")) == []


def test_crosswalks_are_kept_by_version_and_found_by_list(ports: tuple[Any, Any]) -> None:
    walks = ports[1]
    walks.add([Crosswalk.from_data(WALK), Crosswalk.from_data({**WALK, "version": 2, "entries": []})])
    assert walks.crosswalk("gb.industry_2017").version == 2
    assert walks.crosswalk("gb.industry_2017", 1).translate("A").targets == ("A", "B")
    assert (walks.crosswalk("gb.industry_2017", 3), walks.crosswalk("no")) == (None, None)
    assert [(f["version"], f["size"]) for f in walks.facts("gb.industry")] == [(2, 0)]
    assert len(walks.facts("")) == 1
    assert walks.facts("gov.stars") == []


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    settings = Settings(data=tmp_path)
    migrate(settings, ["standards"])
    store = Store("standards", settings)
    found = Service()
    found.db = Session(store)  # type: ignore[assignment]
    found.memory = {}  # type: ignore[misc]
    yield found
    store.dispose()


def call(service: Service, method: str, **request: Any) -> dict[str, Any]:
    """What the method replies, as it arrives at the other side of the wire."""
    reply: dict[str, Any] = json.loads(json.dumps(getattr(service, method)(request)))
    return reply


def test_lists_and_crosswalks_over_the_wire(service: Service) -> None:
    for each in LISTS:
        told = call(service, "import_code_list", format="json", content=json.dumps(each))
        assert told["size"] == len(each["codes"])
    assert call(service, "code_lists", q="行业")["code_lists"][0]["version"] == 2017
    csv = call(service, "code_list_text", id="gb.industry", on="2016-01-01", format="csv")
    assert (csv["version"], csv["media_type"]) == (2011, "text/csv")
    assert call(service, "publish_crosswalks", crosswalks=[WALK])["crosswalks"] == ["gb.industry_2017@1"]
    assert call(service, "crosswalks", code_list="gb.industry")["crosswalks"][0]["size"] == 1
    assert call(service, "crosswalk", id="gb.industry_2017") == WALK
    told = call(service, "translate", id="gb.industry_2017", value="A", on="2020-01-01")
    assert (told["answer"], [t["value"] for t in told["targets"]]) == ("several", ["A", "B"])
    back = call(service, "translate", id="gb.industry_2017", value="B", back=True)
    assert (back["answer"], back["list"]["version"]) == ("one", 2011)


def test_lists_that_were_there_before_have_their_day_too(service: Service, tmp_path: Path) -> None:
    call(service, "publish", code_lists=list(LISTS))
    engine = store_of_tables(tmp_path)
    with engine.begin() as connection:
        connection.execute(sa.update(orm.code_list).values(facts={}))
        with Operations.context(MigrationContext.configure(connection)):
            importlib.import_module("services.standards.migrations.versions.0005_crosswalks")._tell_of_lists()
    engine.dispose()
    found = call(service, "code_list_text", id="gb.industry", on="2016-01-01")
    assert found["version"] == 2011


def store_of_tables(folder: Path) -> sa.Engine:
    (file,) = folder.rglob("standards.db")
    return sa.create_engine(f"sqlite:///{file}")


@pytest.mark.parametrize(
    ("method", "request_", "pointer"),
    [
        ("code_list_text", {"id": "gb.x", "format": "xlsx"}, "/format"),
        ("code_list_text", {"id": "gb.x", "on": "2020-02-30"}, "/on"),
        ("translate", {"id": "gb.x"}, "/value"),
        ("import_code_list", {"format": "json", "content": 1}, "/content"),
    ],
)
def test_a_bad_request_is_told_where(service: Service, method: str, request_: Any, pointer: str) -> None:
    with pytest.raises(BadInput) as refused:
        call(service, method, **request_)
    assert [f.pointer for f in refused.value.faults] == [pointer]
