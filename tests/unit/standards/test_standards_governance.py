"""Governance: coverage counts each holder once, poor names are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.standards import UNTOLD, FakeHolders, FakeRegistry, FakeUses, FakeWork, element, publish, text

from services.standards import handlers
from services.standards.domain.coverage import Holder, by_agency, newest
from services.standards.handlers import using


def holder(id: str, fields: int, standard: int, version: str = "1", agency: str = "A") -> Holder:
    return Holder("item", id, version, agency, text(id), fields, standard, standard)


def test_coverage_is_the_share_of_an_agencys_fields_the_least_covered_first() -> None:
    rows = by_agency([holder("x", 4, 4), holder("y", 6, 1), holder("z", 10, 0, agency="B")])
    assert [(r["agency"], r["fields"], r["standard"], r["share"]) for r in rows] == [
        ("B", 10, 0, 0.0),
        ("A", 10, 5, 0.5),
    ]
    assert [h["id"] for h in rows[1]["holders"]] == ["y", "x"]


def test_only_the_newest_version_of_a_holder_counts() -> None:
    rows = by_agency([holder("x", 4, 0, "9"), holder("x", 4, 4, "10"), holder("x", 4, 1, "2")])
    assert (rows[0]["fields"], rows[0]["share"]) == (4, 1.0)


def test_what_has_no_fields_lacks_none() -> None:
    assert by_agency([holder("x", 0, 0)])[0]["share"] == 1.0


HOLDERS = st.lists(
    st.builds(
        lambda id, fields, part, version, agency: holder(
            id, fields, fields * part // 4, str(version), agency
        ),
        st.sampled_from("xyz"),
        st.integers(0, 9),
        st.integers(0, 4),
        st.integers(1, 12),
        st.sampled_from(["A", "B"]),
    ),
    max_size=8,
)


@given(HOLDERS)
def test_every_holder_is_counted_once_and_shares_stay_in_bounds(holders: list[Holder]) -> None:
    rows = by_agency(holders)
    assert sum(len(r["holders"]) for r in rows) == len({(h.kind, h.id) for h in holders})
    assert sum(r["fields"] for r in rows) == sum(h.fields for h in newest(holders))
    assert all(0 <= r["share"] <= 1 for r in rows)


SOURCE: Mapping[str, Any] = {
    "kind": "source",
    "id": "s",
    "version": "1",
    "elements": [],
    **UNTOLD,
    "agency": "A",
    "names": text("库"),
    "field_count": 7,
}


def test_a_use_that_names_an_agency_counts_in_its_coverage() -> None:
    holders = FakeHolders()
    handlers.note_uses(
        [SOURCE, {**SOURCE, "id": "t", "agency": ""}], FakeRegistry(), FakeUses(), holders, FakeWork()
    )
    assert [(r["agency"], r["fields"]) for r in handlers.coverage("", holders)["agencies"]] == [("A", 7)]
    assert handlers.coverage("B", holders) == {"agencies": []}


def test_columns_that_nobody_mapped_count_and_some_spell_an_element() -> None:
    registry, holders = FakeRegistry(), FakeHolders()
    drafts = [
        element("person.name", "姓名"),
        element("firm.name", "企业名称"),
        element("firm.title", "企业名称"),
    ]
    publish({"elements": drafts, "code_lists": [], "dry_run": False}, registry, FakeWork())
    row = {**SOURCE, "elements": ["firm.uscc@1"], "field_count": 4, "unmapped": ["XM", "QYMC", "BZ"]}
    handlers.note_uses([row], registry, FakeUses(), holders, FakeWork())
    (found,) = handlers.coverage("A", holders)["agencies"]
    assert (found["fields"], found["proposed"]) == (4, 2)
    assert found["holders"][0]["columns"] == [
        {"column": "XM", "element": "person.name"},
        {"column": "QYMC", "element": "firm.name"},
        {"column": "BZ", "element": ""},
    ]


SPELT = st.lists(
    st.builds(
        lambda number, version, name: element(f"e.n{number}", name, version=version),
        st.integers(0, 5),
        st.integers(1, 2),
        st.sampled_from(["姓名", "企业名称", "备注", "名称"]),
    ),
    unique_by=lambda draft: (draft["id"], draft["version"]),
    max_size=6,
)


@given(SPELT, st.integers(0, 6))
def test_a_column_is_proposed_for_whenever_the_element_comes(drafts: list[dict[str, Any]], when: int) -> None:
    """Noted before, between or after the publications: in the end it is what noting it last proposes."""
    registry, early, late = FakeRegistry(), FakeHolders(), FakeHolders()
    row = {**SOURCE, "elements": [], "field_count": 6, "unmapped": ["XM", "QYMC", "BZ", "mc", "e.n3", "x"]}
    for number, draft in enumerate([*drafts, None]):
        if number == min(when, len(drafts)):
            handlers.note_uses([row], registry, FakeUses(), early, FakeWork())
        if draft is not None:
            work = FakeWork()
            publish({"elements": [draft], "code_lists": [], "dry_run": False}, registry, work)
            for said in (data for type, data in work.said if type == "names.published"):
                using.note_names(said["ids"], registry, early, FakeWork())
    handlers.note_uses([row], registry, FakeUses(), late, FakeWork())
    assert early.unmapped() == late.unmapped()


@given(HOLDERS)
def test_a_field_is_an_element_or_proposed_or_unmapped(holders: list[Holder]) -> None:
    for row in by_agency(holders):
        assert row["fields"] == row["elements"] + row["proposed"] + row["unmapped"]
        assert min(row["elements"], row["proposed"], row["unmapped"]) >= 0


@pytest.fixture
def registry() -> FakeRegistry:
    drafts = [
        element("firm.name", "企业名称"),
        element("company.name", "企业名称"),
        element("premises.area", "经营面积", representation="quantity", format="n..6", steward=""),
    ]
    found = FakeRegistry()
    publish({"elements": drafts, "code_lists": [], "dry_run": False}, found, FakeWork())
    return found


def test_names_against_the_rules_are_told_by_element(registry: FakeRegistry) -> None:
    found = handlers.naming({"limit": 1}, registry)
    assert found["total"] == 1
    assert [e["id"] for e in found["elements"]] == ["premises.area"]
    assert {a["code"] for a in found["elements"][0]["advice"]} == {"naming.steward.missing"}
