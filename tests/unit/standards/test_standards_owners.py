"""What owners tell of themselves when they publish is what names them when a new version would break them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest
from support import hub
from support.standards import FakeHolders, FakeWork, element
from support.standards_users import World

from gdbos_contracts.errors import BadInput, Incompatible
from services.datahub.handlers import contracting, supplying
from services.standards import schemas as wire
from services.standards.handlers import using
from services.workflow.handlers import publishing

DMN = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:gdbos="urn:gdbos:bpmn:1" id="d" name="d" namespace="urn:d">
  <inputData id="i" {input}><variable name="born"/></inputData>
  <decision id="rule" name="rule"><variable name="rule"/><literalExpression><text>{text}</text></literalExpression></decision>
</definitions>"""
CONTRACT: dict[str, Any] = {
    "subject": "source:register",
    "version": 1,
    "agency": "A",
    "schema": {"type": "object", "properties": {}},
    "tags": {},
    "rules": [],
}
SOURCE: dict[str, Any] = {
    "id": "register",
    "agency": "A",
    "name": {"zh-Hans": "登记", "zh-Hant": "登記", "en": "register"},
    "kind": "csv",
    "location": "x.csv",
    "subject": "other.key",
    "columns": {"other.key": "K", "m.value": "V"},
}
Told = list[dict[str, Any]]


