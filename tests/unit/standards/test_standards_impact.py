"""Nothing that comes into force breaks what lives by an earlier version: everybody is named, or carried over."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from support.standards import FakeHolders, FakeRegistry, FakeUses, FakeWork, code_list, element, publish

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import BadInput, Incompatible
from gdbos_contracts.principal import Principal
from services.standards import handlers
from services.standards import schemas as wire
from services.standards.domain.compat import compare_history
from services.standards.domain.lifecycle import REGISTRAR
from services.standards.handlers import using

IN_FORCE = {"status": "standard"}
NAME = element("person.name", "姓名", format="an..50", **IN_FORCE)
NARROWER = {**NAME, "version": 2, "format": "an..20"}
SEX = {"id": "sex", "version": 1}
GENDER = element("person.sex", "性别", format="an1", representation="code", code_list=SEX, **IN_FORCE)


class House:
    """A registry with an item that uses a name and a sex."""

    def __init__(self) -> None:
        self.registry, self.uses = FakeRegistry(), FakeUses()
        self.publish(NAME, GENDER, lists=[code_list("sex", "1", "2", "9")])
        self.use("item", "enrol", "person.name@1", "person.sex@1")

    def use(self, kind: str, id: str, *elements: str, version: str = "1", **more: Any) -> None:
        row = wire.uses.UserElements().load(
            {"kind": kind, "id": id, "version": version, "elements": elements, **more}
        )
        using.note_told([row], self.registry, self.uses, FakeHolders(), FakeWork())

    def publish(
        self, *drafts: Any, lists: Any = (), dry_run: bool = False, rules: Any = ()
    ) -> dict[str, Any]:
        command = {"elements": drafts, "code_lists": lists, "dry_run": dry_run, "migrations": rules}
        return publish(command, self.registry, FakeWork(), self.uses)


@pytest.fixture
def house() -> House:
    return House()


def test_everybody_whom_it_would_break_is_named(house: House) -> None:
    house.use("source", "register", "person.name")
    house.use("item", "marry", "person.sex@1")
    with pytest.raises(Incompatible) as refused:
        house.publish(NARROWER)
    (broken,) = refused.value.more["breaks"]
    assert {(u["kind"], u["id"]) for u in broken["users"]} == {("item", "enrol"), ("source", "register")}
    assert (broken["from"], broken["to"]) == (1, 2) and broken["changes"][0]["kind"] == "maxLength"
    assert len(broken["witness"]["person.name"]) > 20
    assert {f.code for f in refused.value.faults} == {"in_use"} and len(refused.value.faults) == 2
    assert house.registry.element("person.name", 2) is None


def test_a_dry_run_reports_and_refuses_nothing(house: House) -> None:
    (broken,) = house.publish(NARROWER, dry_run=True)["impact"]
    assert broken["users"] == [{"kind": "item", "id": "enrol", "version": "1"}]
    assert house.publish({**NARROWER, "format": "an..90"}, dry_run=True)["impact"] == []


def test_what_nobody_lives_by_breaks_nobody(house: House) -> None:
    house.use("item", "enrol", "person.sex@1", version="2")  # its newest version has no use for a name
    assert house.publish(NARROWER)["elements"] == ["person.name@2"]


def test_the_tenth_version_is_newer_than_the_ninth(house: House) -> None:
    house.use("item", "enrol", "person.sex@1", version="10")
    house.use("item", "enrol", "person.name@1", version="9")
    assert house.publish(NARROWER)["elements"] == ["person.name@2"]


def test_a_rule_carries_the_values_over(house: House) -> None:
    rule = {"id": "person.name", "old": 1, "new": 2, "up": "substring(value, 1, 20)", "down": "value"}
    assert house.publish(NARROWER, rules=[rule])["elements"] == ["person.name@2"]
    (kept,) = house.registry.rules("person.name", 2)
    assert kept.upgrade("x" * 30) == "x" * 20 and kept.downgrade("y") == "y"


@pytest.mark.parametrize("up", ["value", "null", "substring(value, 1, 30)"])
def test_a_rule_that_does_not_carry_the_witness_over_mends_nothing(house: House, up: str) -> None:
    rule = {"id": "person.name", "old": 1, "new": 2, "up": up, "down": ""}
    with pytest.raises(Incompatible):
        house.publish(NARROWER, rules=[rule])
    assert house.registry.migrations == []


def test_a_rule_that_is_no_feel_is_pointed_at(house: House) -> None:
    rule = {"id": "person.name", "old": 1, "new": 2, "up": "if (", "down": ""}
    with pytest.raises(BadInput) as refused:
        house.publish(NARROWER, rules=[rule])
    assert refused.value.faults[0].pointer == "/migrations/0/up"


def test_a_code_that_goes_without_a_successor_breaks_who_uses_it(house: House) -> None:
    with pytest.raises(Incompatible) as refused:
        house.publish(lists=[code_list("sex", "1", "2", version=2)])
    (broken,) = refused.value.more["breaks"]
    assert broken["witness"] == "9" and broken["users"][0]["id"] == "enrol"
    gone = {"value": "9", "valid_to": "2026-01-01", "replaced_by": ["1"]}
    assert house.publish(lists=[code_list("sex", "1", "2", gone, version=2)])["code_lists"] == ["sex@2"]


def test_a_schema_that_names_the_list_is_a_user(house: House) -> None:
    house.use("item", "enrol", version="2")
    house.use("item", "enrol", "person.name@1", version="2")
    house.uses.replace("schema", "s", "1", [using.Use("schema", "s", "1", "sex", 1)])
    with pytest.raises(Incompatible) as refused:
        house.publish(lists=[code_list("sex", "1", version=2)])
    assert [u["kind"] for u in refused.value.more["breaks"][0]["users"]] == ["schema"]


def test_a_draft_is_looked_at_when_it_comes_into_force(house: House) -> None:
    house.publish({**NARROWER, "status": "consultation"})
    registrar = Principal(id="r", kind="admin", name="", roles=(REGISTRAR,))
    command = {"id": "person.name", "version": 2, "status": "trial", "note": ""}
    ports = (registrar, house.registry, house.uses, compare_history, FakeWork())
    with pytest.raises(Incompatible):
        handlers.set_status(command, *ports)
    house.use("item", "enrol", "person.sex@1", version="2")
    assert handlers.set_status(command, *ports) == {"status": "trial"}


FORMATS = ["an..50", "an2..30", "an10", "n..9", "n6", "n..8,2"]


@pytest.mark.parametrize("seed", range(8))
def test_every_breaking_mutation_is_found(seed: int) -> None:
    """Formats, patterns and codes are changed at random; values of the old version are the oracle: whenever one
    of them is refused by the new version, the user is named."""
    random, broken = Random(seed), 0
    for _ in range(25):
        house, id = House(), "m.value"
        old = element(id, "值", **IN_FORCE, format=random.choice(FORMATS))
        new = {**old, "version": 2, "format": random.choice(FORMATS)}
        if random.randrange(3) == 0:
            new["pattern"] = random.choice(["^a", "^[0-9]+$"])
        house.publish(old)
        house.use("item", "user", f"{id}@1")
        report = house.publish(new, dry_run=True)["impact"]
        house.uses.rows.clear()
        house.publish(new)
        before, after = (schema(house.registry, id, version) for version in (1, 2))
        samples = ["a", "ab", "abcdefghij", "a" * 30, "a" * 50, "1", "123456", "12345678", "1.5", "0"]
        lost = [v for v in samples if before.verdict({id: v}) and not after.verdict({id: v})]
        broken += bool(lost)
        assert not lost or [u["id"] for u in report[0]["users"]] == ["user"], (old, new, lost)
        for each in report:
            witness = each.get("witness")
            assert witness is None or (before.verdict(witness) and not after.verdict(witness))
    assert broken


def schema(registry: FakeRegistry, id: str, version: int) -> Validator:
    references = [{"element": id, "version": version, "required": True}]
    return Validator(handlers.compose(references, None, registry)["schema"])
