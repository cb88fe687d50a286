"""A form asks for what can still matter, and requires only what its answers ask for."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain import entitlement, visibility

ELEMENTS: list[dict[str, Any]] = [
    {"element": "firm.has_branch", "required": True},
    {"element": "firm.branches", "required": True, "when": "firm.has_branch = true"},
    {"element": "firm.licence_no", "required": True, "when": 'scale = "large"'},
    {"element": "firm.note", "required": False, "when": "firm.branches > 3"},
]


def names(found: list[dict[str, Any]]) -> dict[str, bool]:
    return {each["element"]: each["required"] for each in found}


def test_what_no_answer_can_bring_up_is_not_asked() -> None:
    found = names(visibility.shown(ELEMENTS, {}, {"scale": "small"}))
    assert found == {"firm.has_branch": True, "firm.branches": False, "firm.note": False}
    held = names(visibility.shown(ELEMENTS, {"firm.has_branch": False}, {"scale": "large"}))
    assert held == {"firm.has_branch": True, "firm.licence_no": True, "firm.note": False}


def test_what_the_answers_ask_for_is_required() -> None:
    yes = names(visibility.settled(ELEMENTS, {"firm.has_branch": True}, {"scale": "small"}))
    no = names(visibility.settled(ELEMENTS, {"firm.has_branch": False}, {"scale": "small"}))
    assert (yes["firm.branches"], no["firm.branches"], yes["firm.licence_no"]) == (True, False, False)


@given(st.booleans(), st.integers(0, 9), st.sampled_from(["small", "large"]), st.sets(st.integers(0, 3)))
def test_what_is_required_at_the_end_was_asked_at_every_step(
    has: bool, count: int, scale: str, known: set[int]
) -> None:
    answers = {"firm.has_branch": has, "firm.branches": count, "firm.licence_no": "x", "firm.note": "y"}
    held = {name: value for n, (name, value) in enumerate(answers.items()) if n in known}
    asked = names(visibility.shown(ELEMENTS, held, {"scale": scale}))
    wanted = names(visibility.settled(ELEMENTS, answers, {"scale": scale}))
    assert {name for name, required in wanted.items() if required} <= asked.keys()


def test_a_clerk_is_told_only_of_missing_facts_that_may_be_seen() -> None:
    automatic = {"unknown": ["person.birth_date", "person.income"]}
    assert entitlement.undecided(automatic, ["person.income"]) == ["person.income"]
    assert entitlement.undecided(None, ["person.income"]) == []