class Processes:
    """The part of the port Processes that publishes decisions."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[int, str]] = {}

    def decision_digest(self, id: str) -> tuple[int, str] | None:
        return self.held.get(id)

    def add_decision(self, id: str, version: int, text: str, digest: str) -> None:
        self.held[id] = version, digest


def said(work: FakeWork) -> Told:
    """The rows of `elements.used`, which left in the commit that published."""
    assert work.commits == 1
    return [use for type, data in work.said if type == "elements.used" for use in data["uses"]]


def decision(work: FakeWork, processes: Processes | None = None, **words: str) -> Told:
    text = DMN.format(**{"input": 'name="born" gdbos:element="m.value@1"', "text": "born", **words})
    command = {"id": "d", "dmn": text, "dry_run": False}
    publishing.publish_decision(command, processes or Processes(), work)  # type: ignore[arg-type]
    return said(work)


def contract(work: FakeWork, **said_of: Any) -> Told:
    drafts = [{**CONTRACT, **said_of}]
    ports = (hub.FakeContracts(), hub.FakeSources(), work)
    contracting.publish_contracts(drafts, hub.SYSTEM, False, *ports)  # type: ignore[arg-type]
    return said(work)


def source(work: FakeWork, **said_of: Any) -> Told:
    class Legacy:
        def columns(self, source: Any) -> list[str]:
            return ["K", "V", "W"]

    ports = (hub.FakeSources(), hub.FakeContracts(), Legacy(), work)
    supplying.publish_sources([{**SOURCE, **said_of}], False, *ports)  # type: ignore[arg-type]
    return said(work)


RULE = [{"id": "r", "expression": "m.value != null", "message": hub.SAID}]
STATED = {"type": "object", "properties": {"m.value": {"type": "string"}}}
OWNERS: dict[str, tuple[Callable[..., Told], dict[str, Any], set[str]]] = {
    "a decision by its attribute": (decision, {}, {"decision d@1"}),
    "a decision by the name of its input": (decision, {"input": 'name="m.value"'}, {"decision d@1"}),
    "a decision that reads another": (decision, {"input": 'name="x" gdbos:element="other.note"'}, set()),
    "a contract by its schema": (contract, {"schema": STATED}, {"contract source:register@1"}),
    "a contract by a passage": (contract, {"up": {"m.value": '"x"'}}, {"contract source:register@1"}),
    "a policy by a tag": (contract, {"tags": {"m.value": ["sensitive"]}}, {"policy source:register@1"}),
    "a policy by a rule": (contract, {"rules": RULE}, {"policy source:register@1"}),
    "a mapping": (source, {}, {"source register@1"}),
    "a mapping and its policy": (source, {"sharing": "consent"}, {"source register@1", "policy register@1"}),
}


def note(world: World, rows: Told) -> None:
    loaded = [wire.uses.UserElements().load(row) for row in rows]
    using.note_told(loaded, world.registry, world.uses, FakeHolders(), FakeWork())


def refused(world: World, draft: Mapping[str, Any]) -> set[str]:
    """Who is named when the draft is published; nobody when it is."""
    try:
        world.publish(draft)
    except Incompatible as problem:
        return {f"{u['kind']} {u['id']}@{u['version']}" for b in problem.more["breaks"] for u in b["users"]}
    return set()


@pytest.mark.parametrize("owner", OWNERS)
def test_a_change_that_breaks_a_live_owner_is_refused_with_its_name(owner: str) -> None:
    publish, words, named = OWNERS[owner]
    world = World.new()
    wide = element("m.value", "值", format="an..50", status="standard")
    world.publish(wide)
    rows = publish(FakeWork(), **words)
    note(world, rows)
    assert refused(world, {**wide, "version": 2, "format": "an..20"}) == named
    noted = {f"{use.kind} {use.id}@{use.version}" for use in world.uses.of_element("m.value", None)}
    assert noted == named
    for row in rows:
        user = (row["kind"], row["id"], row["version"])
        assert (f"{user[0]} {user[1]}@{user[2]}" in named) == any(
            use.element == "m.value" for use in world.uses.of_user(*user)
        )


@pytest.mark.parametrize("seed", range(40))
def test_of_many_owners_exactly_those_that_read_it_are_named(seed: int) -> None:
    """Owners of chance, a mutation of chance: a break names whoever read the element, and a widening nobody."""
    random = Random(seed)
    world, named = World.new(), set[str]()
    wide = element("m.value", "值", format="an..50", status="standard")
    world.publish(wide)
    for number, owner in enumerate(random.sample(sorted(OWNERS), random.randint(1, 5))):
        publish, words, users = OWNERS[owner]
        rows = [{**row, "id": f"{row['id']}.{number}"} for row in publish(FakeWork(), **words)]
        note(world, rows)
        named |= {user.replace("@1", f".{number}@1") for user in users}
    breaking = random.random() < 0.7
    draft = {
        **wide,
        "version": 2,
        "format": random.choice(["an..20", "n..9"] if breaking else ["an..90", "an..50"]),
    }
    assert refused(world, draft) == (named if breaking else set())


def test_a_newer_decision_frees_what_it_no_longer_reads() -> None:
    world, processes = World.new(), Processes()
    wide = element("m.value", "值", format="an..50", status="standard")
    world.publish(wide)
    note(world, decision(FakeWork(), processes))
    assert refused(world, {**wide, "version": 2, "format": "an..20"}) == {"decision d@1"}
    note(world, decision(FakeWork(), processes, input='name="born"'))
    assert refused(world, {**wide, "version": 2, "format": "an..20"}) == set()


def test_an_attribute_that_names_no_element_is_a_fault_and_nothing_is_kept() -> None:
    work, processes = FakeWork(), Processes()
    with pytest.raises(BadInput) as wrong:
        decision(work, processes, input='name="born" gdbos:element="Person"')
    assert [fault.pointer for fault in wrong.value.faults] == ["/dmn"]
    assert (processes.held, work.commits) == ({}, 0)


def test_a_rule_speaks_of_what_is_stated_and_not_of_a_part_of_it() -> None:
    rules = [
        {**RULE[0], "expression": "date(m.value).year > 2000 and m.value.year > 1 and a.b.c = 1 and d = 2"}
    ]
    (_, policy) = contract(FakeWork(), schema=STATED, rules=rules)
    assert policy["elements"] == ["a.b.c", "m.value"]
