"""The data element as a value: read strictly, written back, every fault with its pointer."""

from __future__ import annotations

from typing import Any

import pytest
from support.standards import element, text

from gdbos_contracts.errors import BadInput, Conflict, Forbidden
from services.standards.domain import lifecycle
from services.standards.domain.element import DataElement, ElementRef
from services.standards.domain.likeness import likeness
from services.standards.domain.naming import lint


def faults(draft: Any) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as refused:
        DataElement.from_data(draft)
    return [(f.pointer, f.code) for f in refused.value.faults]


def test_what_is_written_is_read_back() -> None:
    draft = element(
        "person.citizen_id",
        "公民身份号码",
        representation="identifier",
        format="an18",
        check="citizen_id",
        sensitivity="sensitive",
        synonyms=["身份证号"],
        examples=["110101200001010010"],
        legal_basis=["居民身份证法"],
        help=text("填写证件上的号码"),
    )
    found = DataElement.from_data(draft)
    assert DataElement.from_data(found.to_data()) == found
    assert (found.object_class, found.property_term) == ("person", "citizen_id")
    assert found.personal


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"id": "Name"}, ("/id", "pattern")),
        ({"id": "a." + "b" * 99}, ("/id", "length")),
        ({"version": 0}, ("/version", "integer")),
        ({"names": {"en": "x"}}, ("/names", "language")),
        ({"names": {"zh-Hans": "甲", "fr": "x"}}, ("/names/fr", "language")),
        ({"representation": "thing"}, ("/representation", "choice")),
        ({"format": "x9"}, ("/format", "format.unknown")),
        ({"check": "nothing"}, ("/check", "choice")),
        ({"pattern": "("}, ("/pattern", "regex")),
        ({"minimum": "1"}, ("/minimum", "inconsistent")),
        ({"representation": "quantity"}, ("/format", "inconsistent")),
        ({"representation": "code"}, ("/code_list", "required")),
        ({"code_list": {"id": "a"}}, ("/code_list/version", "required")),
        ({"colour": "red"}, ("/colour", "unknown")),
        ({"status": "final"}, ("/status", "choice")),
    ],
)
def test_each_fault_has_its_place(changes: dict[str, Any], fault: tuple[str, str]) -> None:
    assert fault in faults(element("a.b", "名称") | changes)


def test_all_faults_come_at_once() -> None:
    assert len(faults({"id": "a.b"})) >= 4


def test_references_are_read_and_written() -> None:
    assert str(ElementRef.parse("person.name@12")) == "person.name@12"
    for wrong in ("person.name", "person@1", "person.name@0", "Person.name@1", "person.name@1 "):
        with pytest.raises(ValueError, match="reference"):
            ElementRef.parse(wrong)


def test_every_step_needs_its_role_and_withdrawn_is_final() -> None:
    for (before, after), roles in lifecycle.TRANSITIONS.items():
        for role in roles:
            lifecycle.require(frozenset({role}), before, after)
        with pytest.raises(Forbidden):
            lifecycle.require(frozenset(), before, after)
    assert not any(before == "withdrawn" for before, _ in lifecycle.TRANSITIONS)
    with pytest.raises(Conflict):
        lifecycle.require(frozenset({lifecycle.COUNCIL}), "withdrawn", "draft")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"names": {"zh-Hans": "名称", "zh-Hant": "名稱"}}, "naming.name.language"),
        ({"names": text("姓 名")}, "naming.name.spacing"),
        ({"names": text("很长" * 20)}, "naming.name.long"),
        ({"representation": "date", "format": "YYYYMMDD", "names": text("出生")}, "naming.name.ending"),
        ({"definition": text("名称")}, "naming.definition.circular"),
        ({"object_class": "firm"}, "naming.id.object"),
        ({"check": "mobile"}, "naming.sensitivity.personal"),
        ({"steward": ""}, "naming.steward.missing"),
    ],
)
def test_each_naming_rule_has_its_advice(changes: dict[str, Any], code: str) -> None:
    assert [f.code for f in lint(DataElement.from_data(element("a.b", "名称") | changes))] == [code]


def test_a_well_named_element_needs_no_advice() -> None:
    assert lint(DataElement.from_data(element("person.name", "姓名"))) == []


def test_likeness_is_symmetric_and_knows_equal_names() -> None:
    assert likeness("姓名", "姓 名") == 1.0
    assert likeness("Ｎame", "name") == 1.0
    assert likeness("法定代表人姓名", "法人代表姓名") == likeness("法人代表姓名", "法定代表人姓名") > 0.3
    assert likeness("姓名", "住址") == likeness("", "姓名") == 0.0
