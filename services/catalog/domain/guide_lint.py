"""What is wrong with a guide before anyone walks it: every fault blocks publishing.

Ids used twice or dangling, jumps backwards, conditions that are not FEEL, questions and materials that no
way reaches, effects that contradict each other on one way, a guide from which nobody comes out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import gdbos_feel
from gdbos_contracts.errors import Fault
from services.catalog.domain.conditions import compiled
from services.catalog.domain.faults import fault
from services.catalog.domain.guide import Step, follow
from services.catalog.domain.guide_ahead import END

Json = Mapping[str, Any]
MAX_WAYS = 20_000


def lint(version: Json) -> list[Fault]:
    """All faults of the guide of a composed version, pointers into `/guide/questions`."""
    faults = [*_duplicates(version), *_references(version), *_conditions(version)]
    return faults or _walks(version)


def _questions(version: Json) -> list[Json]:
    return list(version["guide"]["questions"])


def _options(version: Json) -> Iterator[tuple[str, int, Json, Json]]:
    """(pointer, index of the question, question, option) for every option."""
    for index, question in enumerate(_questions(version)):
        for place, option in enumerate(question["options"]):
            yield f"/guide/questions/{index}/options/{place}", index, question, option


def _duplicates(version: Json) -> Iterator[Fault]:
    for pointer, name, key in (
        ("/guide/questions", _questions(version), "id"),
        ("/materials", version["materials"], "id"),
        ("/elements", version["elements"], "element"),
        ("/sections", version["sections"], "id"),
    ):
        yield from _repeated(pointer, [entry[key] for entry in name])
    for index, question in enumerate(_questions(version)):
        pointer = f"/guide/questions/{index}/options"
        yield from _repeated(pointer, [option["id"] for option in question["options"]])
        if not question["options"]:
            yield fault(pointer, "no_options")


def _repeated(pointer: str, names: list[str]) -> Iterator[Fault]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield fault(f"{pointer}/{index}", "duplicate_id", name)


def _references(version: Json) -> Iterator[Fault]:
    held = {
        "material": {each["id"] for each in version["materials"]},
        "element": {each["element"] for each in version["elements"]},
    }
    place = {question["id"]: index for index, question in enumerate(_questions(version))}
    for pointer, index, _, option in _options(version):
        target = option.get("next")
        if target and target != END:
            if target not in place:
                yield fault(f"{pointer}/next", "dangling_id", target)
            elif place[target] <= index:
                yield fault(f"{pointer}/next", "backward_next", target)
        for number, effect in enumerate(option.get("effects", ())):
            for kind, value in effect.items():
                known = held.get(kind.rpartition("_")[2])
                if known is not None and value not in known:
                    yield fault(f"{pointer}/effects/{number}/{kind}", "dangling_id", value)
    sections = {section["id"] for section in version["sections"]}
    for index, element in enumerate(version["elements"]):
        if element["section"] not in sections:
            yield fault(f"/elements/{index}/section", "dangling_id", element["section"])


def _conditions(version: Json) -> Iterator[Fault]:
    for pointer, entries in (("/guide/questions", _questions(version)), ("/elements", version["elements"])):
        for index, entry in enumerate(entries):
            if entry.get("when") is not None:
                try:
                    compiled(entry["when"])
                except gdbos_feel.FeelError as error:
                    yield fault(f"{pointer}/{index}/when", "condition_invalid", error)


def _walks(version: Json) -> list[Fault]:
    """Faults that only walking shows. Beyond MAX_WAYS ways the walk stops and only reports contradictions
    found so far: a guide that large is split by `next`, not judged by a timeout."""
    questions = _questions(version)
    asked: set[str] = set()
    passed = False
    contradictions: dict[str, Fault] = {}
    for ways, steps in enumerate(ways_through(questions), 1):
        asked |= {step.question["id"] for step in steps}
        excluded = any("exclude" in effect for step in steps for effect in step.option.get("effects", ()))
        passed = passed or not excluded
        contradictions.update((each.pointer, each) for each in _contradictions(questions, steps))
        if ways >= MAX_WAYS:
            return list(contradictions.values())
    faults = [
        fault(f"/guide/questions/{index}", "unreachable", question["id"])
        for index, question in enumerate(questions)
        if question["id"] not in asked
    ]
    faults += [] if passed else [fault("/guide", "unreachable", END)]
    return [*faults, *contradictions.values(), *_never_asked(version)]


def ways_through(questions: list[Json]) -> Iterator[list[Step]]:
    """Every complete way through the guide, depth first, in the order of the options."""
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        choices = waiting.pop()
        steps, still_open = follow(questions, choices)
        if still_open is None:
            yield steps
        else:
            waiting += [
                {**choices, still_open["id"]: option["id"]} for option in reversed(still_open["options"])
            ]


def _contradictions(questions: list[Json], steps: list[Step]) -> Iterator[Fault]:
    """An id both added and removed, or two values set for one thing, on the same way."""
    said: dict[tuple[str, str], Any] = {}
    place = {question["id"]: index for index, question in enumerate(questions)}
    for step in steps:
        pointer = f"/guide/questions/{place[step.question['id']]}"
        for effect in step.option.get("effects", ()):
            for kind, value in effect.items():
                verb, _, noun = kind.partition("_")
                if verb == "set":
                    if said.setdefault((kind, ""), value) != value:
                        yield fault(pointer, "contradiction", noun)
                elif verb in ("add", "remove", "require"):
                    sign = "remove" if verb == "remove" else "add"
                    if said.setdefault((noun, value), sign) != sign:
                        yield fault(pointer, "contradiction", value)


def _never_asked(version: Json) -> Iterator[Fault]:
    """Materials and elements that are neither in by default nor added by any option."""
    added = {
        (kind.rpartition("_")[2], value)
        for _, _, _, option in _options(version)
        for effect in option.get("effects", ())
        for kind, value in effect.items()
        if kind.startswith(("add_", "require_"))
    }
    for name, noun, key in (("materials", "material", "id"), ("elements", "element", "element")):
        for index, entry in enumerate(version[name]):
            if not entry["default_in"] and (noun, entry[key]) not in added:
                yield fault(f"/{name}/{index}", "unreachable", entry[key])
