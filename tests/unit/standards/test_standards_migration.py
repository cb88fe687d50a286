"""A migration rule carries over whatever may have been written, not the one document that showed the break."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.standards import code_list, element
from support.standards_users import World

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import Incompatible
from services.standards import handlers
from services.standards.domain.compat.instances import MOST, instances
from services.standards.domain.migration import MigrationRule

VALUE = element("m.value", "值", format="an..50", status="standard")
TEXTS = [character * length for character in ("a", "1", "Z") for length in range(1, 51)]


def rule(up: str, **words: Any) -> dict[str, Any]:
    return {"id": "m.value", "old": 1, "new": 2, "up": up, "down": "", **words}


def world(*drafts: Any, **more: Any) -> World:
    found = World.new()
    found.publish(VALUE, *drafts, **more)
    found.tell("item", "a", "1", elements=["m.value@1"])
    return found


def schema_of(draft: Any) -> Any:
    probe = World.new()
    probe.publish(draft)
    reference = {"element": draft["id"], "version": draft["version"], "required": True}
    return handlers.compose([reference], None, probe.registry)["schema"]


def refused(found: World, draft: Any, *rules: Any, **more: Any) -> dict[str, Any] | None:
    """The break, or None when it came into force."""
    try:
        found.publish(draft, migrations=rules, **more)
    except Incompatible as problem:
        (broken,) = problem.more["breaks"]
        return dict(broken)
    return None


@pytest.mark.parametrize(
    "up",
    [
        'if string length(value) = 50 then "x" else value',
        'if string length(value) > 21 then "x" else value',
        'if starts with(value, "a") then substring(value, 1, 20) else value',
        "null",
        "substring(value, 1, 21)",
        '"" + value + ""',
        "value + 1",
        "date(value)",
        "string(count(for i in 1..100000 return i))",
    ],
)
def test_a_rule_that_fails_for_any_value_is_refused_with_it(up: str) -> None:
    narrow = {**VALUE, "version": 2, "format": "an..20"}
    broken = refused(world(), narrow, rule(up))
    assert broken is not None
    before, after = Validator(schema_of({**VALUE})), Validator(schema_of({**narrow, "version": 1}))
    assert before.verdict(broken["witness"]) and not after.verdict(broken["carried"])


@pytest.mark.parametrize(
    "up", ["substring(value, 1, 20)", '"x"', 'if string length(value) > 20 then "x" else value']
)
def test_a_rule_that_carries_every_value_over_is_taken(up: str) -> None:
    assert refused(world(), {**VALUE, "version": 2, "format": "an..20"}, rule(up)) is None


def test_every_code_is_carried_not_only_those_that_are_lost() -> None:
    """A rule that turns a code that stays into none is no way to go."""
    first, second = code_list("l", "1", "2", "3"), code_list("l", "1", "2", version=2)

    def again(up: str) -> dict[str, Any] | None:
        found = World.new()
        found.publish(lists=[first])
        coded = {"representation": "code", "format": "an1", "status": "standard"}
        found.publish(element("m.code", "码", code_list={"id": "l", "version": 1}, **coded))
        found.tell("item", "a", "1", elements=["m.code@1"])
        try:
            found.publish(lists=[second], migrations=[rule(up, id="l")])
        except Incompatible as problem:
            return dict(problem.more["breaks"][0])
        return None

    assert again('if value = "3" then "1" else value') is None
    broken = again('if value = "3" then "1" else null')
    assert broken is not None and broken["witness"] == {"code": "1"} and broken["carried"] == {"code": None}


OLD = {
    "type": "object",
    "properties": {"name": {"type": "string", "maxLength": 9}, "age": {"type": "integer"}},
}
NEW = {
    **OLD,
    "properties": {"name": {"type": "string", "maxLength": 9}, "age": {"type": "integer", "minimum": 0}},
}


@pytest.mark.parametrize(
    ("up", "taken"),
    [
        ('context put(value, "age", 0)', True),
        ('if value.age < 0 then context put(value, "age", 0) else value', True),
        ("{age: value.age}", False),
        ('context put(value, "name", 1)', False),
        ("if value.age = -1 then {} else value", False),
    ],
)
def test_a_document_is_carried_whole(up: str, taken: bool) -> None:
    found = World.new()
    found.publish_schema("person", OLD)
    found.tell("decision", "d", "1", schemas=["person@1"], elements=[])
    said = {"old": 1, "up": up, "down": ""}
    migrations = [{"from": said["old"], "up": said["up"]}]
    if taken:
        assert found.publish_schema("person", NEW, migrations=migrations)["version"] == 2
        return
    with pytest.raises(Incompatible) as problem:
        found.publish_schema("person", NEW, migrations=migrations)
    (broken,) = problem.value.more["breaks"]
    assert Validator(OLD).verdict(broken["witness"]) and not Validator(NEW).verdict(broken["carried"])


FORMATS = st.sampled_from(["an..50", "an..20", "an2..30", "n..9", "a..20", "an10", "n6"])
RULES = st.one_of(
    st.builds("substring(value, 1, {})".format, st.integers(1, 40)),
    st.builds(
        'if string length(value) > {} then "{}" else value'.format,
        st.integers(1, 40),
        st.sampled_from(["a", "1", "123456", "a234567890"]),
    ),
    st.sampled_from(
        ["value", '"1"', '"123456"', '"aaaaaaaaaa"', 'replace(value, "[^0-9]", "1")', "upper case(value)"]
    ),
)


@given(FORMATS, FORMATS, RULES)
def test_what_is_taken_loses_nothing_and_what_is_refused_is_proved(old: str, new: str, up: str) -> None:
    first = {**VALUE, "format": old}
    second = {**first, "version": 2, "format": new}
    found = World.new()
    found.publish(first)
    found.tell("item", "a", "1", elements=["m.value@1"])
    before, after = Validator(schema_of(first)), Validator(schema_of({**second, "version": 1}))
    made = MigrationRule("m.value", 1, 2, up)
    broken = refused(found, second, rule(up))
    if broken is not None:
        assert before.verdict(broken["witness"]) and not after.verdict(broken["carried"])
        assert broken["carried"] == {"m.value": made.upgrade(broken["witness"]["m.value"])}
        return
    held = [text for text in TEXTS if before.verdict({"m.value": text})]
    if all(after.verdict({"m.value": text}) for text in held):
        return
    assert [t for t in held if not after.verdict({"m.value": made.upgrade(t)})] == []


SCHEMAS = st.recursive(
    st.sampled_from(
        [
            {"type": "string", "maxLength": 3},
            {"type": "integer", "minimum": 0},
            {"enum": ["a", "b", 1]},
            {"type": "string", "pattern": "^[a-c]+$"},
            True,
        ]
    ),
    lambda inner: st.one_of(
        st.builds(lambda a, b: {"anyOf": [a, b]}, inner, inner),
        st.builds(lambda a: {"type": "array", "items": a}, inner),
        st.builds(
            lambda a, b: {"type": "object", "properties": {"x": a, "y": b}, "required": ["x"]}, inner, inner
        ),
    ),
    max_leaves=5,
)


@given(SCHEMAS, SCHEMAS)
def test_instances_are_few_valid_and_the_same_every_time(schema: Any, beside: Any) -> None:
    found = instances(schema, beside)
    verdict = Validator(schema).verdict
    assert len(found) <= MOST and all(verdict(each) for each in found)
    assert found == instances(schema, beside)
