"""一件事: several items, one guide, one form, one set of materials, one number.

A bundle names its members and questions of its own, whose options answer members' questions in advance
(`answers: {"food.scale": "large"}`) and include or leave out optional members. A member's own questions
carry its name: `food.scale`. The bundle's situation is `member=situation` of every included member, joined
by `;`, so each child case has the same situation as if it had been filed alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gdbos_contracts.errors import Fault
from services.catalog.domain import guide
from services.catalog.domain.faults import fault
from services.catalog.domain.guide import GuideResult

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """One item in a bundle. `after` names the members whose result it waits for, besides those whose
    licence it needs as a material."""

    id: str
    item: str
    optional: bool
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A member with the item version in force for it and where its guide stands."""

    member: Member
    version: Json
    guide: GuideResult


def members_of(bundle: Json) -> list[Member]:
    """The members in the order of the bundle, the lead first."""
    return [
        Member(each["id"], each["item"], each.get("optional", False), tuple(each.get("after", ())))
        for each in bundle["members"]
    ]


def split_choices(bundle: Json, choices: Mapping[str, str]) -> tuple[list[str], dict[str, dict[str, str]]]:
    """(ids of the members included, member → its own choices), by the answers given so far."""
    included = {member.id: not member.optional for member in members_of(bundle)}
    flat: dict[str, str] = {}
    for question in bundle["questions"]:
        option = _option(question, choices)
        flat |= option.get("answers", {})
        included |= dict.fromkeys(option.get("include", ()), True)
        included |= dict.fromkeys(option.get("exclude", ()), False)
    own: dict[str, dict[str, str]] = {member: {} for member in included}
    for name, value in {**choices, **flat}.items():
        member, dot, question = name.partition(".")
        if dot and member in own:
            own[member][question] = value
    return [member for member, wanted in included.items() if wanted], own


def open_questions(bundle: Json, choices: Mapping[str, str], chosen: Iterable[Chosen]) -> list[Json]:
    """The questions to ask next: the bundle's own first, then one of each member, carrying its name."""
    own = [question for question in bundle["questions"] if not _option(question, choices)]
    if own:
        return own
    return [
        {**question, "id": f"{each.member.id}.{question['id']}", "member": each.member.id}
        for each in chosen
        for question in each.guide.questions
    ]


def _option(question: Json, choices: Mapping[str, str]) -> Json:
    wanted = choices.get(question["id"])
    return next((option for option in question["options"] if option["id"] == wanted), {})


def name_of(chosen: Iterable[Chosen]) -> str | None:
    """`food=scale:large;sign=` when every member's guide has ended, else None."""
    parts = [(each.member.id, each.guide.situation) for each in chosen]
    if any(situation is None for _, situation in parts):
        return None
    return ";".join(f"{member}={situation}" for member, situation in parts)


def choices_of(situation: str) -> dict[str, dict[str, str]]:
    """Member → choices stated by a bundle's situation; ValueError when it is not such a name."""
    result = {}
    for part in situation.split(";"):
        member, sign, own = part.partition("=")
        if not sign or member in result:
            raise ValueError(f"not a bundle's situation: {situation[:80]!r}")
        result[member] = guide.choices_of(own)
    return result


def edges(chosen: Iterable[Chosen]) -> dict[str, set[str]]:
    """Member → the members it must wait for: those that produce a licence it needs, and its `after`."""
    chosen = list(chosen)
    makers = {_licence_made(each.version): each.member.id for each in chosen}
    present = {each.member.id for each in chosen}
    return {
        each.member.id: {
            makers[material["licence_type"]]
            for material in each.guide.materials
            if material["licence_type"]
            and makers.get(material["licence_type"], each.member.id) != each.member.id
        }
        | (set(each.member.after) & present)
        for each in chosen
    }


def _licence_made(version: Json) -> str | None:
    result = version["result"]
    return result["licence_type"] if result["kind"] == "licence" else None


def stages(waits_for: Mapping[str, set[str]]) -> tuple[list[list[str]], list[Fault]]:
    """Groups of members that may run side by side, in order; a circle among the rest is a fault."""
    left = {member: set(others) for member, others in waits_for.items()}
    order: list[list[str]] = []
    while left:
        ready = [member for member, others in left.items() if not others & left.keys()]
        if not ready:
            return order, [fault("/members", "cycle", " → ".join(left))]
        order.append(ready)
        for member in ready:
            del left[member]
    return order, []


def lint(bundle: Json, versions: Mapping[str, Json]) -> list[Fault]:
    """Faults that block publishing a bundle. `versions` maps member → a version of its item, and lacks the
    members whose item does not exist."""
    faults = []
    names = [member.id for member in members_of(bundle)]
    for index, member in enumerate(members_of(bundle)):
        if member.id in names[:index]:
            faults.append(fault(f"/members/{index}/id", "duplicate_id", member.id))
        if member.id not in versions:
            faults.append(fault(f"/members/{index}/item", "dangling_id", member.item))
        faults += [
            fault(f"/members/{index}/after", "dangling_id", other)
            for other in member.after
            if other not in names
        ]
    return faults + list(_dangling_answers(bundle, versions)) + _circle(bundle, versions)


def _dangling_answers(bundle: Json, versions: Mapping[str, Json]) -> Iterable[Fault]:
    known = {
        f"{member}.{question['id']}": {option["id"] for option in question["options"]}
        for member, version in versions.items()
        for question in version["guide"]["questions"]
    }
    names = {member.id for member in members_of(bundle)}
    for index, question in enumerate(bundle["questions"]):
        for place, option in enumerate(question["options"]):
            pointer = f"/questions/{index}/options/{place}"
            for name, value in option.get("answers", {}).items():
                if value not in known.get(name, ()):
                    yield fault(f"{pointer}/answers", "dangling_id", f"{name}:{value}")
            for member in (*option.get("include", ()), *option.get("exclude", ())):
                if member not in names:
                    yield fault(pointer, "dangling_id", member)


def _circle(bundle: Json, versions: Mapping[str, Json]) -> list[Fault]:
    """A circle over everything that any situation may ask for: a catalogue error, not the applicant's."""
    chosen = [
        Chosen(member, versions[member.id], _everything(versions[member.id]))
        for member in members_of(bundle)
        if member.id in versions
    ]
    return stages(edges(chosen))[1]


def _everything(version: Json) -> GuideResult:
    return GuideResult(
        questions=(),
        situation="",
        materials=tuple(version["materials"]),
        elements=tuple(version["elements"]),
        clocks={},
        fee={},
        process=None,
        refused_because=None,
        choices=(),
    )
