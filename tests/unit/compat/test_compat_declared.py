"""The declared reading: what the author wrote counts, also where validation lets it pass."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from support.schemas import Schemas

from gdbos_atom.validation import Validator
from services.standards.domain.compat import compare, faults_of

PAIRS = int(os.environ.get("GDBOS_FUZZ", "600"))
ALRIGHT = {"compatible": True, "changes": []}


def declared(old: Any, new: Any, mode: str = "backward", *, lenient: bool = False) -> dict[str, Any]:
    return compare(old, new, mode, lenient=lenient, reading="declared")


def text(**keywords: Any) -> dict[str, Any]:
    return {"type": "string", **keywords}


@pytest.mark.parametrize("seed", range(6))
def test_what_breaks_by_meaning_breaks_as_declared(seed: int) -> None:
    """But for the branches of oneOf, which only the declaration takes for disjoint. 10,000 pairs by GDBOS_FUZZ=10000."""
    stream = Schemas(300 + seed)
    met = set()
    for _ in range(-(-PAIRS // 6)):
        old, new = stream.pair()
        meant, found = compare(old, new, "backward"), declared(old, new)
        met.add(found["compatible"])
        if "oneOf" not in json.dumps(old) or "oneOf" not in json.dumps(new):
            assert (meant["compatible"], found["compatible"]) != (False, True)
        if found["compatible"] is False:
            assert found["changes"] and ("witness" in found) != ("unwitnessed" in found)
        for part in found.get("parts", ()):
            sides = [Validator(part[side]).verdict(part["value"]) for side in ("narrow", "wide")]
            assert sides[0] != sides[1]
        if "witness" in found:
            before, after = (Validator(s, declared=found["confirmed"] == "declaration") for s in (old, new))
            assert before.verdict(found["witness"]) and not after.verdict(found["witness"])
    assert {True, False} <= met


@pytest.mark.parametrize("seed", range(3))
def test_the_directions_mirror_each_other(seed: int) -> None:
    stream = Schemas(400 + seed)
    for _ in range(30):
        old, new = stream.pair()
        assert declared(old, new, "backward") == declared(new, old, "forward")
        assert declared(old, old, "full") == declared(old, json.loads(json.dumps(old)), "full") == ALRIGHT


def test_true_is_not_one_as_declared() -> None:
    assert declared({"const": True}, {"const": 1})["compatible"] is False


PATTERNS = [
    ("[a-z]*", "[A-Z]*", False, "what both find in every text, neither describes"),
    ("[a-z]{2}", "[a-z]+", True, "whole texts of the one are whole texts of the other"),
    ("[0-9]", "^[0-9]$", False, "found anywhere is more than the whole text"),
    ("^S_", "^S_.*", True, "with an anchor of its own a pattern is taken at its word"),
    ("^S_.*", "^S_", True, "and so it is the other way round"),
    ("[$]", "[$^]", True, "a sign in a set is no anchor"),
    ("a|b", "b|a", True, "alternatives have no order"),
]


@pytest.mark.parametrize(("old", "new", "compatible", "why"), PATTERNS, ids=[each[3] for each in PATTERNS])
def test_patterns(old: str, new: str, compatible: bool, why: str) -> None:
    assert declared(text(pattern=old), text(pattern=new))["compatible"] is compatible


def test_a_pattern_that_asks_nothing_is_declared_all_the_same() -> None:
    found = declared(text(), text(pattern="[a-z]*"))
    assert (found["compatible"], found["confirmed"]) == (False, "declaration")
    assert not Validator(text(pattern="[a-z]*"), declared=True).verdict(found["witness"])
    assert compare(text(), text(pattern="[a-z]*"), "backward") == ALRIGHT


CONTENTS = [
    ({"contentEncoding": "base64"}, {}, True),
    ({}, {"contentEncoding": "base64"}, False),
    ({"contentEncoding": "base64"}, {"contentEncoding": "BASE64"}, True),
    ({"contentEncoding": "base64"}, {"contentEncoding": "base32"}, False),
    ({"contentEncoding": "base64", "contentMediaType": "image/png"}, {"contentEncoding": "base64"}, True),
    (
        {"contentEncoding": "base64", "contentMediaType": "image/png"},
        {"contentMediaType": "image/png"},
        False,
    ),
    ({"contentMediaType": "application/json"}, {"contentMediaType": "application/json; charset=utf-8"}, True),
    ({"contentMediaType": "application/json"}, {"contentMediaType": "application/pdf"}, False),
]


@pytest.mark.parametrize(("old", "new", "compatible"), CONTENTS)
def test_contents_hold_in_every_dialect(old: Any, new: Any, compatible: bool) -> None:
    for dialect in (
        "https://json-schema.org/draft/2020-12/schema",
        "http://json-schema.org/draft-07/schema#",
    ):
        found = declared({"$schema": dialect, **text(**old)}, {"$schema": dialect, **text(**new)})
        assert found["compatible"] is compatible
        assert compatible or "witness" in found


def test_what_nobody_can_read_has_no_witness_and_says_so() -> None:
    old, new = text(contentMediaType="application/x-one"), text(contentMediaType="application/x-two")
    found = declared(old, new)
    assert found["compatible"] is False and "witness" not in found
    assert "cannot be read" in found["unwitnessed"]["en"]
    assert found["changes"][0]["path"] == "/contentMediaType"
    listed = {**old, "enum": ["a"]}
    assert declared(listed, dict(listed)) == ALRIGHT


LISTS = [
    (text(enum=[1, 2]), text(enum=["1", "2"]), True, "numbers written for texts"),
    (text(const=["π"]), text(const=["e"]), False, "an array for a text"),
    ({"type": "integer", "const": "5"}, {"type": "integer", "const": "6"}, False, "texts for numbers"),
    ({"type": "integer", "const": "5"}, {"type": "integer", "const": 5}, True, "the same number, spelt"),
    (text(enum=["a", 1]), text(enum=["a"]), False, "what was listed is gone"),
]


@pytest.mark.parametrize(("old", "new", "compatible", "why"), LISTS, ids=[each[3] for each in LISTS])
def test_listed_values_are_of_the_type_beside_them(old: Any, new: Any, compatible: bool, why: str) -> None:
    found = declared(old, new)
    meant = compare(old, new, "backward")
    assert found["compatible"] is (compatible and meant["compatible"])
    assert compatible or "witness" in found


SHORT, LONG, WORD = {"maxLength": 5}, {"maxLength": 9}, text()
ALTERNATIVES = [
    ({"oneOf": [WORD]}, {"oneOf": [WORD, SHORT]}, True, "an alternative was added"),
    ({"oneOf": [WORD, SHORT]}, {"oneOf": [WORD, LONG]}, True, "an alternative was widened"),
    ({"oneOf": [WORD, LONG]}, {"oneOf": [WORD, SHORT]}, False, "an alternative was narrowed"),
    ({"anyOf": [WORD, LONG]}, {"anyOf": [WORD, SHORT]}, False, "though others accept what it did"),
    ({"oneOf": [WORD, SHORT]}, {"anyOf": [SHORT, WORD]}, True, "disjoint no longer"),
    ({"anyOf": [WORD, SHORT]}, {"oneOf": [WORD, SHORT]}, False, "disjoint only now"),
    ({"anyOf": [WORD, {"type": "null"}]}, {"type": ["string", "null"]}, True, "a list of types is a choice"),
    ({"type": ["string", "null"]}, {"oneOf": [WORD, {"type": "null"}]}, True, "and a choice such a list"),
    ({}, {"anyOf": [WORD, {"not": WORD}]}, False, "nobody declared that choice"),
]


@pytest.mark.parametrize(
    ("old", "new", "compatible", "why"), ALTERNATIVES, ids=[each[3] for each in ALTERNATIVES]
)
def test_alternatives_are_covered_as_wholes(old: Any, new: Any, compatible: bool, why: str) -> None:
    assert declared(old, new)["compatible"] is compatible


def conditional(wanted: str, **after: Any) -> dict[str, Any]:
    return {
        "properties": {"kind": {"enum": ["a", "b"]}},
        "if": {"properties": {"kind": {"const": wanted}}},
        **after,
    }


def test_a_condition_is_compared_as_it_is_written() -> None:
    needs = {"required": ["note"]}
    assert declared(conditional("a", then=needs), conditional("a", then={}))["compatible"] is True
    assert declared({**needs, **conditional("a")}, conditional("b", then=needs))["compatible"] is True
    found = declared(conditional("a", then=needs), conditional("b", then=needs))
    assert found["compatible"] is False and found["witness"] is not None
    assert [(c["kind"], c["path"]) for c in found["changes"]] == [("if", "/if")]


def test_a_condition_means_what_its_own_document_says() -> None:
    """By meaning too: what the narrow side calls x is not what the wide side asks about."""
    old = {**text(), "$defs": {"x": {"type": "number"}}}
    new = {"if": {"$ref": "#/$defs/x"}, "then": {"type": "number"}, "$defs": {"x": text()}}
    for reading in ("meaning", "declared"):
        assert compare(old, new, "backward", reading=reading)["compatible"] is False


def test_lenient_writers_name_what_they_write() -> None:
    old = {"type": "object", "properties": {"a": text(pattern="[a-z]*")}}
    new = {"type": "object", "properties": {"a": text(), "b": {}}}
    assert declared(old, new, lenient=True) == ALRIGHT
    assert declared(old, new)["compatible"] is True
    found = declared(new, old, lenient=True)
    assert (found["compatible"], found["confirmed"]) == (False, "declaration")


def test_an_unknown_reading_is_none() -> None:
    with pytest.raises(KeyError):
        compare({}, {}, "backward", reading="tea leaves")


@pytest.mark.parametrize("depth", [100, 300, 600])
def test_what_is_too_deep_for_the_validator_is_a_fault_and_no_crash(depth: int) -> None:
    deep: dict[str, Any] = text()
    for _ in range(depth):
        deep = {"properties": {"a": deep}}
    assert bool(faults_of(deep)) is (depth > 100)
    assert faults_of(deep) or declared(deep, {"properties": {"a": deep}})["compatible"] is True
