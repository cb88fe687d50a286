"""A verdict is never contradicted: by a value, by the other direction, by itself."""

from __future__ import annotations

import os

import pytest
from support.schemas import Schemas

from gdbos_atom.validation import Validator
from services.standards.domain.compat import compare, compare_history, sampling
from services.standards.domain.compat.normal import Document

PAIRS = int(os.environ.get("GDBOS_FUZZ", "600"))


@pytest.mark.parametrize("seed", range(6))
def test_no_value_contradicts_a_verdict(seed: int) -> None:
    """10,000 pairs by GDBOS_FUZZ=10000. Values at the edges of both schemas are the oracle."""
    stream = Schemas(seed)
    met = set()
    for _ in range(-(-PAIRS // 6)):
        old, new = stream.pair()
        found = compare(old, new, "backward")
        met.add(found["compatible"])
        before, after = Validator(old), Validator(new)
        if found["compatible"] is False:
            assert before.verdict(found["witness"]) and not after.verdict(found["witness"])
            assert found["changes"] and all(c["message"]["en"] for c in found["changes"])
        elif found["compatible"]:
            one, two = Document(old), Document(new)
            values = sampling.values([(one.root, one), (two.root, two)])
            assert [v for v in values if before.verdict(v) and not after.verdict(v)] == []
    assert met == {True, False, None}


@pytest.mark.parametrize("seed", range(3))
def test_full_is_both_directions(seed: int) -> None:
    stream = Schemas(100 + seed)
    for _ in range(40):
        old, new = stream.pair()
        there, back = compare(old, new, "backward")["compatible"], compare(old, new, "forward")["compatible"]
        full = compare(old, new, "full")["compatible"]
        assert full == (False if False in (there, back) else None if None in (there, back) else True)
        assert compare(new, old, "backward")["compatible"] == back


@pytest.mark.parametrize("seed", range(3))
def test_a_schema_is_never_refused_beside_itself(seed: int) -> None:
    stream = Schemas(200 + seed)
    for _ in range(60):
        schema = stream.document()
        assert compare(schema, schema, "full")["compatible"] is not False


def test_a_mode_without_directions_refuses_nothing() -> None:
    assert compare({"type": "string"}, {"type": "number"}, "none") == ALRIGHT
    with pytest.raises(KeyError):
        compare({}, {}, "sideways")


ALRIGHT = {"compatible": True, "changes": []}
RECORD = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}


def test_an_optional_member_may_be_added_where_writers_name_what_they_write() -> None:
    wider = {**RECORD, "properties": {**RECORD["properties"], "nick": {"type": "string"}}}
    strict = compare(RECORD, wider, "backward")
    assert strict["compatible"] is False and strict["witness"]["nick"] is not None
    assert compare(RECORD, wider, "backward", lenient=True)["compatible"] is True
    needed = {**wider, "required": ["name", "nick"]}
    assert compare(RECORD, needed, "backward", lenient=True)["compatible"] is False


def test_a_removed_code_is_shown() -> None:
    old = {"$ref": "#/$defs/colour", "$defs": {"colour": {"enum": ["red", "green", "blue"]}}}
    new = {"$ref": "#/$defs/colour", "$defs": {"colour": {"enum": ["red", "green"]}}}
    found = compare(old, new, "backward")
    assert (found["compatible"], found["witness"]) == (False, "blue")
    assert [(c["kind"], c["path"]) for c in found["changes"]] == [("enum", "/$ref/enum")]
    assert compare(old, new, "forward")["compatible"] is True


def test_a_recursive_schema_is_decided() -> None:
    tree = {"type": "object", "properties": {"name": {"maxLength": 5}, "next": {"$ref": "#"}}}
    wider = {"type": "object", "properties": {"name": {"maxLength": 9}, "next": {"$ref": "#"}}}
    assert compare(tree, wider, "backward")["compatible"] is True
    assert compare(tree, wider, "forward")["compatible"] is False


def test_a_loop_that_never_gets_smaller_proves_nothing() -> None:
    assert compare({"type": "string"}, {"$ref": "#"}, "backward")["compatible"] is not True


def test_transitive_names_the_version_that_breaks() -> None:
    versions = [{"type": "string", "maxLength": most} for most in (9, 5, 7)]
    found = compare_history(versions, {"type": "string", "maxLength": 8}, "backward_transitive")
    assert (found["compatible"], found["version"]) == (False, 1)
    assert compare_history(versions, {"type": "string", "maxLength": 8}, "backward") == ALRIGHT


def test_closing_speaks_for_the_whole_place() -> None:
    """Members that another part of the same place names may be written too: else nothing could be, and any
    successor would pass."""
    old = {"allOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"b": {"type": "string"}}}]}
    new = {"properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}
    found = compare(old, new, "backward", lenient=True)
    assert found["compatible"] is False and set(found["witness"]) <= {"a", "b"}


def test_a_member_called_properties_is_a_member() -> None:
    old = {"type": "object", "properties": {"properties": {"type": "string"}}}
    new = {"type": "object", "properties": {"properties": {"type": "string"}, "a": {"type": "string"}}}
    assert compare(old, new, "full", lenient=True) == ALRIGHT


def test_a_reader_that_refuses_strangers_does_refuse_them() -> None:
    old = {**RECORD, "additionalProperties": False}
    new = {**old, "properties": {**RECORD["properties"], "nick": {"type": "string"}}}
    assert compare(old, new, "backward", lenient=True) == ALRIGHT
    found = compare(old, new, "forward", lenient=True)
    assert found["compatible"] is False and found["changes"][0]["kind"] == "additionalProperties"


def test_every_change_is_named() -> None:
    old = {"type": "object", "properties": {"a": {"type": "string"}, "b/c": {"maximum": 9}, "d": {}}}
    new = {
        "type": "object",
        "properties": {"a": {"type": "integer"}, "b/c": {"maximum": 5}, "d": {}},
        "required": ["d"],
    }
    found = compare(old, new, "backward")
    assert {(c["kind"], c["path"]) for c in found["changes"]} == {
        ("type", "/properties/a/type"),
        ("maximum", "/properties/b~1c/maximum"),
        ("required", "/required"),
    }


def test_a_narrowed_code_list_is_named() -> None:
    def codes(version: int, *values: str) -> dict[str, object]:
        listed = {"type": "string", "enum": list(values), "x-code-list": {"id": "colour", "version": version}}
        return {"properties": {"c": {"$ref": "#/$defs/c"}}, "$defs": {"c": listed}}

    found = compare(codes(1, "red", "blue"), codes(2, "red"), "backward", lenient=True)
    assert found["witness"] == {"c": "blue"}
    assert [(c["kind"], c["path"]) for c in found["changes"]] == [("code", "/properties/c/$ref/enum")]
    assert found["changes"][0]["message"]["en"] == "code list colour@2 offers fewer codes"
    assert compare(codes(1, "red"), codes(2, "red", "blue"), "backward") == ALRIGHT


def test_annotations_decide_nothing() -> None:
    plain = {"type": "string", "title": "a", "x-element": {"id": "a", "version": 1}, "later": True}
    assert compare(plain, {**plain, "title": "b", "x-element": {"id": "a", "version": 2}}, "full") == ALRIGHT


def test_a_reference_means_what_its_own_document_says() -> None:
    """One text with two meanings is no proof."""

    def picky(kind: str) -> dict[str, object]:
        return {"unevaluatedProperties": {"$ref": "#/$defs/x"}, "$defs": {"x": {"type": kind}}}

    assert compare(picky("string"), picky("integer"), "backward")["compatible"] is False
    assert compare(picky("string"), picky("string"), "backward") == ALRIGHT


def test_draft_7_content_is_asserted_where_the_validator_asserts_it() -> None:
    old = {"$schema": "http://json-schema.org/draft-07/schema#", "type": "string"}
    new = {**old, "contentEncoding": "base64"}
    found = compare(old, new, "backward")
    assert found["compatible"] is False and found["changes"][0]["path"] == "/contentEncoding"
    assert compare(old, new, "forward") == ALRIGHT
    named = {**old, "enum": ["!", "YQ=="]}
    assert compare(named, new, "backward")["witness"] == "!"
    later = {"type": "string", "contentEncoding": "base64"}
    assert compare({"type": "string"}, later, "backward") == ALRIGHT
