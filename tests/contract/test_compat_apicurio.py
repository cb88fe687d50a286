"""The public compatibility suite, in both directions; what we answer otherwise is named with its reason."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from support.house import SHARED

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import BadInput
from services.standards.domain.compat import compare
from services.standards.domain.compat.normal import DIALECT, normal

FILE = SHARED / "compat-apicurio" / "cases.json"
EVERY_TEXT = "the unanchored pattern [a-z]* finds the empty text in every text, so it asks nothing"
NO_CODEC = "an encoding or a media type that no codec reads makes no value invalid (draft 7 Validation §8.2)"
EMPTY = "a text that must equal an array: both schemas have no value at all"
NEVER_NARROW = "every value is a text or no text longer than n: both schemas accept everything"
ONE_OF = "a text of 6 characters was in one branch and is now in two, so oneOf refuses it"
OTHERWISE = {
    ("String: pattern 1", "forward"): EVERY_TEXT,
    ("String: pattern 2", "backward"): EVERY_TEXT,
    ("String: pattern 2", "forward"): EVERY_TEXT,
    ("Const", "backward"): EMPTY,
    ("Const", "forward"): EMPTY,
    ("String: contentEncoding 3", "backward"): NO_CODEC,
    ("String: contentMediaType 2", "forward"): NO_CODEC,
    ("String: contentMediaType 3", "backward"): NO_CODEC,
    ("String: contentMediaType 3", "forward"): NO_CODEC,
    ("Complex: anyOf 1", "forward"): NEVER_NARROW,
    ("Complex: oneOf 1", "backward"): ONE_OF,
    ("Complex: oneOf 1", "forward"): ONE_OF,
    ("Complex: oneOf 3", "backward"): ONE_OF,
    ("Conditional: if", "backward"): EVERY_TEXT,
    ("Conditional: if", "forward"): EVERY_TEXT,
    ("Conditional: then", "forward"): EVERY_TEXT,
    ("Conditional: else", "forward"): EVERY_TEXT,
}
"""(case, direction) → why the suite's verdict contradicts the validity of values."""


@cache
def cases() -> list[dict[str, Any]]:
    if not FILE.exists():
        pytest.skip(f"the compatibility suite is not at {FILE}")
    found: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["tests"]
    return found


def wanted(case: dict[str, Any], direction: str) -> bool:
    return case["compatibility"] in (direction, "both")


def readable(schema: Any) -> Validator:
    """As it is, or in its 2020-12 form: four cases write draft 4's boolean bounds under draft 7."""
    try:
        return Validator(schema)
    except BadInput:
        return Validator({"$schema": DIALECT, **normal(schema)})


def test_the_suite() -> None:
    differing = set()
    for case in cases():
        for direction in ("backward", "forward"):
            found = compare(case["original"], case["updated"], direction)
            assert found["compatible"] is not None, (case["id"], direction)
            if found["compatible"] != wanted(case, direction):
                differing.add((case["id"], direction))
            if found["compatible"] is False:
                sides = (case["original"], case["updated"])
                before, after = (readable(s) for s in (sides if direction == "backward" else sides[::-1]))
                assert before.verdict(found["witness"]) and not after.verdict(found["witness"])
    total = 2 * len(cases())
    print(
        f"\n{total - len(differing)} of {total} directed verdicts as stated, {len(differing)} named otherwise"
    )
    assert differing == set(OTHERWISE)
