"""The registry's ports: the tables and the double that unit tests use behave alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from support.standards import NOW, FakeRegistry, FakeTemplates, FakeUses, code_list, element, text

from gdbos_contracts.errors import Conflict
from services.standards.adapters import orm
from services.standards.adapters.holders import HolderRepository, TemplateRepository
from services.standards.adapters.repository import RegistryRepository
from services.standards.adapters.uses import UseRepository
from services.standards.domain.codelist import CodeList
from services.standards.domain.coverage import Holder
from services.standards.domain.element import DataElement
from services.standards.domain.lifecycle import Step
from services.standards.domain.template import Template
from services.standards.domain.use import Use

SEX = {"id": "gbt2261_1", "version": 1}
DRAFTS = (
    element("person.name", "姓名"),
    element("person.name", "姓名", version=2, format="an..80"),
    element("person.sex", "性别代码", representation="code", code_list=SEX),
    element("firm.name", "企业名称_100%"),
)


@pytest.fixture(params=["tables", "double"])
def ports(request: pytest.FixtureRequest) -> Iterator[tuple[Any, Any]]:
    if request.param == "double":
        yield FakeRegistry(), FakeUses()
        return
    engine = sa.create_engine("sqlite://")
    orm.metadata.create_all(engine)
    with engine.connect() as connection:
        yield RegistryRepository(connection, {}), UseRepository(connection)
    engine.dispose()


@pytest.fixture
def registry(ports: tuple[Any, Any]) -> Any:
    found = ports[0]
    found.add_elements([DataElement.from_data(draft) for draft in DRAFTS])
    found.add_code_lists([CodeList.from_data(code_list("gbt2261_1", "1", "2"))])
    return found


def test_exact_and_newest_versions_are_read(registry: Any) -> None:
    assert registry.element("person.name", 1).format.high == 50
    assert registry.element("person.name").version == 2
    assert registry.element("person.name", 3) is None
    assert registry.element("no.such") is None
    assert [c.value for c in registry.code_list("gbt2261_1").codes] == ["1", "2"]
    assert registry.code_list("no_such") is None


def test_the_newest_come_in_order_and_by_page(registry: Any) -> None:
    assert [(e.id, e.version) for e in registry.newest()] == [
        ("firm.name", 1),
        ("person.name", 2),
        ("person.sex", 1),
    ]
    assert [e.id for e, _ in registry.search("", "firm.name", 1, "")] == ["person.name"]
    assert [e.id for e, _ in registry.search("性別", "", 9, "")] == ["person.sex"]
    assert [e.id for e, _ in registry.search("名称 100", "", 9, "")] == ["firm.name"]
    assert [e.id for e, _ in registry.search("NAME", "", 9, "")] == ["firm.name", "person.name"]
    assert list(registry.versions("person.name")) == [(1, "draft"), (2, "draft")]
    assert list(registry.versions("no.such")) == []
    assert [e.id for e, _ in registry.search("性别", "", 9, "")] == ["person.sex"]
    assert [e.id for e, _ in registry.search("0%", "", 9, "")] == ["firm.name"]
    assert [e.id for e, _ in registry.search("%", "", 9, "")] == ["firm.name"]
    assert registry.search("", "", 9, "standard") == []


def test_a_step_is_taken_once(registry: Any) -> None:
    step = Step(1, "draft", "consultation", "p1", NOW, "说明")
    registry.add_step("person.sex", 1, step)
    assert list(registry.history("person.sex", 1)) == [step]
    assert [(e.id, s) for e, s in registry.search("", "", 9, "consultation")] == [
        ("person.sex", "consultation")
    ]
    with pytest.raises(Conflict):
        registry.add_step("person.sex", 1, step)


def test_elements_bound_to_a_list_are_found(registry: Any) -> None:
    bound = [Use("element", "person.sex", "1", "gbt2261_1", 1)]
    assert list(registry.bound_to("gbt2261_1", None)) == bound
    assert list(registry.bound_to("gbt2261_1", 1)) == bound
    assert list(registry.bound_to("gbt2261_1", 2)) == []
    assert list(registry.bound_to("gbt2261", None)) == []


def test_uses_of_a_user_are_replaced_as_a_whole(ports: tuple[Any, Any]) -> None:
    uses = ports[1]
    first = [Use("item", "i", "1", "person.name", 1), Use("item", "i", "1", "person.sex", 1)]
    uses.replace("item", "i", "1", first)
    uses.replace("item", "i", "2", [Use("item", "i", "2", "person.name", 2)])
    assert list(uses.of_user("item", "i", "1")) == first
    assert {u.version for u in uses.of_element("person.name", None)} == {"1", "2"}
    assert list(uses.of_element("person.name", 1)) == first[:1]
    uses.replace("item", "i", "1", [])
    assert list(uses.of_element("person.sex", None)) == []


@pytest.fixture
def connection() -> Iterator[sa.Connection]:
    engine = sa.create_engine("sqlite://")
    orm.metadata.create_all(engine)
    with engine.connect() as found:
        yield found
    engine.dispose()


def test_a_holders_fields_are_counted_by_the_status_of_their_elements(connection: sa.Connection) -> None:
    registry, uses = RegistryRepository(connection, {}), UseRepository(connection)
    holders = HolderRepository(connection)
    registry.add_elements([DataElement.from_data({**draft, "status": "trial"}) for draft in DRAFTS[:1]])
    registry.add_elements([DataElement.from_data(draft) for draft in DRAFTS[1:]])
    uses.replace("source", "s", "1", [Use("source", "s", "1", "person.name", v) for v in (1, 2)])
    holders.note(Holder("source", "s", "1", "A", text("库"), 5))
    holders.note(Holder("source", "empty", "1", "A", text("空"), 0))
    found = [(h.id, h.fields, h.elements, h.standard) for h in holders.all({"trial", "standard"})]
    assert found == [("empty", 0, 0, 0), ("s", 5, 2, 1)]
    holders.note(Holder("source", "s", "2", "B", text("新库"), 1))
    assert holders.names({("source", "s"), ("item", "s"), ("source", "t")}) == {("source", "s"): text("新库")}
    connection.execute(sa.delete(orm.field_holder).where(orm.field_holder.c.version == "2"))
    holders.note(Holder("source", "s", "1", "B", text("库"), 1))
    assert [(h.agency, h.fields) for h in holders.all(())] == [("A", 0), ("B", 2)]


@pytest.fixture(params=["tables", "double"])
def templates(request: pytest.FixtureRequest, connection: sa.Connection) -> Any:
    return TemplateRepository(connection) if request.param == "tables" else FakeTemplates()


def test_templates_are_read_by_version_and_listed_by_kind(templates: Any) -> None:
    section = {"names": text("甲"), "fields": [{"element": "person.name", "version": 1}]}
    draft = {"id": "b", "version": 1, "kind": "form", "names": text("表"), "sections": [section]}
    held = [
        Template.from_data({**draft, **change})
        for change in ({}, {"version": 2}, {"id": "a", "kind": "document"})
    ]
    templates.add(held)
    assert templates.template("b", 1) == held[0]
    assert templates.template("b") == held[1]
    assert templates.template("b", 3) is templates.template("c") is None
    assert list(templates.versions("b")) == [1, 2]
    assert [t.id for t in templates.newest("")] == ["a", "b"]
    assert [(t.id, t.version) for t in templates.newest("form")] == [("b", 2)]


def test_the_living_are_those_in_force_from_today_on_and_those_with_cases(ports: tuple[Any, Any]) -> None:
    uses, today = ports[1], NOW.date()

    def note(version: str, valid_from: str = "", valid_to: str = "", element: str = "person.name") -> None:
        rows = [Use("item", "i", version, element, 1)]
        uses.replace("item", "i", version, rows, (valid_from, valid_to))

    def living() -> dict[str, int]:
        return {use.version: use.cases for use in uses.living_by("person.name", today)}

    note("1", "2025-01-01")
    note("2", "2025-06-01", "2025-09-01")
    assert living() == {"1": 0}
    note("3", "2025-12-01")
    note("4", "2026-03-01")
    assert living() == {"3": 0, "4": 0}
    uses.run("item", None, {("i", "1"): 2, ("other", "1"): 1})
    uses.run("item", ["other"], {})
    uses.run("process", None, {})
    assert living() == {"1": 2, "3": 0, "4": 0}
    note("3", "2025-12-01", element="firm.name")
    note("1", "2025-01-01")
    assert living() == {"1": 2, "4": 0}, "what is told again of a version leaves its cases"
    uses.run("item", ["i"], {("i", "4"): 1})
    assert living() == {"4": 1}
    assert uses.living_by("no.body", today) == []
