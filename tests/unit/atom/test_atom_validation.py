"""Two speeds, one verdict; and an explanation that tells people where, what, why and what to do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdbos_atom.identifiers import CHECKS
from gdbos_atom.validation import Validator, Violation, validate_schema
from gdbos_contracts.errors import BadInput

DIALECT = "https://json-schema.org/draft/2020-12/schema"
GOOD_ID = "110101200001010010"
BAD_CHECK = "110101200001010011"

RECORD: dict[str, Any] = {
    "$schema": DIALECT,
    "type": "object",
    "properties": {
        "person.citizen_id": {
            "type": "string",
            "pattern": CHECKS["citizen_id"].pattern,
            "x-check": "citizen_id",
            "x-element": {"id": "person.citizen_id", "version": 2},
            "x-legal-basis": ["居民身份证法 第三条"],
            "x-ui": {
                "label": {"zh-Hans": "身份证号", "zh-Hant": "身分證號", "en": "Identity number"},
                "messages": {
                    "required": {"zh-Hans": "请填写身份证号", "zh-Hant": "請填寫身分證號", "en": "Enter it"}
                },
            },
        },
        "postcode": {"type": "string", "title": "邮编", "pattern": "^[0-9]{6}$"},
        "sex": {
            "$ref": "#/$defs/sex",
            "x-element": {"id": "person.sex", "version": 1},
            "x-legal-basis": ["GB/T 2261.1"],
        },
        "money": {"type": "string", "x-minimum": "0.01", "x-maximum": "100"},
        "born": {"type": "string", "format": "date"},
    },
    "required": ["person.citizen_id"],
    "additionalProperties": False,
    "$defs": {"sex": {"type": "string", "enum": ["1", "2"]}},
}


def explain(data: Any, schema: Any = RECORD) -> list[Violation]:
    validator = Validator(schema)
    found = validator.explain(data)
    assert validator.verdict(data) == (not found)
    return found


def codes(data: Any, schema: Any = RECORD) -> list[tuple[str, str]]:
    return [(v.pointer, v.code) for v in explain(data, schema)]


def test_a_good_record_is_valid_at_both_speeds() -> None:
    assert explain({"person.citizen_id": GOOD_ID, "postcode": "518000", "sex": "1", "money": "0.01"}) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD_ID + "1", "citizen_id.length"),
        ("１" + GOOD_ID[1:], "citizen_id.full_width"),
        (BAD_CHECK, "citizen_id.check_digit"),
        (GOOD_ID[:-1] + "x", "citizen_id.lower_case"),
        (" " + GOOD_ID, "citizen_id.space"),
        ("110101000101001", "citizen_id.old_card"),
    ],
)
def test_each_slip_of_an_identifier_has_its_own_code_and_silences_the_pattern(text: str, code: str) -> None:
    assert codes({"person.citizen_id": text}) == [("/person.citizen_id", code)]


def test_a_violation_names_element_rule_standard_and_action() -> None:
    (found,) = explain({"person.citizen_id": BAD_CHECK})
    assert found.element == "person.citizen_id@2"
    assert found.rule == "/properties/person.citizen_id/x-check"
    assert found.article == "GB 11643-1999"
    assert set(found.message) == set(found.action) == {"zh-Hans", "zh-Hant", "en"}


def test_an_element_behind_a_reference_is_still_named_with_its_legal_basis() -> None:
    (found,) = explain({"person.citizen_id": GOOD_ID, "sex": "3"})
    assert (found.pointer, found.code, found.element) == ("/sex", "enum", "person.sex@1")
    assert found.rule == "/$defs/sex/enum"
    assert found.article == "GB/T 2261.1"


def test_a_missing_member_is_pointed_at_itself_in_the_words_of_the_form() -> None:
    (found,) = explain({})
    assert (found.pointer, found.code) == ("/person.citizen_id", "required")
    assert found.message["zh-Hans"] == "请填写身份证号"
    assert found.element == "person.citizen_id@2"


def test_every_unknown_member_is_named() -> None:
    assert codes({"person.citizen_id": GOOD_ID, "a/b": 1, "c": 2}) == [
        ("/a~1b", "additionalProperties"),
        ("/c", "additionalProperties"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("５１８０００", "pattern.full_width"), ("518000 ", "pattern.space"), ("51800", "pattern")],
)
def test_typing_slips_in_any_pattern_are_told_apart(text: str, code: str) -> None:
    assert codes({"person.citizen_id": GOOD_ID, "postcode": text}) == [("/postcode", code)]


@pytest.mark.parametrize(("text", "code"), [("0.009", "x-minimum"), ("100.01", "x-maximum")])
def test_bounds_of_decimal_text_are_exact(text: str, code: str) -> None:
    assert codes({"person.citizen_id": GOOD_ID, "money": text}) == [("/money", code)]


def test_text_that_is_no_number_is_left_to_the_pattern() -> None:
    assert codes({"person.citizen_id": GOOD_ID, "money": "NaN"}) == []


def test_a_flood_of_errors_is_cut_short() -> None:
    assert len(explain([1] * 5000, {"items": {"type": "string"}})) == 500


def test_patterns_cannot_be_made_to_run_for_ever() -> None:
    assert codes("a" * 5000 + "b", {"pattern": "^(a+)+$"}) == [("", "pattern")]
    assert codes("a" * 40 + "b", {"pattern": r"^(a+)+\1$"}) == [("", "pattern")]
    assert [f.code for f in validate_schema({"pattern": "^(a{1000}){1000}$"})] == ["schema.reference"]


def test_types_and_formats_have_the_names_that_people_use() -> None:
    schema = {"properties": {"a": {"type": ["string", "null"]}, "b": {"type": "string", "format": "date"}}}
    said = [v.message for v in explain({"a": 1, "b": "x"}, schema)]
    assert [m["zh-Hans"] for m in said] == ["a应为文本或空", "b不是有效的日期（YYYY-MM-DD）"]
    assert [m["en"] for m in said] == ["a must be text or empty", "b is not a valid date (YYYY-MM-DD)"]


def test_no_message_repeats_the_value() -> None:
    secret = "SECRETVALUE"
    record = {"person.citizen_id": GOOD_ID, "sex": secret, "born": secret, "postcode": secret}
    said = "".join(t for v in explain(record) for t in (*v.message.values(), *v.action.values()))
    assert secret not in said


def test_branches_of_any_of_are_kept_as_causes() -> None:
    schema = {"anyOf": [{"type": "integer"}, {"type": "string", "minLength": 3}]}
    (found,) = explain("ab", schema)
    assert found.code == "anyOf"
    assert [c.code for c in found.causes] == ["type", "minLength"]
    assert [c["code"] for c in found.to_data()["causes"]] == ["type", "minLength"]


@pytest.mark.parametrize("data", ["\ud800", {1: 2}, object(), b"x"])
def test_what_is_not_json_is_not_valid(data: Any) -> None:
    assert codes(data, True) == [("", "unreadable")]


def test_nothing_is_fetched_and_resources_are_given() -> None:
    schema = {"$ref": "https://example.org/name"}
    with pytest.raises(BadInput):
        Validator(schema)
    validator = Validator(schema, resources={"https://example.org/name": {"type": "string"}})
    assert validator.verdict("x")
    assert not validator.verdict(1)


def test_a_member_reached_from_elsewhere_keeps_its_check() -> None:
    """The shortcut must not be taken where the root, or a member of it, is referred to."""
    member = {"type": "string", "x-check": "citizen_id"}
    nested = {"properties": {"id": member, "child": {"$ref": "#"}}}
    assert codes({"child": {"id": BAD_CHECK}}, nested) == [("/child/id", "citizen_id.check_digit")]
    pointed = {"properties": {"id": member, "other": {"$ref": "#/properties/id"}}}
    assert codes({"other": BAD_CHECK}, pointed) == [("/other", "citizen_id.check_digit")]


def test_draft_7_looks_at_nothing_beside_a_reference() -> None:
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": {"any": {}},
        "properties": {"id": {"$ref": "#/definitions/any", "x-check": "citizen_id"}},
    }
    assert codes({"id": BAD_CHECK}, schema) == []


@pytest.mark.parametrize(
    ("schema", "pointer", "code"),
    [
        ({"type": "strin"}, "/type", "schema.anyOf"),
        ({"properties": {"a": {"pattern": "("}}}, "/properties/a/pattern", "schema.format"),
        ({"minLength": -1}, "/minLength", "schema.minimum"),
        ({"$ref": "#/nowhere"}, "", "schema.reference"),
        ({"properties": {"a": {"x-check": "no_such"}}}, "/properties/a/x-check", "schema.x-check"),
        ({"x-minimum": 4}, "/x-minimum", "schema.x-minimum"),
        ({"$schema": "https://example.org/other"}, "/$schema", "schema.dialect"),
        ({"minimum": float("nan")}, "", "schema.json"),
        ({"title": "\ud800"}, "", "schema.reference"),
        (5, "", "schema.type"),
    ],
)
def test_every_fault_of_a_schema_has_its_place(schema: Any, pointer: str, code: str) -> None:
    assert [(f.pointer, f.code) for f in validate_schema(schema)] == [(pointer, code)]
    with pytest.raises(BadInput) as refused:
        Validator(schema)
    assert refused.value.faults[0].code == code


def test_members_may_be_called_like_keywords() -> None:
    schema = {"properties": {"x-check": {"title": "a", "type": "string"}, "properties": {"type": "integer"}}}
    assert validate_schema(schema) == []
    assert codes({"x-check": 1, "properties": "a"}, schema) == [("/properties", "type"), ("/x-check", "type")]


IDS = st.sampled_from(
    [GOOD_ID, BAD_CHECK, GOOD_ID + "1", "１" + GOOD_ID[1:], "13800138000", "", "0.5", "-1", "x"]
)
SCALARS = st.one_of(IDS, st.none(), st.booleans(), st.integers(-3, 3), st.floats(-2, 2), st.text(max_size=3))
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
LEAVES = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["string", "integer", "object", "array", "null", ["string", "number"]]),
        "x-check": st.sampled_from(["citizen_id", "mobile", "uscc"]),
        "x-minimum": st.sampled_from(["0", "1.5"]),
        "pattern": st.sampled_from(["^1", CHECKS["citizen_id"].pattern]),
        "minLength": st.integers(0, 3),
        "enum": st.lists(SCALARS, min_size=1, max_size=3, unique_by=repr),
        "$ref": st.sampled_from(["#", "#/$defs/d", "#/properties/a"]),
        "format": st.sampled_from(["date", "email"]),
    },
)
SCHEMAS = st.recursive(
    st.booleans() | LEAVES,
    lambda inner: st.fixed_dictionaries(
        {"$defs": st.just({"d": {"x-check": "mobile"}})},
        optional={
            "properties": st.fixed_dictionaries({"a": inner}, optional={"b": inner}),
            "required": st.just(["a"]),
            "additionalProperties": inner,
            "items": inner,
            "not": inner,
            "anyOf": st.lists(inner, min_size=1, max_size=2),
            "oneOf": st.lists(inner, min_size=1, max_size=2),
            "dependentRequired": st.just({"a": ["b"]}),
            "propertyNames": inner,
            "unevaluatedProperties": inner,
            "contains": inner,
            "uniqueItems": st.booleans(),
        },
    ),
    max_leaves=6,
)


@settings(max_examples=1500)
@given(SCHEMAS, DATA)
def test_both_speeds_give_the_same_verdict(schema: Any, data: Any) -> None:
    try:
        validator = Validator(schema)
    except BadInput:
        assert validate_schema(schema)
        return
    violations = validator.explain(data)
    assert validator.verdict(data) == (not violations)
    for violation in violations:
        assert set(violation.message) == {"zh-Hans", "zh-Hant", "en"}
        assert all(violation.message.values())


FLAT = st.fixed_dictionaries({"a": LEAVES, "b": LEAVES}).map(
    lambda members: {"$schema": DIALECT, "$defs": {"d": {"x-check": "mobile"}}, "properties": members}
)


@settings(max_examples=1500)
@given(FLAT, st.dictionaries(st.sampled_from("ab"), SCALARS))
def test_the_shortcut_of_flat_records_never_changes_a_verdict(schema: Any, data: Any) -> None:
    validator = Validator(schema)
    assert validator.verdict(data) == (not validator.explain(data))
