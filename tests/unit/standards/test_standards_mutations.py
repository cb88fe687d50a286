"""Seeded mutations of elements, code lists and schemas under users of every kind and state.

The oracle knows nothing of the checker: values are generated, and those valid before and not after are lost. Every
publication that loses one is refused with exactly the users that are alive; no other is refused, unless the refusal
carries a witness which proves that the oracle's values were too few.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from support.standards import NOW, code_list, element, text
from support.standards_users import TEMPLATES, TOLD, World

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import Incompatible
from services.standards import handlers
from services.standards.domain.element import DataElement

FORCE = {"status": "standard"}
KINDS = (*TOLD, *TEMPLATES)
DAYS = [NOW.date() + timedelta(days=n) for n in (0, 1, 30, 60, 90, 120, 365, 3650)]
SEEDS = range(60)
FAMILIES = ("format", "bounds", "codes", "list", "schema")


def people(
    world: World, said: dict[str, Any], random: Random, kinds: tuple[str, ...]
) -> set[tuple[str, str, str]]:
    chosen = random.sample(kinds, random.randint(1, 4))
    named = [world.user(kind, f"{kind}.one", said, random) for kind in chosen]
    return {each for each in named if each}


def judge(world: World, lost: bool, alive: set[tuple[str, str, str]], publish: Any, proved: Any) -> str:
    """The outcome: refused, harmless, or a refusal that its witness proves."""
    try:
        publish()
    except Incompatible as refused:
        (broken,) = refused.more["breaks"]
        assert {(u["kind"], u["id"], u["version"]) for u in broken["users"]} == alive
        assert len(refused.faults) == len(alive) and all(fault.code == "in_use" for fault in refused.faults)
        assert lost or ("witness" in broken and proved(broken["witness"])), "a false refusal"
        return "refused" if lost else "proved"
    assert not (lost and alive), "a break that nobody was told of"
    return "harmless" if not lost else "nobody"


def element_document(world: World, version: int, day: date) -> Validator:
    reference = {"element": "m.value", "version": version, "required": True}
    return Validator(handlers.compose([reference], day, world.registry)["schema"])


FORMATS = ["an..50", "an2..30", "an10", "n..9", "n6", "n..8,2", "ul", "a..20", "an..20"]
PATTERNS = ["", "", "^a", "^[0-9]+$", "^.{0,12}$"]
CHECKS = ["", "", "", "uscc", "citizen_id"]
TEXTS = ["91110108MA0GDB0536", "110101200001010010", "a", "ab", "1", "0", "1.5", "-1", "12.34", "", "甲乙"]


def text_values(random: Random) -> list[str]:
    made = ["".join(random.choice("a1") for _ in range(n)) for n in range(1, 60)]
    return [*TEXTS, *made, *("a" * n for n in range(1, 60)), *("1" * n for n in range(1, 30))]


def test_every_family_is_long_enough() -> None:
    assert len(SEEDS) * len(FAMILIES) >= 200


@pytest.mark.parametrize("family", FAMILIES)
def test_every_breaking_mutation_is_found_and_named_and_no_other(family: str) -> None:
    found = Counter(globals()[f"one_{family}"](Random(f"{family} {seed}")) for seed in SEEDS)
    assert found["refused"] >= 5 and found["harmless"] >= 5, found


def one_format(random: Random) -> str:
    world = World.new()
    old = element("m.value", "值", format=random.choice(FORMATS), pattern=random.choice(PATTERNS), **FORCE)
    new = {**old, "version": 2}
    for _ in range(random.randint(1, 2)):
        key, choices = random.choice([("format", FORMATS), ("pattern", PATTERNS), ("check", CHECKS)])
        new[key] = random.choice(choices)
    if random.random() < 0.3:
        new = {
            **old,
            "version": 2,
            "definition": text("另一种说法"),
            "synonyms": ["别名"],
            "sensitivity": "personal",
        }
    return of_element(world, old, new, text_values(random), random)


def one_bounds(random: Random) -> str:
    world = World.new()
    numeric = random.random() < 0.5
    kind = (
        {"representation": "quantity", "format": "n..6"}
        if numeric
        else {"representation": "amount", "format": "n..9,2"}
    )
    bounds = {"minimum": random.choice(["", "0", "1"]), "maximum": random.choice(["", "100", "999"])}
    old = element("m.value", "值", **kind, **bounds, **FORCE)
    new = {**old, "version": 2}
    for key, choices in (("minimum", ["", "0", "1", "5"]), ("maximum", ["", "50", "100", "999"])):
        if random.random() < 0.5:
            new[key] = random.choice(choices)
    numbers = [-1, 0, 1, 2, 4, 5, 6, 49, 50, 51, 99, 100, 101, 500, 998, 999, 1000, 123456]
    values = numbers if numeric else [*(str(n) for n in numbers), "0.01", "0.99", "50.01", "100.01", "999.01"]
    return of_element(world, old, new, values, random)


def of_element(world: World, old: Any, new: Any, values: list[Any], random: Random) -> str:
    world.publish(old)
    alive = people(world, {"elements": ["m.value@1"]}, random, KINDS)
    world.registry.elements["m.value", 2] = DataElement.from_data(new)
    before, after = (element_document(world, number, DAYS[0]) for number in (1, 2))
    del world.registry.elements["m.value", 2]
    lost = [v for v in values if before.verdict({"m.value": v}) and not after.verdict({"m.value": v})]

    def proved(witness: Any) -> bool:
        return before.verdict(witness) and not after.verdict(witness)

    return judge(world, bool(lost), alive, lambda: world.publish(new), proved)


def codes(random: Random, values: str = "12345") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{"value": v} for v in values]
    if random.random() < 0.3:
        rows[-1]["valid_to"] = random.choice(["2025-01-01", (DAYS[2]).isoformat()])
    return rows


def changed(rows: list[dict[str, Any]], random: Random) -> list[dict[str, Any]]:
    """Codes removed, retired with or without a successor, brought back, added, renamed, or begun later."""
    made = [dict(row) for row in rows]
    row = random.choice(made)
    past, later = "2025-12-01", DAYS[3].isoformat()
    what = random.choice(
        ["remove", "retire", "replace", "chain", "add", "rename", "begin", "began", "extend", "none"]
    )
    if what == "remove":
        made.remove(row)
    elif what == "retire":
        row["valid_to"] = random.choice([past, later])
    elif what == "replace":
        others = [other["value"] for other in made if other is not row and "valid_to" not in other]
        row |= {"valid_to": random.choice([past, later]), "replaced_by": [random.choice(others)]}
    elif what == "chain":
        last, middle = made[0], made[1]
        if row not in (last, middle):
            row |= {"valid_to": past, "replaced_by": [middle["value"]]}
            middle |= {"valid_to": past, "replaced_by": [last["value"]]}
            if random.random() < 0.5:
                last["valid_to"] = later
    elif what == "add":
        made.append({"value": "9"})
    elif what == "rename":
        row["names"] = text("新名")
    elif what == "begin":
        row["valid_from"] = DAYS[1].isoformat()
    elif what == "began":
        row["valid_from"] = past
    elif what == "extend":
        made[-1].pop("valid_to", None)
    if row.get("valid_from", "") >= row.get("valid_to", "9999"):
        row.pop("valid_from")
    return made


def lost_codes(world: World, retired: bool) -> list[tuple[date, str]]:
    """Codes of version 1 that hold on a day and in version 2 neither hold nor lead to one that does."""
    before, after = (world.registry.lists["m.list", number] for number in (1, 2))
    if retired:
        return [(DAYS[0], value) for value in before.by_value if value not in after.by_value]

    def stands(value: str, day: date) -> bool:
        code = after.by_value.get(value)
        return code is not None and (code.holds(day) or any(stands(each, day) for each in code.replaced_by))

    return [
        (day, code.value)
        for day in DAYS
        for code in before.codes
        if code.holds(day) and not stands(code.value, day)
    ]


def one_list(random: Random) -> str:
    """A new version of the list under elements and schemas that take their codes from the old one."""
    world = World.new()
    rows = codes(random)
    retired = random.random() < 0.2
    world.publish(lists=[code_list("m.list", *rows)])
    coded = {"representation": "code", "format": "an1", **FORCE}
    reference = {"id": "m.list", "version": 1, **({"retired": True} if retired else {})}
    world.publish(element("m.value", "值", code_list=reference, **coded))
    alive = people(world, {"elements": ["m.value@1"]}, random, KINDS)
    if not retired and random.random() < 0.3:
        world.publish_schema("card", {"x-code-list": {"id": "m.list", "version": 1}})
        alive.add(("schema", "card", "1"))
    draft = code_list("m.list", *changed(rows, random), version=2)
    probe = World.new()
    probe.publish(lists=[code_list("m.list", *rows), draft])
    lost = lost_codes(probe, retired)
    return judge(world, bool(lost), alive, lambda: world.publish(lists=[draft]), lambda witness: False)


def one_codes(random: Random) -> str:
    """A new version of an element that takes its codes from another version of the list, or from none."""
    world = World.new()
    rows = codes(random)
    drafts = [code_list("m.list", *rows), code_list("m.list", *changed(rows, random), version=2)]
    world.publish(lists=drafts)
    coded = {"representation": "code", "format": "an1", **FORCE}
    old = element("m.value", "值", code_list={"id": "m.list", "version": 1}, **coded)
    new = {**old, "version": 2, "code_list": {"id": "m.list", "version": 2}}
    free = random.random() < 0.15
    if free:
        new = {**element("m.value", "值", format="an..9", **FORCE), "version": 2}
    world.publish(old)
    alive = people(world, {"elements": ["m.value@1"]}, random, KINDS)
    lost = [] if free else lost_codes(world, False)
    return judge(world, bool(lost), alive, lambda: world.publish(new), lambda witness: False)


PERSON: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 20},
        "age": {"type": "integer", "minimum": 0},
        "sex": {"enum": ["1", "2", "9"]},
        "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 4},
    },
    "required": ["name"],
    "additionalProperties": False,
}


def one_schema(random: Random) -> str:
    """A published schema whose users are noted; its own mode forbids nothing."""
    world = World.new()
    world.publish_schema("person", PERSON)
    alive = people(world, {"schemas": ["person@1"], "elements": ["other.note@1"]}, random, TOLD)
    new = {**PERSON, "properties": {name: dict(own) for name, own in PERSON["properties"].items()}}
    changes: list[Any] = [
        lambda: new["properties"]["name"].update(maxLength=random.choice([5, 20, 40])),
        lambda: new["properties"]["age"].update(minimum=random.choice([-1, 0, 18])),
        lambda: new["properties"]["age"].update(maximum=random.choice([50, 150])),
        lambda: new["properties"]["age"].update(type=random.choice(["number", "string", "integer"])),
        lambda: new["properties"]["sex"].update(enum=random.choice([["1", "2"], ["1", "2", "9", "x"]])),
        lambda: new["properties"]["tags"].update(maxItems=random.choice([2, 8])),
        lambda: new["properties"]["tags"].update(
            items=random.choice([True, {"type": "string", "minLength": 1}])
        ),
        lambda: new.update(required=random.choice([[], ["name"], ["name", "age"]])),
        lambda: new["properties"].update(note={"type": "string"}),
        lambda: new["properties"].pop("sex"),
        lambda: new.update(description="said otherwise", title="person"),
    ]
    for change in random.sample(changes, random.randint(1, 2)):
        if change is not changes[4] or "sex" in new["properties"]:
            change()
    before, after = Validator(PERSON), Validator(new)
    lost = [d for d in documents() if before.verdict(d) and not after.verdict(d)]

    def proved(witness: Any) -> bool:
        return before.verdict(witness) and not after.verdict(witness)

    return judge(world, bool(lost), alive, lambda: world.publish_schema("person", new), proved)


def documents() -> list[Any]:
    names, ages = ["", "a", "a" * 10, "a" * 20], [0, 1, 17, 18, 60, 200]
    rows: list[Any] = [{"name": name} for name in names]
    rows += [{"name": "a", "age": age} for age in ages]
    rows += [{"name": "a", "sex": sex} for sex in ("1", "2", "9")]
    return rows + [{"name": "a", "tags": tags} for tags in ([], [""], ["x"] * 3, ["x"] * 4)]
