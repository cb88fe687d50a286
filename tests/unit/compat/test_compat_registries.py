"""Rules that registries of schemas publish (content models, products and sums, tuples), in our own words, both readings.

`B` is compatible backward, `F` forward. Where a rule of theirs is not about values nor about what is declared (a default
that is filled in by a serialiser), the verdict is ours and the name says so.
"""

from __future__ import annotations

from typing import Any

import pytest

from services.standards.domain.compat import compare

DRAFT7 = "http://json-schema.org/draft-07/schema#"
TEXT, NUMBER, INTEGER = {"type": "string"}, {"type": "number"}, {"type": "integer"}


def record(rest: Any = True, needed: tuple[str, ...] = (), **members: Any) -> dict[str, Any]:
    """An object; `rest` is what the other members may be: true is open, false closed, anything else in between."""
    made = {"type": "object", "properties": members, "required": list(needed)}
    return made if rest is True else {**made, "additionalProperties": rest}


def row(*first: Any, rest: Any = True) -> dict[str, Any]:
    return {"$schema": DRAFT7, "type": "array", "items": list(first), "additionalItems": rest}


CASES: list[tuple[str, Any, Any, str]] = [
    ("a member added to an open record", record(a=TEXT), record(a=TEXT, b=TEXT), "F"),
    ("a member that may be anything added to an open record", record(a=TEXT), record(a=TEXT, b=True), "BF"),
    ("a member added to a closed record", record(False, a=TEXT), record(False, a=TEXT, b=TEXT), "B"),
    ("a member that may not be added to a closed record", record(False, a=TEXT), record(False, a=TEXT, b=False), "BF"),
    ("a member added that a half open record covered", record(TEXT, a=NUMBER), record(TEXT, a=NUMBER, b=TEXT), "BF"),
    ("a member added that it covered more narrowly", record(INTEGER), record(INTEGER, b=NUMBER), "B"),
    ("a member added that it did not cover", record(TEXT, a=NUMBER), record(TEXT, a=NUMBER, b=NUMBER), ""),
    ("a member removed from an open record", record(a=TEXT, b=TEXT), record(a=TEXT), "B"),
    ("a member removed from a closed record", record(False, a=TEXT, b=TEXT), record(False, a=TEXT), "F"),
    ("a member removed that a half open record covers", record(TEXT, b=TEXT), record(TEXT), "BF"),
    ("a member removed and the record opened", record(False, a=TEXT, b=TEXT), record(a=TEXT), "B"),
    ("a record closed", record(a=TEXT), record(False, a=TEXT), "F"),
    ("a record half closed", record(a=TEXT), record(NUMBER, a=TEXT), "F"),
    ("the rest of a record is of another type", record(TEXT), record(NUMBER), ""),
    ("a member needed that was not", record(a=TEXT), record(needed=("a",), a=TEXT), "F"),
    ("a member needed that has a default (ours: no value has it filled in)",
        record(a=TEXT), record(needed=("a",), a={**TEXT, "default": "x"}), "F"),
    ("a needed member added to a closed record", record(False, a=TEXT), record(False, ("b",), a=TEXT, b=TEXT), ""),
    ("a number where there was an integer", record(a=INTEGER), record(a=NUMBER), "B"),
    ("a text where there was a number", record(a=NUMBER), record(a=TEXT), ""),
    ("a list of types extended", {"type": ["string"]}, {"type": ["string", "null"]}, "B"),
    ("a list of types put in another order", {"type": ["string", "null"]}, {"type": ["null", "string"]}, "BF"),
    ("codes put in another order and extended", {"enum": ["a", "b"]}, {"enum": ["c", "b", "a"]}, "B"),
    ("codes on one that had none", TEXT, {**TEXT, "enum": ["a", "b"]}, "F"),
    ("a member moved into a definition", record(a=TEXT),
        {**record(a={"$ref": "#/$defs/t"}), "$defs": {"t": TEXT}}, "BF"),
    ("a definition changed", {"$ref": "#/$defs/t", "$defs": {"t": TEXT}},
        {"$ref": "#/$defs/t", "$defs": {"t": NUMBER}}, ""),
    ("a sum extended", {"oneOf": [NUMBER]}, {"oneOf": [TEXT, NUMBER]}, "B"),
    ("a sum out of one that was none", {**TEXT, "maxLength": 3}, {"oneOf": [NUMBER, TEXT]}, "B"),
    ("a product extended", {"allOf": [TEXT]}, {"allOf": [TEXT, {"maxLength": 3}]}, "F"),
    ("a product of the same twice", {"allOf": [TEXT, TEXT]}, {"allOf": [TEXT]}, "BF"),
    ("a product turned into a sum", {"allOf": [TEXT, {"maxLength": 3}]}, {"anyOf": [TEXT, {"maxLength": 3}]}, "B"),
    ("what is excluded narrowed", {"not": {"type": ["string", "number"]}}, {"not": TEXT}, "B"),
    ("a dependency added", record(a=TEXT, b=TEXT), {**record(a=TEXT, b=TEXT), "dependentRequired": {"a": ["b"]}}, "F"),
    ("an element added to a closed tuple", row(TEXT, rest=False), row(TEXT, NUMBER, rest=False), "B"),
    ("an element added to an open tuple", row(TEXT), row(TEXT, NUMBER), "F"),
    ("an element removed from an open tuple", row(TEXT, NUMBER), row(TEXT), "B"),
    ("an element removed that the rest covers", row(TEXT, NUMBER, rest=False), row(TEXT, rest=NUMBER), "B"),
    ("an element that may not be added to a closed tuple", row(TEXT, rest=False), row(TEXT, False, rest=False), "BF"),
    ("a title, a description and a default changed",
        {**TEXT, "title": "a", "default": "x"}, {**TEXT, "description": "b", "default": "y"}, "BF"),
]  # fmt: skip


@pytest.mark.parametrize("reading", ["meaning", "declared"])
@pytest.mark.parametrize(("rule", "old", "new", "compatible"), CASES, ids=[case[0] for case in CASES])
def test_a_rule(rule: str, old: Any, new: Any, compatible: str, reading: str) -> None:
    for direction in ("backward", "forward"):
        found = compare(old, new, direction, reading=reading)
        assert found["compatible"] is (direction[0].upper() in compatible), direction
        assert found["compatible"] or "witness" in found


BESIDE = {"$schema": DRAFT7, "definitions": {"t": TEXT}}
ONLY_DECLARED: list[tuple[str, Any, Any, str]] = [
    ("what stands beside a reference, before 2019-09", {**BESIDE, "$ref": "#/definitions/t"},
        {**BESIDE, "$ref": "#/definitions/t", "maxLength": 3}, "F"),
    ("a rest of a tuple that names no element", {"$schema": DRAFT7, "additionalItems": True},
        {"$schema": DRAFT7, "additionalItems": False}, "F"),
    ("alternatives that others cover", {"anyOf": [TEXT, {"maxLength": 3}]}, {"anyOf": [TEXT, {"maxLength": 9}]}, "B"),
    ("a content told, in a dialect that only notes it", TEXT, {**TEXT, "contentMediaType": "image/png"}, "F"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "old", "new", "compatible"), ONLY_DECLARED, ids=[case[0] for case in ONLY_DECLARED]
)
def test_a_rule_of_what_no_value_shows(rule: str, old: Any, new: Any, compatible: str) -> None:
    for direction in ("backward", "forward"):
        assert compare(old, new, direction)["compatible"] is True
        found = compare(old, new, direction, reading="declared")
        assert found["compatible"] is (direction[0].upper() in compatible), direction
