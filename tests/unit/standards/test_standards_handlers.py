"""Commands of the registry: publication, composition, validation, status, uses, proposals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.standards import (
    NOBODY,
    UNTOLD,
    FakeHolders,
    FakeRegistry,
    FakeSubjects,
    FakeUses,
    FakeWork,
    code_list,
    element,
)
from support.standards import publish as publish_drafts

from gdbos_contracts.errors import BadInput, Conflict, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.standards import handlers
from services.standards.domain.compat import compare_history
from services.standards.domain.lifecycle import COUNCIL, REGISTRAR, STEWARD
from services.standards.handlers import using

SEX = {"id": "gbt2261_1", "version": 1}
NAME = element("person.name", "姓名", representation="name", format="an2..50")
CITIZEN = element(
    "person.citizen_id",
    "公民身份号码",
    representation="identifier",
    format="an18",
    check="citizen_id",
    sensitivity="personal",
    legal_basis=["居民身份证法 第三条"],
)
OWNERLESS = {"agency": "", "names": {}, "field_count": 0, **UNTOLD}
GENDER = element("person.sex", "性别代码", representation="code", format="n1", code_list=SEX)


def publish(registry: FakeRegistry, *elements: Any, lists: Any = (), dry_run: bool = False) -> dict[str, Any]:
    command = {"elements": list(elements), "code_lists": list(lists), "dry_run": dry_run}
    return publish_drafts(command, registry, FakeWork())


@pytest.fixture
def registry() -> FakeRegistry:
    found = FakeRegistry()
    publish(found, NAME, CITIZEN, GENDER, lists=[code_list("gbt2261_1", "0", "1", "2", "9")])
    return found


def references(*ids: str, required: bool = True) -> list[dict[str, Any]]:
    return [{"element": id, "version": 1, "required": required} for id in ids]


def test_publication_is_one_commit_with_its_audit_and_events() -> None:
    work, registry = FakeWork(), FakeRegistry()
    command = {"elements": [NAME], "code_lists": [code_list("a_list", "1")], "dry_run": False}
    assert publish_drafts(command, registry, work)["elements"] == ["person.name@1"]
    assert work.commits == 1
    assert work.audited == [("standard.publish", "a_list@1"), ("standard.publish", "person.name@1")]
    assert work.emitted == [("element.published", "person.name"), ("names.published", "standards")]


def test_equal_content_is_one_version(registry: FakeRegistry) -> None:
    again = publish(registry, NAME, CITIZEN)
    assert (again["elements"], again["unchanged"]) == ([], 2)


def test_a_published_version_never_changes(registry: FakeRegistry) -> None:
    with pytest.raises(Conflict) as refused:
        publish(registry, {**NAME, "format": "an..80"})
    assert [(f.pointer, f.code) for f in refused.value.faults] == [("/elements/0/version", "immutable")]
    assert publish(registry, {**NAME, "format": "an..80", "version": 2})["elements"] == ["person.name@2"]


def test_a_status_is_not_content(registry: FakeRegistry) -> None:
    assert publish(registry, {**NAME, "status": "trial"})["unchanged"] == 1


def test_the_same_version_twice_in_one_command_is_one_or_a_conflict() -> None:
    assert publish(FakeRegistry(), NAME, NAME)["elements"] == ["person.name@1"]
    with pytest.raises(Conflict) as refused:
        publish(FakeRegistry(), NAME, {**NAME, "format": "an..9"})
    assert [f.pointer for f in refused.value.faults] == ["/elements/1/version"]


def test_elements_at_odds_with_themselves_are_told_by_their_place_in_the_command(
    registry: FakeRegistry,
) -> None:
    wrong = element(
        "a.code", "类别代码", representation="code", format="n2", code_list=SEX, examples=["1", "7"]
    )
    number = element("a.area", "面积", representation="quantity", format="n..5,1", examples=["2.5", "x"])
    advice = publish(registry, NAME, wrong, number)["advice"]
    assert [(a["pointer"], a["code"]) for a in advice] == [
        ("/elements/1/examples/1", "example.enum"),
        ("/elements/1/format", "codes.format"),
        ("/elements/2/examples/1", "example.type"),
    ]


def test_a_dry_run_keeps_nothing() -> None:
    work, registry = FakeWork(), FakeRegistry()
    command = {"elements": [NAME], "code_lists": [], "dry_run": True}
    assert publish_drafts(command, registry, work)["elements"] == ["person.name@1"]
    assert (work.commits, registry.elements) == (0, {})


def test_a_code_list_that_is_nowhere_is_a_fault_and_one_beside_it_is_not() -> None:
    with pytest.raises(BadInput) as refused:
        publish(FakeRegistry(), GENDER)
    assert [f.code for f in refused.value.faults] == ["dangling"]
    publish(FakeRegistry(), GENDER, lists=[code_list("gbt2261_1", "1")])


def test_publication_advises_on_names_and_near_duplicates(registry: FakeRegistry) -> None:
    twin = element("applicant.name", "姓 名", representation="name", format="an2..50")
    advice = publish(registry, twin, dry_run=True)["advice"]
    assert [(a["pointer"], a["code"]) for a in advice] == [
        ("/elements/0/names/zh-Hans", "naming.name.spacing"),
        ("/elements/0", "near_duplicate"),
    ]


def test_the_same_references_give_the_same_bytes_and_the_day_counts(registry: FakeRegistry) -> None:
    one = handlers.compose(references("person.name", "person.sex"), None, registry)
    again = handlers.compose(references("person.name", "person.sex"), None, registry)
    dated = handlers.compose(references("person.name", "person.sex"), date(2026, 1, 1), registry)
    optional = handlers.compose(references("person.name", "person.sex", required=False), None, registry)
    assert one == again
    assert len({s["schema"]["$id"] for s in (one, dated, optional)}) == 3


def test_composing_what_is_not_there_names_the_place(registry: FakeRegistry) -> None:
    with pytest.raises(BadInput) as refused:
        handlers.compose(references("person.name", "person.height"), None, registry)
    assert [(f.pointer, f.code) for f in refused.value.faults] == [("/elements/1", "unknown")]


def test_validation_by_elements_explains_in_the_words_of_the_form(registry: FakeRegistry) -> None:
    refs = references("person.name", "person.citizen_id", "person.sex")
    data = {"person.citizen_id": "1101012000010100101", "person.sex": "3"}
    found = handlers.validate({"schema": None, "elements": refs, "data": data}, registry)
    assert found["valid"] is False
    assert [(v["pointer"], v["code"]) for v in found["violations"]] == [
        ("/person.citizen_id", "citizen_id.length"),
        ("/person.name", "required"),
        ("/person.sex", "enum"),
    ]
    assert found["violations"][1]["message"]["zh-Hans"] == "请填写姓名"
    assert found["violations"][2]["message"]["zh-Hans"] == "性别代码应为列表中的一项"


def test_validation_takes_either_a_schema_or_elements(registry: FakeRegistry) -> None:
    good = handlers.validate({"schema": {"type": "object"}, "elements": None, "data": {}}, registry)
    assert good == {"valid": True, "violations": []}
    for command in (
        {"schema": None, "elements": None, "data": 1},
        {"schema": {}, "elements": references("person.name"), "data": 1},
        {"schema": {"type": "nothing"}, "elements": None, "data": 1},
    ):
        with pytest.raises(BadInput):
            handlers.validate(command, registry)


def test_compatibility_wants_two_schemas() -> None:
    command = {"old": {"type": 1}, "new": {"$ref": "#/x"}, "mode": "full", "lenient": False, "history": []}
    with pytest.raises(BadInput) as refused:
        handlers.compatibility(command, FakeRegistry(), lambda *_, **__: {})
    assert {f.pointer.split("/")[1] for f in refused.value.faults} == {"old", "new"}


def test_pages_follow_each_other(registry: FakeRegistry) -> None:
    query = {"q": "", "cursor": "", "limit": 2, "status": ""}
    first = handlers.elements(query, registry)
    second = handlers.elements({**query, "cursor": first["next"]}, registry)
    ids = [e["id"] for page in (first, second) for e in page["elements"]]
    assert (ids, second["next"]) == (["person.citizen_id", "person.name", "person.sex"], None)


def step(registry: FakeRegistry, uses: FakeUses, status: str, role: str) -> dict[str, Any]:
    principal = Principal("p1", "clerk", "办事员", roles=(role,))
    command = {"id": "person.name", "version": 1, "status": status, "note": ""}
    return handlers.set_status(command, principal, registry, uses, compare_history, FakeWork())


def test_a_standard_walks_its_life_with_the_role_that_each_step_needs(registry: FakeRegistry) -> None:
    uses = FakeUses()
    step(registry, uses, "consultation", STEWARD)
    step(registry, uses, "trial", REGISTRAR)
    with pytest.raises(Forbidden):
        step(registry, uses, "standard", STEWARD)
    with pytest.raises(Conflict):
        step(registry, uses, "consultation", REGISTRAR)
    assert step(registry, uses, "standard", COUNCIL) == {"status": "standard"}
    found = handlers.element("person.name", None, NOBODY, registry)
    assert found["status"] == "standard"
    assert [(s["from"], s["to"]) for s in found["history"]] == [
        ("draft", "consultation"),
        ("consultation", "trial"),
        ("trial", "standard"),
    ]


def test_what_is_in_use_is_not_withdrawn(registry: FakeRegistry) -> None:
    uses = FakeUses()
    row = {**OWNERLESS, "kind": "item", "id": "a", "version": "1", "elements": ["person.name@1"]}
    assert handlers.note_uses([row], registry, uses, FakeHolders(), FakeWork()) == {"noted": 1}
    with pytest.raises(Conflict):
        step(registry, uses, "withdrawn", STEWARD)
    handlers.note_uses([{**row, "elements": []}], registry, uses, FakeHolders(), FakeWork())
    assert step(registry, uses, "withdrawn", STEWARD) == {"status": "withdrawn"}


def test_uses_are_found_both_ways_and_from_a_code_list(registry: FakeRegistry) -> None:
    uses = FakeUses()
    row = {
        **OWNERLESS,
        "kind": "item",
        "id": "a",
        "version": "1",
        "elements": ["person.name@1", "person.name@1"],
    }
    handlers.note_uses([row], registry, uses, FakeHolders(), FakeWork())
    found = handlers.where_used("person.name", None, registry, FakeSubjects(), uses, FakeHolders())["uses"]
    assert [(u["kind"], u["id"]) for u in found] == [("item", "a")]
    assert handlers.elements_of("item", "a", "1", uses) == {"elements": ["person.name@1"], "schemas": []}
    bound = handlers.where_used("gbt2261_1", 1, registry, FakeSubjects(), uses, FakeHolders())["uses"]
    assert [u["id"] for u in bound] == ["person.sex"]
    with pytest.raises(NotFound):
        handlers.where_used("nothing.here", None, registry, FakeSubjects(), uses, FakeHolders())


def test_references_that_cannot_be_read_are_refused_with_their_place() -> None:
    row = {
        **OWNERLESS,
        "kind": "item",
        "id": "a",
        "version": "1",
        "elements": ["person.name@1", "no name"],
    }
    with pytest.raises(BadInput) as refused:
        handlers.note_uses([row], FakeRegistry(), FakeUses(), FakeHolders(), FakeWork())
    assert [f.pointer for f in refused.value.faults] == ["/uses/0/elements/1"]


def test_unknown_things_are_not_found(registry: FakeRegistry) -> None:
    with pytest.raises(NotFound):
        handlers.element("no.such", None, NOBODY, registry)
    with pytest.raises(NotFound):
        handlers.code_list("no_such", None, registry)
    with pytest.raises(NotFound):
        handlers.element("person.name", 9, NOBODY, registry)


def test_columns_of_an_old_table_are_proposed_elements(registry: FakeRegistry) -> None:
    columns = [
        {"name": "XM", "comment": "", "samples": []},
        {"name": "C17", "comment": "", "samples": ["110101200001010010", "420106198911309921"]},
        {"name": "xb", "comment": "性别", "samples": ["1", "2", "9"]},
        {"name": "REMARK9", "comment": "备注", "samples": ["无"]},
    ]
    found = handlers.propose({"columns": columns, "limit": 1}, registry)["columns"]
    assert [[p["element"] for p in c["proposals"]] for c in found] == [
        ["person.name"],
        ["person.citizen_id"],
        ["person.sex"],
        [],
    ]
    assert found[1]["proposals"][0]["reasons"] == ["check"]


def test_a_use_without_a_version_is_of_the_newest(registry: FakeRegistry) -> None:
    publish(registry, {**NAME, "version": 2})
    uses = FakeUses()
    row = {
        **OWNERLESS,
        "kind": "source",
        "id": "s",
        "version": "1",
        "elements": ["person.name", "not yet.there"],
    }
    using.note_told([row], registry, uses, FakeHolders(), FakeWork())
    assert handlers.elements_of("source", "s", "1", uses)["elements"] == ["person.name@2"]
    using.note_told([{**row, "elements": ["later.published"]}], registry, uses, FakeHolders(), FakeWork())
    assert handlers.elements_of("source", "s", "1", uses)["elements"] == ["later.published@1"]


def test_a_version_that_was_published_without_a_steward_may_be_given_again_with_one() -> None:
    """Nothing of it changes: who answers for it shows from its next version on."""
    registry, bare = FakeRegistry(), {**NAME, "steward": ""}
    publish(registry, bare)
    assert publish(registry, NAME)["unchanged"] == 1
    for other in ({**bare, "format": "an..9"}, {**NAME, "format": "an..9"}):
        with pytest.raises(Conflict):
            publish(registry, other)
