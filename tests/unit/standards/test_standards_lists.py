"""Code lists brought in, found and given out; GB/T 2260 with the codes that it no longer has."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from support.standards import FakeCodeLists, FakeRegistry, FakeUses, FakeWork, code_list

from gdbos_contracts.errors import BadInput, Conflict, Forbidden, NotFound, TooLarge
from gdbos_contracts.principal import SYSTEM, Principal
from services.standards import handlers
from services.standards.domain.codelist import CodeList
from services.standards.domain.codelist_formats import FORMATS, taken
from services.standards.domain.compat import compare_history

INDUSTRY = [
    {**code_list("gb.industry", "A", {"value": "79", "parent": "A"}, version=2011), "valid_to": "2017-10-01"},
    {**code_list("gb.industry", "A", "79", "80", version=2017), "valid_from": "2017-10-01"},
]
HISTORY = code_list(
    "gb.region_change",
    {"value": "330103", "valid_to": "2021-04-09", "replaced_by": ["330105"]},
    {"value": "330104", "valid_to": "2021-04-09", "replaced_by": ["330102", "330114"]},
    {"value": "371202", "valid_to": "2019-01-09", "replaced_by": ["370116"]},
    "330102",
    "330105",
    "330114",
    "370116",
)
EDITION = {
    "version": 20700,
    "provinces": [{"code": "33", "name": "浙江省"}],
    "cities": [{"code": "3301", "name": "杭州市"}, {"code": "3302", "name": "无县市"}],
    "areas": [
        {"code": code, "name": name}
        for code, name in (("330102", "上城区"), ("330105", "拱墅区"), ("330200", "无县市"))
    ],
}


@pytest.fixture
def registry() -> FakeRegistry:
    found = FakeRegistry()
    found.add_code_lists([CodeList.from_data(each) for each in (*INDUSTRY, HISTORY)])
    return found


def take(
    registry: FakeRegistry,
    content: Any,
    format: str = "json",
    by: Principal = SYSTEM,
    dry_run: bool = False,
    work: FakeWork | None = None,
) -> dict[str, Any]:
    body = content if isinstance(content, str) else json.dumps(content)
    command = {"format": format, "content": body, "dry_run": dry_run}
    return handlers.import_code_list(command, by, registry, FakeUses(), compare_history, work or FakeWork())


def give(registry: FakeRegistry, **query: Any) -> dict[str, Any]:
    asked = {"id": "gb.industry", "version": None, "on": None, "format": "json", **query}
    return handlers.code_list_text(asked, registry, FakeCodeLists(registry))


def values(given: dict[str, Any], format: str = "json") -> list[str]:
    return [code.value for code in taken(given["text"], format).codes]


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_what_goes_out_comes_in_elsewhere(registry: FakeRegistry, format: str) -> None:
    work, elsewhere = FakeWork(), FakeRegistry()
    given = give(registry, version=2011, format=format)
    told = take(elsewhere, given["text"], format, work=work)
    assert told == {
        "code_list": "gb.industry@2011",
        "size": 2,
        "retired": 0,
        "unchanged": False,
        "impact": [],
    }
    assert elsewhere.code_list("gb.industry", 2011) == registry.code_list("gb.industry", 2011)
    assert (work.commits, work.audited) == (1, [("standard.publish", "gb.industry@2011")])
    again = FakeWork()
    assert take(elsewhere, given["text"], format, work=again)["unchanged"]
    assert again.commits == 0


def test_a_dry_run_keeps_nothing(registry: FakeRegistry) -> None:
    work = FakeWork()
    assert take(registry, code_list("gb.x", "1"), dry_run=True, work=work)["code_list"] == "gb.x@1"
    assert (registry.code_list("gb.x"), work.commits) == (None, 0)


def test_a_published_version_never_changes(registry: FakeRegistry) -> None:
    with pytest.raises(Conflict) as refused:
        take(registry, code_list("gb.industry", "A", version=2017))
    assert [f.pointer for f in refused.value.faults] == ["/content/version"]


BAD = [
    (code_list("gb.x", "1", "1"), [("/content/codes/1/value", "code_list.duplicate")]),
    (
        code_list("gb.x", {"value": "1", "parent": "2"}, {"value": "2", "parent": "1"}),
        [("/content/codes/0/parent", "code_list.cycle")],
    ),
    (
        code_list("gb.x", {"value": "1", "valid_to": "2020-01-01", "replaced_by": ["7"]}),
        [("/content/codes/0/replaced_by/0", "code_list.dangling")],
    ),
    (
        code_list("gb.x", {"value": "1", "valid_from": "2020-13-01", "valid_to": "x"}),
        [("/content/codes/0/valid_from", "date"), ("/content/codes/0/valid_to", "date")],
    ),
    (
        code_list("gb.x", {"value": "1", "valid_from": "2020-01-02", "valid_to": "2020-01-01"}),
        [("/content/codes/0/valid_to", "code_list.dates")],
    ),
    ({**code_list("gb.x", "1"), "colour": "red"}, [("/content/colour", "unknown")]),
]


@pytest.mark.parametrize(("content", "found"), BAD)
def test_a_bad_list_is_refused_with_pointers_and_nothing_is_kept(
    registry: FakeRegistry, content: Any, found: Any
) -> None:
    work = FakeWork()
    with pytest.raises(BadInput) as refused:
        take(registry, content, work=work)
    assert [(f.pointer, f.code) for f in refused.value.faults] == found
    assert (registry.code_list("gb.x"), work.commits) == (None, 0)


def test_faults_are_told_up_to_a_hundred(registry: FakeRegistry) -> None:
    with pytest.raises(BadInput) as refused:
        take(registry, code_list("gb.x", *["1"] * 500))
    assert len(refused.value.faults) == 100


def test_a_list_of_ten_megabytes_and_an_unknown_format_are_refused(registry: FakeRegistry) -> None:
    with pytest.raises(TooLarge) as large:
        take(registry, "x" * (10 << 20))
    assert [f.pointer for f in large.value.faults] == ["/content"]
    with pytest.raises(BadInput) as refused:
        take(registry, "x", "xlsx")
    assert [f.pointer for f in refused.value.faults] == ["/format"]


def test_nobody_takes_over_a_list_of_another_steward(registry: FakeRegistry) -> None:
    ours, theirs = (Principal(a, "agency_admin", "", agency=a) for a in "AB")
    draft = {**code_list("local.kind", "1"), "steward": "A"}
    with pytest.raises(Forbidden):
        take(registry, draft, by=theirs)
    take(registry, draft, by=ours)
    with pytest.raises(Forbidden):
        take(registry, {**draft, "version": 2, "steward": "B"}, by=theirs)
    with pytest.raises(Forbidden):
        take(registry, code_list("gb.industry", "A", version=2030), by=ours)
    take(registry, {**draft, "version": 2}, by=Principal("root", "admin", ""))


def test_the_day_chooses_the_version_and_the_codes(registry: FakeRegistry) -> None:
    assert (give(registry)["version"], give(registry, on=date(2016, 1, 1))["version"]) == (2017, 2011)
    assert give(registry, on=date(2017, 10, 1))["version"] == 2017
    with pytest.raises(NotFound):
        give(registry, id="no.such")
    assert "330103" in values(give(registry, id="gb.region_change"))
    shown = json.loads(give(registry, id="gb.region_change", on=date(2021, 4, 9))["text"])
    assert "330103" not in [code["value"] for code in shown["codes"]]
    before = json.loads(give(registry, id="gb.region_change", on=date(2021, 4, 8))["text"])
    assert "330103" in [code["value"] for code in before["codes"]]


def test_an_edition_of_2260_keeps_the_codes_that_it_no_longer_has(registry: FakeRegistry) -> None:
    told = take(registry, EDITION, "gbt-2260")
    assert told == {"code_list": "gb.region@20700", "size": 8, "retired": 3, "unchanged": False, "impact": []}
    found = registry.code_list("gb.region")
    assert found is not None
    assert found.by_value["330103"].replaced_by == ("330105",)
    assert [c.value for c in found.successors("330103")] == ["330105"]
    assert [c.value for c in found.ancestors("330103")] == ["330100", "330000"]
    assert [c.value for c in found.in_force() if c.value == "330103"] == []
    assert found.by_value["330104"].replaced_by == ("330102",)  # this edition knows no 330114
    assert found.by_value["371202"].parent == ""
    assert found.by_value["330200"].parent == "330000"
    assert found.standard == "GB/T 2260"


@pytest.mark.parametrize(
    "content",
    ["{", "[]", "{}", {**EDITION, "areas": [{"code": "3301", "name": "x"}]}, {**EDITION, "cities": [1]}],
)
def test_what_is_no_edition_is_refused(registry: FakeRegistry, content: Any) -> None:
    with pytest.raises(BadInput):
        take(registry, content, "gbt-2260")
    assert registry.code_list("gb.region") is None


def test_an_edition_waits_for_its_history() -> None:
    with pytest.raises(BadInput) as refused:
        take(FakeRegistry(), EDITION, "gbt-2260")
    assert [f.code for f in refused.value.faults] == ["code_list.history"]


def test_every_edition_of_a_list_is_told_with_its_days() -> None:
    registry = FakeRegistry()
    registry.add_code_lists([CodeList.from_data(each) for each in INDUSTRY])
    found = handlers.code_list_versions("gb.industry", FakeCodeLists(registry))["versions"]
    assert [(v["version"], v.get("valid_to"), v["size"]) for v in found] == [
        (2011, "2017-10-01", 2),
        (2017, None, 3),
    ]
    with pytest.raises(NotFound):
        handlers.code_list_versions("no.such", FakeCodeLists(registry))
