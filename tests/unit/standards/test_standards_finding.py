"""Finding elements, naming them for ever, and the two halves that ISO/IEC 11179 tells apart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.standards import NOBODY, FakeCodeLists, FakeRegistry, FakeWork, code_list, element, publish, text

from services.standards import handlers
from services.standards.domain.concept import concept, from_irdi, irdi, value_domain
from services.standards.domain.element import DataElement, ElementRef

DRAFTS = [
    element("person.id", "身份号码"),
    element("person.id_kind", "身份号码种类", synonyms=["證件類型"]),
    element("firm.agent_id", "经办人身份号码"),
    element("premises.area", "经营面积", synonyms=["建筑面积"]),
]


@pytest.fixture
def registry() -> FakeRegistry:
    found = FakeRegistry()
    publish({"elements": DRAFTS, "code_lists": [], "dry_run": False}, found, FakeWork())
    return found


def found(registry: FakeRegistry, q: str, **changes: Any) -> list[str]:
    query = {"q": q, "cursor": "", "limit": 20, "status": "", **changes}
    return [e["id"] for e in handlers.elements(query, registry)["elements"]]


@pytest.mark.parametrize(
    ("q", "ids"),
    [
        ("身份号码", ["person.id", "person.id_kind", "firm.agent_id"]),
        ("身份號碼", ["person.id", "person.id_kind", "firm.agent_id"]),
        ("身份", ["person.id", "person.id_kind", "firm.agent_id"]),
        ("证件", ["person.id_kind"]),
        ("證件", ["person.id_kind"]),
        ("ＰＥＲＳＯＮ.ＩＤ", ["person.id", "person.id_kind"]),
        ("面积 建筑", ["premises.area"]),
        ("面积 身份", []),
        ("%", []),
        ("  ", ["firm.agent_id", "person.id", "person.id_kind", "premises.area"]),
    ],
)
def test_the_best_fit_comes_first_in_either_writing(registry: FakeRegistry, q: str, ids: list[str]) -> None:
    assert found(registry, q) == ids


def test_pages_of_a_search_follow_each_other_without_loss(registry: FakeRegistry) -> None:
    query: dict[str, Any] = {"q": "身份", "cursor": "", "limit": 1, "status": ""}
    seen = []
    while True:
        page = handlers.elements(query, registry)
        seen += [e["id"] for e in page["elements"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert seen == ["person.id", "person.id_kind", "firm.agent_id"]


def test_code_lists_are_found_by_name_and_by_the_standard_they_stand_in(registry: FakeRegistry) -> None:
    lists = [
        {**code_list("gb.sex", "1"), "names": text("人的性别代码"), "standard": "GB/T 2261.1-2003"},
        {**code_list("gb.sex", "1", "2", version=2), "names": text("人的性别代码")},
        code_list("city.street", "a", "b"),
    ]
    publish({"elements": [], "code_lists": lists, "dry_run": False}, registry, FakeWork())

    def ids(q: str) -> list[tuple[str, int, int]]:
        query = {"q": q, "cursor": "", "limit": 9}
        rows = handlers.code_lists(query, FakeCodeLists(registry))["code_lists"]
        return [(row["id"], row["version"], row["count"]) for row in rows]

    assert ids("性別") == ids("gb") == [("gb.sex", 2, 2)]
    assert [id for id, _, _ in ids("")] == ["city.street", "gb.sex"]
    assert ids("2261") == []


def test_code_lists_come_by_page(registry: FakeRegistry) -> None:
    lists = [code_list(f"gb.l{n}", "1") for n in range(5)]
    publish({"elements": [], "code_lists": lists, "dry_run": False}, registry, FakeWork())
    for q in ("", "gb"):
        query: dict[str, Any] = {"q": q, "limit": 2, "cursor": ""}
        seen: list[str] = []
        while query["cursor"] is not None:
            page = handlers.code_lists(query, FakeCodeLists(registry))
            seen += [row["id"] for row in page["code_lists"]]
            query["cursor"] = page["next"]
        assert seen == [f"gb.l{n}" for n in range(5)]


@given(st.from_regex(r"\A[a-z][a-z0-9_]{0,8}(\.[a-z][a-z0-9_]{0,8}){1,3}\Z"), st.integers(1, 10**6))
def test_an_identifier_is_read_back(id: str, version: int) -> None:
    ref = ElementRef(id, version)
    assert from_irdi(irdi(ref)) == ref


@pytest.mark.parametrize(
    "text", ["", "other#a.b#1", "gdbos#a.b#0", "gdbos#a.b", "gdbos#a.b#1#2", "gdbos#A.b#1"]
)
def test_other_identifiers_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        from_irdi(text)


def test_one_concept_may_be_written_in_two_value_domains() -> None:
    metres = DataElement.from_data(
        element("premises.area", "面积", representation="quantity", format="n..8,2", unit="m²", minimum="0")
    )
    mu = DataElement.from_data(
        element(
            "premises.area_mu",
            "亩数",
            object_class="premises",
            property="area",
            representation="quantity",
            format="n..6,2",
            unit="亩",
        )
    )
    assert concept(metres) == concept(mu) == {"object_class": "premises", "property": "area"}
    assert value_domain(metres)["unit"] == "m²" and value_domain(mu)["unit"] == "亩"
    assert set(value_domain(metres)["format_text"]) == {"zh-Hans", "zh-Hant", "en"}
    assert "code_list" not in value_domain(metres)


def test_an_element_is_read_with_its_versions_and_the_steps_ahead(registry: FakeRegistry) -> None:
    newer = {**DRAFTS[0], "version": 2, "format": "an18"}
    publish({"elements": [newer], "code_lists": [], "dry_run": False}, registry, FakeWork())
    shown = handlers.element("person.id", 1, NOBODY, registry)
    assert (shown["version"], shown["irdi"]) == (1, "gdbos#person.id#1")
    assert shown["versions"] == [{"version": 1, "status": "draft"}, {"version": 2, "status": "draft"}]
    assert {s["to"]: s["mine"] for s in shown["steps"]} == {"consultation": False, "withdrawn": False}
