"""Crosswalks: one, several and none; by day; forth and back; linted against both lists."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.standards import FakeCrosswalks, FakeRegistry, FakeWork, code_list, text

from gdbos_contracts.errors import BadInput, Conflict, Forbidden, NotFound
from gdbos_contracts.principal import SYSTEM, Principal
from services.standards import handlers
from services.standards.domain.codelist import CodeList
from services.standards.domain.crosswalk import Crosswalk

OLD = code_list("gb.old", "330103", "330104", "330105", "1", "2")
NEW = code_list(
    "gb.new", {"value": "330105"}, "330102", "330114", "9", {"value": "5", "valid_to": "2022-01-01"}
)
DAY = date(2021, 4, 9)


def crosswalk(*entries: dict[str, Any], **changes: Any) -> dict[str, Any]:
    ends = {"source": {"id": "gb.old", "version": 1}, "target": {"id": "gb.new", "version": 1}}
    return {"id": "gb.walk", "version": 1, "names": text("对照"), **ends, "entries": list(entries), **changes}


MERGED = crosswalk(
    {"source": "330103", "targets": ["330105"], "valid_from": "2021-04-09"},
    {
        "source": "330104",
        "targets": ["330102", "330114"],
        "valid_from": "2021-04-09",
        "note": text("分入两区"),
    },
    {"source": "1", "targets": []},
)


@pytest.fixture
def ports() -> tuple[FakeRegistry, FakeCrosswalks, FakeWork]:
    registry = FakeRegistry()
    registry.add_code_lists([CodeList.from_data(OLD), CodeList.from_data(NEW)])
    return registry, FakeCrosswalks(), FakeWork()


def publish(ports: Any, *drafts: Any, by: Principal = SYSTEM, dry_run: bool = False) -> dict[str, Any]:
    return handlers.publish_crosswalks({"crosswalks": list(drafts), "dry_run": dry_run}, by, *ports)


def translate(ports: Any, value: str, on: date | None = None, back: bool = False) -> dict[str, Any]:
    query = {"id": "gb.walk", "version": None, "value": value, "on": on, "back": back}
    return handlers.translate(query, ports[0], ports[1])


def faults(refused: Any) -> list[tuple[str, str]]:
    return [(f.pointer, f.code.removeprefix("crosswalk.")) for f in refused.value.faults]


def test_one_several_and_none_are_told_apart(ports: Any) -> None:
    publish(ports, MERGED)
    one, several, none, silent = (translate(ports, v, DAY) for v in ("330103", "330104", "1", "2"))
    assert (one["answer"], one["targets"][0]["value"], one["list"]) == (
        "one",
        "330105",
        {"id": "gb.new", "version": 1},
    )
    assert (several["answer"], [t["value"] for t in several["targets"]]) == ("several", ["330102", "330114"])
    assert several["notes"] == [text("分入两区")]
    assert (none["answer"], none["stated"]) == ("none", True)
    assert (silent["answer"], silent["stated"]) == ("none", False)


def test_an_entry_begins_on_its_day(ports: Any) -> None:
    publish(ports, MERGED)
    assert translate(ports, "330103", date(2021, 4, 8))["answer"] == "none"
    assert translate(ports, "330103", DAY)["answer"] == "one"
    assert translate(ports, "330103")["answer"] == "one"


def test_what_ended_is_not_answered_without_a_day() -> None:
    entries = (
        {"source": "a", "targets": ["x"], "valid_to": "2020-01-01"},
        {"source": "a", "targets": ["y"], "valid_from": "2020-01-01"},
    )
    found = Crosswalk.from_data(crosswalk(*entries))
    assert found.translate("a").targets == ("y",)
    assert found.translate("a", date(2019, 12, 31)).targets == ("x",)
    assert found.translate("a", date(2020, 1, 1)).targets == ("y",)


def test_it_is_read_backwards_too(ports: Any) -> None:
    publish(ports, MERGED)
    assert [t["value"] for t in translate(ports, "330105", DAY, back=True)["targets"]] == ["330103"]
    assert translate(ports, "9", DAY, back=True)["answer"] == "none"


def test_a_value_of_neither_list_is_an_error_and_no_answer(ports: Any) -> None:
    publish(ports, MERGED)
    with pytest.raises(BadInput) as refused:
        translate(ports, "330199")
    assert faults(refused) == [("/value", "unknown")]
    with pytest.raises(NotFound):
        handlers.translate({"id": "no", "version": None, "value": "1", "on": None, "back": False}, *ports[:2])


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([{"source": "7", "targets": ["9"]}], [("/crosswalks/0/entries/0/source", "unknown")]),
        ([{"source": "1", "targets": ["9", "8"]}], [("/crosswalks/0/entries/0/targets/1", "unknown")]),
        ([{"source": "1", "targets": ["9", "9"]}], [("/crosswalks/0/entries/0/targets/1", "repeated")]),
        (
            [
                {"source": "1", "targets": ["9"]},
                {"source": "1", "targets": ["5"], "valid_from": "2020-01-01"},
            ],
            [("/crosswalks/0/entries/1", "overlap")],
        ),
        (
            [{"source": "1", "targets": ["9"], "valid_from": "2020-01-01", "valid_to": "2020-01-01"}],
            [("/crosswalks/0/entries/0/valid_to", "dates")],
        ),
        (
            [{"source": "1", "targets": ["9"], "valid_from": "2020-02-30"}],
            [("/crosswalks/0/entries/0/valid_from", "date")],
        ),
    ],
)
def test_a_bad_one_is_refused_with_pointers_and_nothing_is_kept(ports: Any, entries: Any, found: Any) -> None:
    with pytest.raises(BadInput) as refused:
        publish(ports, crosswalk(*entries))
    assert faults(refused) == found
    assert (ports[1].held, ports[2].commits) == ({}, 0)


def test_a_list_that_is_not_published_is_named(ports: Any) -> None:
    with pytest.raises(BadInput) as refused:
        publish(ports, crosswalk(target={"id": "gb.new", "version": 2}))
    assert faults(refused) == [("/crosswalks/0/target", "dangling")]


def test_advice_names_what_is_left_open(ports: Any) -> None:
    told = publish(ports, crosswalk({"source": "1", "targets": ["5"]}), dry_run=True)["advice"]
    assert {f["code"] for f in told} == {"crosswalk.uncovered", "crosswalk.unreached", "crosswalk.retired"}
    assert ports[1].held == {}


def test_a_published_version_never_changes(ports: Any) -> None:
    assert publish(ports, MERGED)["crosswalks"] == ["gb.walk@1"]
    assert publish(ports, MERGED) == {"crosswalks": [], "unchanged": 1, "advice": []}
    with pytest.raises(Conflict):
        publish(ports, crosswalk())
    assert publish(ports, crosswalk(version=2))["crosswalks"] == ["gb.walk@2"]
    assert ports[2].commits == 2


def test_another_steward_may_not(ports: Any) -> None:
    publish(ports, crosswalk(steward="A"))
    other = Principal("b", "agency_admin", "", agency="B")
    with pytest.raises(Forbidden):
        publish(ports, crosswalk(version=2, steward="B"), by=other)


@pytest.mark.parametrize(
    ("source", "target", "may"), [("A", "", True), ("", "A", True), ("", "", False), ("B", "C", False)]
)
def test_an_agency_pairs_a_list_of_its_own(source: str, target: str, may: bool) -> None:
    registry = FakeRegistry()
    lists = ({**OLD, "steward": source}, {**NEW, "steward": target})
    registry.add_code_lists([CodeList.from_data(each) for each in lists])
    ports = registry, FakeCrosswalks(), FakeWork()
    agency, admin = Principal("a", "agency_admin", "", agency="A"), Principal("p", "admin", "")
    if may:
        assert publish(ports, crosswalk(steward="A"), by=agency, dry_run=True)["crosswalks"] == ["gb.walk@1"]
        assert ports[1].held == {}
        assert publish(ports, crosswalk(steward="A"), by=agency)["crosswalks"] == ["gb.walk@1"]
    else:
        for dry_run in (True, False):
            with pytest.raises(Forbidden):
                publish(ports, crosswalk(steward="A"), by=agency, dry_run=dry_run)
    with pytest.raises(Forbidden):
        publish(ports, crosswalk(steward=""), by=agency)
    assert publish(ports, crosswalk(id="gb.other"), by=admin)["crosswalks"] == ["gb.other@1"]


SOURCES = st.sampled_from("abc")


@given(st.dictionaries(SOURCES, st.lists(st.sampled_from("xyz"), unique=True, max_size=3)), SOURCES)
def test_forth_and_back_agree(pairs: dict[str, list[str]], asked: str) -> None:
    found = Crosswalk.from_data(crosswalk(*({"source": s, "targets": t} for s, t in pairs.items())))
    assert Crosswalk.from_data(found.to_data()) == found
    assert all(asked in found.back(target).targets for target in found.translate(asked).targets)
    assert all(
        value in found.translate(source).targets for value in "xyz" for source in found.back(value).targets
    )
