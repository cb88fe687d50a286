"""Templates are arrangements of elements: immutable, never dangling, with the schema that their elements make."""

from __future__ import annotations

from typing import Any

import pytest
from support.standards import (
    FakeHolders,
    FakeRegistry,
    FakeSubjects,
    FakeTemplates,
    FakeUses,
    FakeWork,
    element,
    text,
)
from support.standards import publish as publish_drafts

from gdbos_atom.validation import Validator, validate_schema
from gdbos_contracts.errors import BadInput, Conflict, Forbidden, NotFound
from gdbos_contracts.principal import SYSTEM, Principal
from services.standards import handlers
from services.standards.domain.template import Template

OURS = "11440305MB2X010153"


def fields(*ids: str, required: bool = True) -> list[dict[str, Any]]:
    return [{"element": id, "version": 1, "required": required} for id in ids]


def licence(**changes: Any) -> dict[str, Any]:
    draft = {
        "id": "food_licence",
        "version": 1,
        "kind": "licence",
        "names": text("食品经营许可证"),
        "steward": OURS,
        "licence_type": "11100000000013338W009",
        "months": 60,
        "sections": [
            {"names": text("经营者"), "fields": fields("firm.name")},
            {"names": text("场所"), "fields": fields("premises.address", required=False)},
        ],
    }
    return {**draft, **changes}


class House:
    """The ports of the handlers, with two elements published."""

    def __init__(self) -> None:
        self.registry, self.templates = FakeRegistry(), FakeTemplates()
        self.uses, self.holders, self.work = FakeUses(), FakeHolders(), FakeWork()
        drafts = [element("firm.name", "企业名称"), element("premises.address", "地址")]
        publish_drafts({"elements": drafts, "code_lists": [], "dry_run": False}, self.registry, FakeWork())

    def publish(self, *drafts: Any, principal: Principal = SYSTEM, dry_run: bool = False) -> dict[str, Any]:
        command = {"templates": list(drafts), "dry_run": dry_run}
        ports = (self.registry, self.templates, self.uses, self.holders, self.work)
        return handlers.publish_templates(command, principal, *ports)


@pytest.fixture
def house() -> House:
    return House()


def test_its_elements_know_from_the_same_commit_on_where_they_are_used(house: House) -> None:
    assert house.publish(licence()) == {"templates": ["food_licence@1"], "unchanged": 0}
    assert house.work.commits == 1
    used = handlers.where_used("firm.name", None, house.registry, FakeSubjects(), house.uses, house.holders)[
        "uses"
    ]
    assert [(u["kind"], u["id"], u["version"]) for u in used] == [("licence", "food_licence", "1")]
    assert used[0]["names"]["zh-Hans"] == "食品经营许可证"
    assert [(h.agency, h.fields) for h in house.holders.rows] == [(OURS, 2)]


def test_a_version_never_changes(house: House) -> None:
    house.publish(licence())
    assert house.publish(licence()) == {"templates": [], "unchanged": 1}
    with pytest.raises(Conflict) as refused:
        house.publish(licence(months=12))
    assert [f.pointer for f in refused.value.faults] == ["/templates/0/version"]
    assert house.publish(licence(months=12, version=2))["templates"] == ["food_licence@2"]
    shown = handlers.template("food_licence", None, house.registry, house.templates)
    assert (shown["version"], shown["versions"]) == (2, [1, 2])
    assert shown["element_names"]["firm.name"]["zh-Hans"] == "企业名称"
    with pytest.raises(NotFound):
        handlers.template("food_licence", 3, house.registry, house.templates)


def test_a_dry_run_keeps_nothing(house: House) -> None:
    assert house.publish(licence(), dry_run=True)["templates"] == ["food_licence@1"]
    assert house.templates.held == {} and house.work.commits == 0 and house.uses.rows == {}


def test_only_its_steward_publishes_it(house: House) -> None:
    other = Principal("x", "agency_admin", "甲", agency="11440305MB2X01023X")
    with pytest.raises(Forbidden):
        house.publish(licence(), principal=other)
    own = Principal("y", "agency_admin", "乙", agency=OURS)
    assert house.publish(licence(), principal=own)["templates"] == ["food_licence@1"]


def test_an_element_that_is_nowhere_is_a_fault_at_its_place(house: House) -> None:
    lost = [{"names": text("甲"), "fields": fields("firm.name", "no.such")}]
    with pytest.raises(BadInput) as refused:
        house.publish(licence(sections=lost))
    assert [f.pointer for f in refused.value.faults] == ["/templates/0/sections/0/fields/1/element"]
    assert house.templates.held == {}


FAULTY = [
    (licence(sections=[]), "/sections"),
    (licence(sections=[{"names": text("甲"), "fields": fields("firm.name", "firm.name")}]), "/sections"),
    (licence(licence_type="11100000000013338X009"), "/licence_type"),
    (licence(licence_type="11100000000013338W09"), "/licence_type"),
    (licence(kind="letter"), "/kind"),
    (licence(months=-1), "/months"),
    (licence(colour="red"), "/colour"),
    (
        licence(kind="document", licence_type="", text={"zh-Hans": "致 {{ firm.name }} 与 {{ firm.seal }}"}),
        "/text",
    ),
]


@pytest.mark.parametrize(("draft", "pointer"), FAULTY)
def test_what_is_wrong_is_told_at_its_place(draft: dict[str, Any], pointer: str) -> None:
    with pytest.raises(BadInput) as refused:
        Template.from_data(draft)
    assert [f.pointer for f in refused.value.faults] == [pointer]
    assert all(f.message[language] for f in refused.value.faults for language in ("zh-Hans", "zh-Hant", "en"))


def test_a_template_is_read_back() -> None:
    draft = licence(kind="document", licence_type="", text={"zh-Hans": "致 {{ firm.name }}"})
    found = Template.from_data(draft)
    assert Template.from_data(found.to_data()) == found


def test_its_schema_is_that_of_its_elements_with_sections_and_words(house: House) -> None:
    house.publish(licence())
    schema = handlers.template_schema("food_licence", 1, house.registry, house.templates)["schema"]
    assert validate_schema(schema) == []
    assert schema["x-template"] == {
        "kind": "licence",
        "id": "food_licence",
        "version": 1,
        "licence_type": "11100000000013338W009",
    }
    assert [s["elements"] for s in schema["x-ui"]["sections"]] == [["firm.name"], ["premises.address"]]
    ui = schema["properties"]["firm.name"]["x-ui"]
    assert set(ui["label"]) == set(ui["messages"]["required"]) == {"zh-Hans", "zh-Hant", "en"}
    (violation,) = Validator(schema).explain({"premises.address": "街"})
    assert (violation.pointer, violation.message["zh-Hans"]) == ("/firm.name", "请填写企业名称")


def test_the_newest_of_each_kind_are_listed(house: House) -> None:
    form = licence(id="a_form", kind="form", licence_type="", months=0)
    house.publish(licence(), licence(version=2, months=12), form)
    rows = handlers.list_templates("", house.templates)["templates"]
    assert [(r["id"], r["version"], r["fields"]) for r in rows] == [("a_form", 1, 2), ("food_licence", 2, 2)]
    assert [r["id"] for r in handlers.list_templates("form", house.templates)["templates"]] == ["a_form"]
