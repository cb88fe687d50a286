"""The public compatibility suite, in both directions. By meaning, what we answer otherwise is named with its reason; as
declared every verdict is the suite's."""

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


UNWITNESSED = {
    ("Complex: anyOf 1", "forward"): "anyOf",
    ("Complex: oneOf 1", "forward"): "oneOf",
    ("Conditional: if", "backward"): "if",
    ("Conditional: if", "forward"): "if",
}
"""(case, direction) → the keyword that differs, where every value means the same under both declarations."""


def test_the_suite_as_declared() -> None:
    """All as stated; a refusal has a witness that the validator confirms, as it is or asserting what is declared."""
    confirmed = {"validity": 0, "declaration": 0}
    unwitnessed = {}
    for case in cases():
        for direction in ("backward", "forward"):
            found = compare(case["original"], case["updated"], direction, reading="declared")
            assert found["compatible"] is wanted(case, direction), (case["id"], direction)
            if "unwitnessed" in found:
                assert all(found["unwitnessed"][language] for language in ("zh-Hans", "zh-Hant", "en"))
                unwitnessed[case["id"], direction] = found["changes"][0]["kind"]
                assert found["parts"] and all(map(tells_apart, found["parts"]))
            elif not found["compatible"]:
                sides = (case["original"], case["updated"])
                before, after = sides if direction == "backward" else sides[::-1]
                assert told_apart(before, after, found), (case["id"], direction)
                confirmed[found["confirmed"]] += 1
    print(f"\nas declared: {2 * len(cases())} as stated; witnesses confirmed by {confirmed}")
    assert unwitnessed == UNWITNESSED


def tells_apart(part: dict[str, Any]) -> bool:
    return Validator(part["narrow"]).verdict(part["value"]) != Validator(part["wide"]).verdict(part["value"])


def told_apart(before: Any, after: Any, found: dict[str, Any]) -> bool:
    asserting = found["confirmed"] == "declaration"
    held, refused = (
        Validator(side, declared=True) if asserting else readable(side) for side in (before, after)
    )
    return held.verdict(found["witness"]) and not refused.verdict(found["witness"])
