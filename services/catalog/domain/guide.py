"""情形引导: a pure walk through an item's questions to one situation.

Questions are a list. The walk starts at the first; a question whose `when` is false is passed over; an
option's `next` jumps forward to a question or to `end`, else the next question follows. Effects apply in the
order of the walk. The situation's canonical name is `question:option` of every question walked, joined
by `~`; anyone can compute it again from (item version, situation).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gdbos_contracts.errors import Fault
from services.catalog.domain.conditions import holds
from services.catalog.domain.faults import fault
from services.catalog.domain.guide_ahead import END, ahead

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One question answered on the way."""

    question: Json
    option: Json


@dataclass(frozen=True, slots=True)
class GuideResult:
    """What the choices lead to. `situation` is None while questions are open and when refused. `questions`: first
    the one to ask now, then those that can still matter."""

    questions: tuple[Json, ...]
    situation: str | None
    materials: tuple[Json, ...]
    elements: tuple[Json, ...]
    clocks: Json
    fee: Json
    process: Json | None
    refused_because: Json | None
    choices: tuple[Json, ...]
    faults: tuple[Fault, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """The wire shape of `POST /items/{code}/guide`."""
        return {
            "questions": list(self.questions),
            "situation": self.situation,
            "materials": list(self.materials),
            "elements": list(self.elements),
            "clocks": self.clocks,
            "fee": self.fee,
            "process": self.process,
            "refused_because": self.refused_because,
            "choices": list(self.choices),
        }


def walk(version: Json, choices: Mapping[str, str]) -> GuideResult:
    """Follow `choices` (question id → option id) through the item version's guide.

    Choices for questions off the way are ignored: they are left over from an answer changed later. A
    question or option that the guide does not have at all is a fault at `/choices/<question>`.
    """
    questions = version["guide"]["questions"]
    steps, still_open = follow(questions, choices)
    outcome = _Outcome(version)
    for step in steps:
        outcome.apply(step.option.get("effects", ()))
    done = still_open is None and outcome.refused is None
    return GuideResult(
        questions=_open(questions, steps, still_open) if still_open and outcome.refused is None else (),
        situation=name_of(steps) if done else None,
        materials=tuple(outcome.entries("materials", "id", outcome.materials)),
        elements=tuple(outcome.entries("elements", "element", outcome.elements)),
        clocks={"statutory": version["statutory"], "promised": outcome.promised},
        fee=outcome.fee,
        process=outcome.process,
        refused_because=outcome.refused,
        choices=tuple(_told(step) for step in steps),
        faults=tuple(_unknown(questions, choices)),
    )


def _open(questions: list[Json], steps: Iterable[Step], still_open: Json) -> tuple[Json, ...]:
    """The question to ask now, and those that may follow it."""
    made: dict[str, str | None] = dict.fromkeys(question["id"] for question in questions)
    made |= {step.question["id"]: step.option["id"] for step in steps}
    return tuple(ahead(questions, questions.index(still_open), made))


def name_of(steps: Iterable[Step]) -> str:
    """`q1:a~q2:b`; "" when there was nothing to ask."""
    return "~".join(f"{step.question['id']}:{step.option['id']}" for step in steps)


def choices_of(situation: str) -> dict[str, str]:
    """The choices that a situation's name states; ValueError when it is not such a name."""
    if not situation:
        return {}
    pairs = [part.split(":") for part in situation.split("~")]
    if any(len(pair) != 2 or not all(pair) for pair in pairs):
        raise ValueError(f"not a situation: {situation[:80]!r}")
    return {pair[0]: pair[1] for pair in pairs}


def resolve_situation(version: Json, situation: str) -> GuideResult:
    """The resolved situation of that name. Its faults say why it cannot be filed: not a situation of this
    version (`situation_invalid`), questions open (`situation_open`), refused (`excluded`)."""
    try:
        result = walk(version, choices_of(situation))
    except ValueError:
        result, faults = walk(version, {}), [fault("/situation", "situation_invalid", situation[:80])]
    else:
        faults = _situation_faults(result, situation)
    return _with_faults(result, faults)


def _situation_faults(result: GuideResult, situation: str) -> list[Fault]:
    if result.refused_because is not None:
        return [fault("/situation", "excluded")]
    if result.questions:
        return [fault("/situation", "situation_open")]
    if result.situation != situation:
        return [fault("/situation", "situation_invalid", situation[:80])]
    return []


def _with_faults(result: GuideResult, faults: list[Fault]) -> GuideResult:
    values = {name: getattr(result, name) for name in GuideResult.__dataclass_fields__}
    return GuideResult(**{**values, "faults": tuple(faults)})


def follow(questions: list[Json], choices: Mapping[str, str]) -> tuple[list[Step], Json | None]:
    """The steps taken and the first question still open, None at the end of the way."""
    place = {question["id"]: index for index, question in enumerate(questions)}
    made: dict[str, str | None] = dict.fromkeys(place)
    steps: list[Step] = []
    index = 0
    while index < len(questions):
        question = questions[index]
        index += 1
        if not holds(question.get("when"), made):
            continue
        option = _chosen(question, choices)
        if option is None:
            return steps, question
        steps.append(Step(question, option))
        made[question["id"]] = option["id"]
        if any("exclude" in effect for effect in option.get("effects", ())):
            break
        index = _after(option, index, place, len(questions))
    return steps, None


def _chosen(question: Json, choices: Mapping[str, str]) -> Json | None:
    wanted = choices.get(question["id"])
    return next((option for option in question["options"] if option["id"] == wanted), None)


def _after(option: Json, following: int, place: Mapping[str, int], end: int) -> int:
    """Where the walk goes on. Never backwards, whatever was written: the walk must end."""
    target = option.get("next")
    if target == END:
        return end
    return max(following, place.get(target, following)) if target else following


def _told(step: Step) -> Json:
    return {
        "question": step.question["id"],
        "option": step.option["id"],
        "text": step.question["text"],
        "answer": step.option["text"],
    }


def _unknown(questions: list[Json], choices: Mapping[str, str]) -> list[Fault]:
    options = {question["id"]: {option["id"] for option in question["options"]} for question in questions}
    faults = []
    for question, option in choices.items():
        pointer = f"/choices/{question.replace('~', '~0').replace('/', '~1')}"
        if question not in options:
            faults.append(fault(pointer, "unknown_question", question))
        elif option not in options[question]:
            faults.append(fault(pointer, "unknown_option", option))
    return faults


class _Outcome:
    """The item as the effects leave it."""

    def __init__(self, version: Json) -> None:
        self._version = version
        self.materials = {each["id"] for each in version["materials"] if each["default_in"]}
        self.elements = {each["element"] for each in version["elements"] if each["default_in"]}
        self._required: set[str] = set()
        self.promised: Json = version["promised"]
        self.fee: Json = version["fee"]
        self.process: Json | None = version["process"]
        self.refused: Json | None = None

    def apply(self, effects: Iterable[Json]) -> None:
        for effect in effects:
            for kind, value in effect.items():
                getattr(self, f"_{kind}")(value)

    def entries(self, name: str, key: str, chosen: set[str]) -> list[Json]:
        kept = [entry for entry in self._version[name] if entry[key] in chosen]
        if name == "elements":
            return [{**each, "required": each["required"] or each[key] in self._required} for each in kept]
        return kept

    def _add_material(self, material: str) -> None:
        self.materials.add(material)

    def _remove_material(self, material: str) -> None:
        self.materials.discard(material)

    def _add_element(self, element: str) -> None:
        self.elements.add(element)

    def _remove_element(self, element: str) -> None:
        self.elements.discard(element)

    def _require_element(self, element: str) -> None:
        self.elements.add(element)
        self._required.add(element)

    def _set_fee(self, fee: Json) -> None:
        self.fee = fee

    def _set_clock(self, clock: Json) -> None:
        self.promised = {**self.promised, "days": clock["promised_days"]}

    def _set_process(self, process: str) -> None:
        """`id` or `id@version`; without a version the first."""
        name, _, version = process.partition("@")
        self.process = {"id": name, "version": int(version or 1)}

    def _exclude(self, reason: Json) -> None:
        self.refused = reason
