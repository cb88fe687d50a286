"""Which questions of a guide can still be asked: those that some answer to the open ones leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gdbos_feel.open import answer

Json = Mapping[str, Any]
END = "end"


def ahead(questions: list[Json], first: int, made: Mapping[str, str | None]) -> list[Json]:
    """The open question at `first`, and those after it that can still matter, in their order.

    `made`: question id → option id of the walk so far. A question is left out when its `when` is false whatever
    the open ones are answered, or when every way jumps over it.
    """
    place = {question["id"]: index for index, question in enumerate(questions)}
    reached, found = {first}, []
    unknown: dict[str, list[str | None]] = {}
    for index in range(first, len(questions)):
        question = questions[index]
        asked = True if index == first else _asked(question, made, unknown)
        if index not in reached or asked is False:
            if index in reached:
                reached.add(index + 1)
            continue
        found.append(question)
        reached |= set(_following(question, index, place))
        reached |= set() if asked else {index + 1}
        unknown[question["id"]] = [*(option["id"] for option in question["options"]), None]
    return found


def _asked(question: Json, made: Mapping[str, Any], unknown: Mapping[str, Any]) -> bool | None:
    """None: that depends on open questions."""
    when = question.get("when")
    if when is None:
        return True
    return answer(when, made, unknown).holds


def _following(question: Json, index: int, place: Mapping[str, int]) -> Iterator[int]:
    """Where the options lead; nowhere for one that excludes or ends."""
    for option in question["options"]:
        target = option.get("next")
        if target != END and not any("exclude" in effect for effect in option.get("effects", ())):
            yield max(index + 1, place.get(target, index + 1)) if target else index + 1
