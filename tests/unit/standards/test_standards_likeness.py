"""Elements that look alike: the index says what comparing every two says, and stewards judge what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.standards import FakeRegistry, FakeVerdicts, FakeWork, element, every_twin, publish, text

from gdbos_contracts.errors import BadInput, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.standards import handlers
from services.standards.domain.element import DataElement
from services.standards.domain.likeness import Twin
from services.standards.domain.likeness_index import STEP, LikenessIndex, follow

NAMES = st.lists(
    st.sampled_from(["企业", "法定", "代表人", "姓名", "名称", "日期", "a", "start ", "date", "（一）"]),
    min_size=1,
    max_size=5,
).map("".join)
CODES: Mapping[str, Any] = {"id": "c", "version": 1}
FORMS = st.sampled_from(
    [
        {},
        {"format": "an..20"},
        {"representation": "name"},
        {"representation": "code", "code_list": CODES},
        {"representation": "code", "code_list": {**CODES, "id": "d"}},
    ]
)
ELEMENTS = st.builds(
    lambda number, version, name, other, form: DataElement.from_data(
        element(f"e.n{number}", name, version=version, synonyms=[other], **form)
    ),
    st.integers(0, 12),
    st.integers(1, 3),
    NAMES,
    NAMES,
    FORMS,
)


def by_brute_force(held: Mapping[str, DataElement]) -> dict[tuple[str, str], Twin]:
    found = [twin for one in held.values() for twin in every_twin(one, held.values())]
    return {(twin.one, twin.other): twin for twin in found if twin.one < twin.other}


@given(st.lists(st.tuples(st.booleans(), ELEMENTS), max_size=25))
def test_the_index_finds_what_comparing_every_two_finds(steps: list[tuple[bool, DataElement]]) -> None:
    index, held = LikenessIndex(), {}
    for put, each in steps:
        if put:
            index.put(each)
            held[each.id] = each
        else:
            index.drop(each.id)
            held.pop(each.id, None)
    twins = by_brute_force(held)
    assert {(t.one, t.other): t for t in index.twins()} == twins
    for id in held:
        assert {(t.one, t.other) for t in index.twins(id)} == {pair for pair in twins if id in pair}


@given(st.lists(ELEMENTS, max_size=15), ELEMENTS)
def test_a_draft_is_compared_without_being_held(held: list[DataElement], draft: DataElement) -> None:
    index = LikenessIndex()
    for each in held:
        index.put(each)
    before = index.twins()
    assert {t.other for t in index.near(draft)} == {t.other for t in every_twin(draft, index.held.values())}
    assert index.twins() == before


class Counting(LikenessIndex):
    """Counts what is put, and what is compared with it."""

    def __init__(self) -> None:
        super().__init__()
        self.puts = 0

    def put(self, element: DataElement) -> None:
        self.puts += 1
        super().put(element)


@given(st.lists(ELEMENTS, max_size=60), st.lists(ELEMENTS, max_size=12))
def test_it_follows_in_steps_of_bounded_work_to_what_it_would_be_at_once(
    drafts: list[DataElement], before: list[DataElement]
) -> None:
    """However it was and whatever stands: each step takes in few, and the last is the same as building it whole."""
    many = {f"{draft.id}x{n}": replace(draft, id=f"{draft.id}x{n}") for n, draft in enumerate(drafts)}
    index, whole = Counting(), LikenessIndex()
    for each in (*before, *list(many.values())[:5]):
        index.put(each)
    for each in many.values():
        whole.put(each)
    standing, left = {id: each.version for id, each in many.items()}, len(many) + 1
    index.puts = 0
    for behind in follow(index, standing, lambda refs: [many[id] for id, _ in refs]):
        assert index.puts <= STEP and behind < left
        left, index.puts = behind, 0
    assert index.held == whole.held and index.twins() == whole.twins()
    assert list(follow(index, standing, lambda refs: pytest.fail("read again"))) == []


@given(st.lists(ELEMENTS, min_size=1, max_size=60), st.lists(st.booleans(), max_size=20))
def test_two_who_follow_by_turns_read_nothing_twice(drafts: list[DataElement], turns: list[bool]) -> None:
    many = {f"{draft.id}x{n}": replace(draft, id=f"{draft.id}x{n}") for n, draft in enumerate(drafts)}
    standing, index = {id: each.version for id, each in many.items()}, LikenessIndex()
    asked: list[str] = []

    def read(refs: Any) -> list[DataElement]:
        asked.extend(id for id, _ in refs)
        return [many[id] for id, _ in refs]

    both = [follow(index, standing, read), follow(index, standing, read)]
    for turn in turns:
        next(both[turn], None)
    for each in both:
        list(each)
    assert sorted(asked) == sorted(many) and index.held == many


def test_versions_of_one_element_are_no_twins() -> None:
    index = LikenessIndex()
    for version in (1, 2):
        index.put(DataElement.from_data(element("a.phone", "联系电话", version=version)))
    assert index.twins() == [] and index.held["a.phone"].version == 2
    index.put(DataElement.from_data(element("b.phone", "联系 电话")))
    assert [(t.one, t.other) for t in index.twins()] == [("a.phone", "b.phone")]


STEWARD = Principal("head", "agency_admin", "", agency="firms")
OTHER = Principal("head2", "agency_admin", "", agency="elsewhere")
QUERY: Mapping[str, Any] = {"element": "", "verdict": "", "cursor": 0, "limit": 9}
MERGE: Mapping[str, Any] = {
    "one": "firm.name",
    "other": "company.name",
    "decision": "merge",
    "into": "firm.name",
    "note": "同一名称",
}


@pytest.fixture
def registry() -> FakeRegistry:
    drafts = [
        element("firm.name", "企业名称", steward="firms"),
        element("company.name", "企业名称"),
        element("premises.area", "经营面积", representation="quantity", format="n..6"),
    ]
    found = FakeRegistry()
    publish({"elements": drafts, "code_lists": [], "dry_run": False}, found, FakeWork())
    return found


def seen(registry: FakeRegistry, verdicts: FakeVerdicts, **query: Any) -> Any:
    return handlers.likeness({**QUERY, **query}, STEWARD, registry, verdicts)["twins"]


def test_elements_that_say_the_same_twice_are_told(registry: FakeRegistry) -> None:
    (twin,) = seen(registry, FakeVerdicts())
    assert (twin["one"], twin["other"], twin["mine"]) == ("company.name", "firm.name", True)
    assert twin["names"]["firm.name"] == text("企业名称", "name") and "verdict" not in twin
    assert seen(registry, FakeVerdicts(), element="premises.area") == []
    with pytest.raises(NotFound):
        seen(registry, FakeVerdicts(), element="no.such")


def test_pairs_come_by_page(registry: FakeRegistry) -> None:
    publish(
        {"elements": [element("unit.name", "企业名称")], "code_lists": [], "dry_run": False},
        registry,
        FakeWork(),
    )
    told = handlers.likeness({**QUERY, "limit": 2}, STEWARD, registry, FakeVerdicts())
    assert (len(told["twins"]), told["total"], told["next"]) == (2, 3, 2)
    rest = handlers.likeness({**QUERY, "cursor": 2}, STEWARD, registry, FakeVerdicts())
    assert (len(rest["twins"]), rest["next"]) == (1, None)


def test_a_verdict_is_kept_with_who_and_why_until_a_new_version(registry: FakeRegistry) -> None:
    verdicts, work = FakeVerdicts(), FakeWork()
    said = handlers.judge_twins(MERGE, STEWARD, registry, verdicts, work)
    assert (said["into"], said["by"], work.commits) == ("firm.name", "head", 1)
    assert work.audited == [("standard.twins", "company.name firm.name")]
    assert seen(registry, verdicts, verdict="open") == seen(registry, verdicts, verdict="keep") == []
    assert seen(registry, verdicts, verdict="merge")[0]["verdict"] == said
    newer = {"elements": [element("company.name", "企业名称", version=2)], "code_lists": [], "dry_run": False}
    publish(newer, registry, FakeWork())
    assert "verdict" not in seen(registry, verdicts, verdict="open")[0]


def test_what_is_kept_merges_into_nothing(registry: FakeRegistry) -> None:
    said = handlers.judge_twins({**MERGE, "decision": "keep"}, STEWARD, registry, FakeVerdicts(), FakeWork())
    assert (said["decision"], said["into"]) == ("keep", "")


@pytest.mark.parametrize(
    ("changes", "principal", "error"),
    [
        ({"into": "premises.area"}, STEWARD, BadInput),
        ({"into": ""}, STEWARD, BadInput),
        ({"other": "premises.area"}, STEWARD, NotFound),
        ({"one": "no.such"}, STEWARD, NotFound),
        ({}, OTHER, Forbidden),
    ],
)
def test_a_bad_verdict_keeps_nothing(
    changes: Mapping[str, Any], principal: Principal, error: type[Exception], registry: FakeRegistry
) -> None:
    verdicts, work = FakeVerdicts(), FakeWork()
    with pytest.raises(error):
        handlers.judge_twins({**MERGE, **changes}, principal, registry, verdicts, work)
    assert verdicts.every() == {} and work.commits == 0 and work.audited == []
