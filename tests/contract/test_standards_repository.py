"""The registry's ports: the tables and the double that unit tests use behave alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from support.standards import NOW, FakeRegistry, FakeUses, code_list, element

from gdbos_contracts.errors import Conflict
from services.standards.adapters import orm
from services.standards.adapters.repository import RegistryRepository, UseRepository
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement
from services.standards.domain.lifecycle import Step
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
