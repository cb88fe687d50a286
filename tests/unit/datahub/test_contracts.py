"""A data contract is kept on every write: schema, domain rules, and passages between versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from support.hub import (
    FIRST,
    SAID,
    SECOND,
    TYPE,
    FakeContracts,
    FakeLicences,
    licence,
    publish,
)
from support.standards import FakeWork

from gdbos_contracts.envelope import Event
from gdbos_contracts.errors import BadInput, Conflict, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.datahub import handlers
from services.datahub.handlers import contracting


@pytest.fixture
def contracts() -> FakeContracts:
    found = FakeContracts()
    assert publish(found, FIRST, SECOND)["published"] == [f"licence:{TYPE}@1", f"licence:{TYPE}@2"]
    return found


def register(contracts: FakeContracts, *drafts: Mapping[str, Any]) -> tuple[FakeLicences, FakeWork]:
    licences, work = FakeLicences(), FakeWork()
    handlers.register_licences(drafts, licences, contracts, work)  # type: ignore[arg-type]
    return licences, work


def test_what_breaks_the_contract_is_refused_at_its_field_and_nothing_is_written(
    contracts: FakeContracts,
) -> None:
    good = licence({"firm.title": "店"})
    for face, pointer in (
        ({"firm.title": 5}, "/licences/1/face/firm.title"),
        ({"firm.name": "店"}, "/licences/1/face"),
        ({"firm.title": "店", "firm.staff": 0}, "/licences/1/face"),
    ):
        licences, work = FakeLicences(), FakeWork()
        with pytest.raises(BadInput) as refused:
            handlers.register_licences([good, licence(face, id="2")], licences, contracts, work)  # type: ignore[arg-type]
        assert refused.value.faults[0].pointer.startswith(pointer)
        assert licences.held == {} and work.commits == 0
    assert refused.value.faults[0].code == "contract.staffed" and refused.value.faults[0].message == SAID


def test_a_record_of_an_older_version_is_carried_up(contracts: FakeContracts) -> None:
    licences, _ = register(contracts, licence({"firm.name": "一二三四五六七八九十"}, contract=1))
    assert licences.held["1"].face == {"firm.title": "一二三四五六七八九"}
    query = {
        "subject": f"licence:{TYPE}",
        "start": 2,
        "end": 1,
        "record": {"firm.title": "店", "firm.staff": 3},
    }
    assert contracting.convert(query, contracts) == {"record": {"firm.name": "店"}}
    for bad in ({"end": 3}, {"start": 0}, {"subject": "licence:none"}):
        with pytest.raises(NotFound):
            contracting.convert({**query, **bad}, contracts)
    with pytest.raises(BadInput):
        register(contracts, licence({}, contract=3))


def test_a_rule_that_flags_lets_in_and_says_so(contracts: FakeContracts) -> None:
    licences, work = register(contracts, licence({"firm.title": "店", "firm.staff": 500}))
    assert "1" in licences.held and ("contract.flag", "1") in work.audited


def test_an_issued_licence_is_held_to_it_too(contracts: FakeContracts) -> None:
    licences = FakeLicences()
    for face, kept in (({"firm.title": "长" * 10}, False), ({"firm.title": "店"}, True)):
        data = {"licence": licence(face)}
        event = Event("e", "result.issued", "workflow", "c", "2026-01-01T00:00:00+08:00", data)
        if kept:
            handlers.register_issued(event, licences, contracts, FakeWork())  # type: ignore[arg-type]
        else:
            with pytest.raises(BadInput):
                handlers.register_issued(event, licences, contracts, FakeWork())  # type: ignore[arg-type]
        assert bool(licences.held) is kept


def test_what_has_no_contract_is_written_as_it_is() -> None:
    licences, _ = register(FakeContracts(), licence({"any": 1}))
    assert licences.held["1"].face == {"any": 1}


def test_versions_follow_each_other_and_never_change(contracts: FakeContracts) -> None:
    assert publish(contracts, FIRST, SECOND) == {"published": [], "unchanged": 2}
    for draft in ({**SECOND, "version": 4}, {**FIRST, "tags": {}}):
        with pytest.raises(Conflict):
            publish(contracts, draft)
    assert contracting.contract(f"licence:{TYPE}", contracts)["versions"] == 2
    with pytest.raises(NotFound):
        contracting.contract("licence:none", contracts)


def test_only_the_agency_of_a_contract_changes_it(contracts: FakeContracts) -> None:
    third = {**SECOND, "version": 3, "tags": {}}
    ours = Principal(id="a", kind="agency_admin", name="", agency="A")
    theirs = Principal(id="b", kind="agency_admin", name="", agency="B")
    for who, draft in ((theirs, third), (theirs, {**third, "agency": "B"}), (ours, {**third, "agency": "B"})):
        with pytest.raises(Forbidden):
            publish(contracts, draft, who=who)
    assert publish(contracts, third, who=ours)["published"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"schema": {"type": "nothing"}}, "/contracts/0/schema/type"),
        ({"rules": [{"id": "r", "expression": "if (", "message": SAID}]}, "/contracts/0/rules/0/expression"),
        (
            {"rules": [{"id": "r", "expression": "true", "message": SAID, "action": "x"}]},
            "/contracts/0/rules/0/action",
        ),
        ({"up": {"a/b": ")"}}, "/contracts/0/up/a~1b"),
        ({"down": {"a": 5}}, "/contracts/0/down/a"),
        ({"more": 1}, "/contracts/0/more"),
        ({"subject": "table:x"}, "/contracts/0/subject"),
        ({"version": "1"}, "/contracts/0/version"),
    ],
)
def test_a_bad_contract_is_pointed_at(change: dict[str, Any], pointer: str) -> None:
    contracts = FakeContracts()
    with pytest.raises(BadInput) as refused:
        publish(contracts, {**FIRST, **change})
    assert pointer in [fault.pointer for fault in refused.value.faults] and contracts.held == {}
