"""Which elements a form asks for: the `when` of an element, FEEL over the answers and the choices of the guide.

An answer named `person.birth_date` is read as the path of that name, a choice by the id of its question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_feel.open import answer
from gdbos_feel.open.facts import stated

Json = Mapping[str, Any]


def shown(elements: Sequence[Json], known: Json, choices: Json) -> list[dict[str, Any]]:
    """Before everything is answered: the elements that can still matter. `known`: the values that are held.

    One whose condition is false whatever the rest is answered is left out; one whose condition is not settled
    yet is asked, but may stay empty.
    """
    facts = _facts(known, choices)
    unknown = [element["element"] for element in elements if element["element"] not in known]
    found = []
    for element in elements:
        when = element.get("when")
        holds = True if when is None else answer(when, facts, unknown).holds
        if holds is not False:
            found.append({**element, "required": element["required"] and holds is True})
    return found


def settled(elements: Sequence[Json], answers: Json, choices: Json) -> list[dict[str, Any]]:
    """Once answered: required is only what the answers ask for. What was answered all the same is still checked."""
    facts = _facts(answers, choices)
    return [
        {**element, "required": element["required"] and _holds(element.get("when"), facts)}
        for element in elements
    ]


def _holds(when: str | None, facts: Json) -> bool:
    return when is None or answer(when, facts).holds is True


def _facts(answers: Json, choices: Json) -> dict[str, Any]:
    found = dict(choices)
    for name, value in answers.items():
        found = stated(found, name, value)
    return found
