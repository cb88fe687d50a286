"""Composition: what an element says becomes what the schema asks, and the validator enforces it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.standards import code_list, element

from gdbos_atom.validation import Validator, validate_schema
from gdbos_contracts.errors import BadInput
from services.standards.domain.codelist import CodeList
from services.standards.domain.element import DataElement
from services.standards.domain.schema import canonical, compose

DIVISIONS = code_list(
    "divisions",
    {"value": "330103", "valid_to": "2021-03-11", "replaced_by": ["330105"]},
    {"value": "330105"},
    {"value": "330199", "valid_from": "2030-01-01"},
    {"value": "330198", "valid_to": "2001-01-01"},
)


def composed(*drafts: dict[str, Any], lists: Any = (), on: date | None = None) -> dict[str, Any]:
    pairs = [(DataElement.from_data(draft), True) for draft in drafts]
    return compose(pairs, [CodeList.from_data(c) for c in lists], schema_id="urn:test:schema", on=on)


def codes(schema: dict[str, Any], data: Any) -> list[str]:
    validator = Validator(schema)
    found = validator.explain(data)
    assert validator.verdict(data) == (not found)
    return [v.code for v in found]


def test_the_schema_is_closed_valid_and_named() -> None:
    schema = composed(element("person.name", "姓名"))
    assert validate_schema(schema) == []
    assert schema["$id"] == "urn:test:schema"
    assert codes(schema, {"person.name": "张三", "other": 1}) == ["additionalProperties"]
    assert codes(schema, {}) == ["required"]


def test_money_is_exact_text_with_bounds() -> None:
    draft = element(
        "fee.amount", "金额", representation="amount", format="n..8,2", minimum="0.01", maximum="1000"
    )
    schema = composed(draft)
    assert codes(schema, {"fee.amount": "0.01"}) == []
    assert codes(schema, {"fee.amount": "0"}) == ["x-minimum"]
    assert codes(schema, {"fee.amount": "1000.01"}) == ["x-maximum"]
    assert codes(schema, {"fee.amount": "1.001"}) == ["pattern"]
    assert codes(schema, {"fee.amount": 5}) == ["type"]


def test_quantities_are_numbers_with_bounds() -> None:
    draft = element("room.area", "面积", representation="quantity", format="n..6,2", minimum="1", unit="m²")
    schema = composed(draft)
    assert codes(schema, {"room.area": 12.5}) == []
    assert codes(schema, {"room.area": 0.5}) == ["minimum"]
    assert schema["properties"]["room.area"]["x-ui"]["unit"] == "m²"


def test_a_pattern_holds_beside_the_format_and_beside_a_check() -> None:
    plain = composed(element("a.b", "甲", format="an..5", pattern="^A"))
    assert codes(plain, {"a.b": "B"}) == ["pattern"]
    assert codes(plain, {"a.b": "A\u0001B"}) == ["pattern"]
    draft = element("a.id", "号码", representation="identifier", format="n11", check="mobile", pattern="^139")
    assert codes(composed(draft), {"a.id": "13800138000"}) == ["pattern"]


DIVISION = element(
    "a.division", "区划", representation="code", format="n6", code_list={"id": "divisions", "version": 1}
)


@pytest.mark.parametrize(
    ("on", "value", "found"),
    [
        (None, "330105", []),
        (None, "330103", ["enum.replaced"]),
        (date(2021, 3, 10), "330103", []),
        (date(2021, 3, 11), "330103", ["enum.replaced"]),
        (date(2026, 1, 1), "330199", ["enum.not_yet"]),
        (date(2030, 1, 1), "330199", []),
        (date(2026, 1, 1), "330198", ["enum.retired"]),
        (date(2026, 1, 1), "999999", ["enum"]),
    ],
)
def test_codes_hold_on_their_days(on: date | None, value: str, found: list[str]) -> None:
    assert codes(composed(DIVISION, lists=[DIVISIONS], on=on), {"a.division": value}) == found


def test_a_replaced_code_is_told_with_its_successor() -> None:
    (found,) = Validator(composed(DIVISION, lists=[DIVISIONS])).explain({"a.division": "330103"})
    assert found.action["zh-Hans"] == "请改选：330105 330105"
    assert found.element == "a.division@1"


def test_old_cards_may_keep_retired_codes() -> None:
    draft = {**DIVISION, "code_list": {"id": "divisions", "version": 1, "retired": True}}
    assert codes(composed(draft, lists=[DIVISIONS]), {"a.division": "330103"}) == []


def test_forms_know_widget_order_label_and_mask() -> None:
    schema = composed(
        element(
            "a.code", "类别代码", representation="code", format="n1", code_list={"id": "few", "version": 1}
        ),
        element("a.date", "日期", representation="date", format="YYYY-MM-DD"),
        element("a.long", "说明", format="an..2000"),
        element("a.mobile", "手机号码", format="n11", check="mobile", sensitivity="personal"),
        element("a.file", "附件", representation="file", format="an64"),
        lists=[code_list("few", "1", "2")],
    )
    uis = [schema["properties"][key]["x-ui"] for key in schema["properties"]]
    assert [ui["widget"] for ui in uis] == ["radio", "date", "textarea", "text", "file"]
    assert [ui["order"] for ui in uis] == [1, 2, 3, 4, 5]
    assert [o["value"] for o in uis[0]["options"]] == ["1", "2"]
    assert uis[3]["mask"] == "mobile"


def test_long_lists_are_searched_and_not_sent() -> None:
    many = code_list("many", *[f"{n:04}" for n in range(300)])
    draft = element(
        "a.code", "类别代码", representation="code", format="n4", code_list={"id": "many", "version": 1}
    )
    schema = composed(draft, lists=[many])
    assert schema["properties"]["a.code"]["x-ui"]["widget"] == "search"
    assert "options" not in schema["properties"]["a.code"]["x-ui"]
    assert codes(schema, {"a.code": "0299"}) == []
    assert codes(schema, {"a.code": "0300"}) == ["enum"]


def test_an_element_twice_and_a_list_missing_are_faults() -> None:
    name = element("person.name", "姓名")
    with pytest.raises(BadInput) as twice:
        composed(name, name)
    assert [(f.pointer, f.code) for f in twice.value.faults] == [("/elements/1", "compose.duplicate")]
    with pytest.raises(BadInput) as missing:
        composed(DIVISION)
    assert [f.code for f in missing.value.faults] == ["compose.code_list"]


def test_the_articles_travel_to_the_violation() -> None:
    draft = element("a.reason", "事由", format="an2..5", legal_basis=["行政许可法 第三十一条"])
    (found,) = Validator(composed(draft)).explain({"a.reason": "x"})
    assert found.article == "行政许可法 第三十一条"


DRAFTS = st.builds(
    lambda form, check, needed: (
        element("a.value", "值", representation="identifier", format=form, check=check),
        needed,
    ),
    st.sampled_from(["an..20", "n6", "an3..8", "ul", "YYYYMMDD", "n..7,2"]),
    st.sampled_from(["", "citizen_id", "uscc", "mobile"]),
    st.booleans(),
)
VALUES = st.sampled_from(["110101200001010010", "13800138000", "123456", "20240229", "1.25"]) | st.text(
    max_size=9
)


@settings(max_examples=400)
@given(DRAFTS, st.dictionaries(st.just("a.value"), VALUES | st.none() | st.integers()))
def test_composed_schemas_are_valid_canonical_and_judge_alike(drafted: Any, data: Any) -> None:
    draft, needed = drafted
    pair = (DataElement.from_data(draft), needed)
    schema = compose([pair], schema_id="urn:x")
    assert validate_schema(schema) == []
    assert canonical(schema) == canonical(compose([pair], schema_id="urn:x"))
    codes(schema, data)
