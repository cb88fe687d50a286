"""The one gate of the hub: mappings, rows read in place, faces held, and that nothing goes past it."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from support.hub import (
    FIRST,
    SECOND,
    TYPE,
    FakeAccesses,
    FakeContracts,
    FakeLegacy,
    FakeLicences,
    FakeSources,
    licence,
    publish,
)
from support.standards import FakeWork

from gdbos_contracts.envelope import Event
from gdbos_contracts.errors import BadInput, Forbidden
from gdbos_contracts.principal import SYSTEM, Principal
from services.datahub import handlers
from services.datahub.domain.contract import DataContract
from services.datahub.domain.source import Source
from services.datahub.handlers import contracting
from services.datahub.handlers.supplying import Hub

REGISTER = {
    **SECOND,
    "subject": "source:register",
    "tags": {"firm.title": ["key"], "firm.staff": ["sensitive"]},
}
"""Version 2 of what the rows of a register hold to; version 1 called the firm's title its name."""


@pytest.fixture
def register_contracts() -> FakeContracts:
    found = FakeContracts()
    publish(found, {**FIRST, "subject": "source:register"}, REGISTER)
    return found


def mapping(*elements: str, **more: Any) -> dict[str, Any]:
    own = {"id": "register", "agency": "A", "name": {}, "kind": "csv", "location": "x", "sharing": "consent"}
    return {**own, "subject": elements[0], "columns": {name: name for name in elements}, **more}


def publish_source(
    contracts: FakeContracts, sources: FakeSources, *drafts: Mapping[str, Any], dry_run: bool = False
) -> tuple[dict[str, Any], FakeWork]:
    work = FakeWork()
    answer = handlers.publish_sources(drafts, dry_run, sources, contracts, FakeLegacy({}), work)  # type: ignore[arg-type]
    return answer, work


@pytest.mark.parametrize(
    ("draft", "pointer", "code"),
    [
        (mapping("firm.staff"), "/sources/1/columns/firm.title", "contract.required"),
        (mapping("firm.title", "firm.name"), "/sources/1/columns/firm.name", "contract.unknown"),
        (
            mapping("firm.title", "firm.staff", sharing="unconditional"),
            "/sources/1/sharing",
            "contract.sensitive",
        ),
        (mapping("firm.staff", contract=1), "/sources/1/columns/firm.name", "contract.required"),
        (mapping("firm.title", contract=3), "/sources/1/contract", "unknown"),
    ],
)
def test_a_mapping_that_breaks_the_contract_is_not_published(
    register_contracts: FakeContracts, draft: dict[str, Any], pointer: str, code: str
) -> None:
    for dry_run in (True, False):
        sources = FakeSources()
        with pytest.raises(BadInput) as refused:
            publish_source(
                register_contracts, sources, mapping("firm.title", id="other"), draft, dry_run=dry_run
            )
        assert [(f.pointer, f.code) for f in refused.value.faults] == [(pointer, code)]
        assert sources.held == {}


def test_a_mapping_stays_in_the_version_in_which_its_rows_are(register_contracts: FakeContracts) -> None:
    sources = FakeSources()
    publish_source(register_contracts, sources, mapping("firm.title"))
    assert sources.held["register"].contract == 2
    third = {**REGISTER, "version": 3, "up": {}, "down": {}, "tags": {}}
    publish(register_contracts, {**third, "schema": {**FIRST["schema"], "required": ["firm.code"]}})  # type: ignore[dict-item]
    answer, work = publish_source(register_contracts, sources, mapping("firm.title"))
    assert answer == {"changed": [], "unchanged": 1} and work.commits == 0
    with pytest.raises(BadInput):
        publish_source(register_contracts, sources, mapping("firm.title", contract=3))
    assert sources.held["register"].contract == 2


def prefill(
    contracts: FakeContracts,
    source: Source,
    row: Mapping[str, Any],
    *elements: str,
    consents: Sequence[str] = (),
) -> tuple[dict[str, Any], FakeWork, FakeAccesses, FakeLegacy]:
    sources, work, accesses, legacy = FakeSources(), FakeWork(), FakeAccesses(), FakeLegacy(row)
    sources.save(source)
    request = {
        "subject": {source.subject: "x"},
        "elements": list(elements),
        "consents": consents,
        "purpose": {},
    }
    hub = Hub(sources, FakeLicences(), legacy, contracts)  # type: ignore[arg-type]
    return handlers.prefill(request, SYSTEM, hub, accesses, work), work, accesses, legacy  # type: ignore[arg-type]


def test_a_row_that_breaks_the_contract_is_not_taken_and_the_element_is_asked(
    register_contracts: FakeContracts,
) -> None:
    source = Source.from_data(mapping("firm.title", "firm.staff", sharing="unconditional", contract=2))
    for row in (
        {"firm.title": "长" * 10},
        {"firm.title": "店", "firm.staff": 0},
        {"firm.title": "", "firm.staff": 3},
    ):
        found, work, accesses, _ = prefill(register_contracts, source, row, "firm.title")
        assert found["values"] == {} and found["missing"] == ["firm.title"] and accesses.rows == []
        assert [action for action, _ in work.audited] == ["contract.broken"]
    found, work, accesses, legacy = prefill(
        register_contracts, source, {"firm.title": "店", "firm.staff": 3}, "firm.title"
    )
    assert found["values"]["firm.title"]["value"] == "店" and len(accesses.rows) == 1
    assert legacy.asked == [{"firm.title", "firm.staff"}], "rules speak of whole rows"


def test_a_row_of_an_older_version_is_carried_up(register_contracts: FakeContracts) -> None:
    source = Source.from_data(mapping("firm.name", contract=1))
    found, *_ = prefill(
        register_contracts, source, {"firm.name": "一二三四五六七八九十"}, "firm.title", "firm.name"
    )
    assert found["values"]["firm.title"]["value"] == "一二三四五六七八九" and found["missing"] == [
        "firm.name"
    ]


def test_what_the_contract_calls_sensitive_goes_out_on_consent_alone(
    register_contracts: FakeContracts,
) -> None:
    source = Source.from_data(mapping("firm.title", "firm.staff", sharing="unconditional", contract=2))
    row = {"firm.title": "店", "firm.staff": 3}
    found, *_ = prefill(register_contracts, source, row, "firm.title", "firm.staff")
    assert set(found["values"]) == {"firm.title"} and found["consent_needed"] == ["firm.staff"]
    found, *_ = prefill(register_contracts, source, row, "firm.staff", consents=["firm.staff"])
    assert found["values"]["firm.staff"]["value"] == 3


def test_a_held_face_is_read_in_the_newest_version_and_can_always_be_revoked() -> None:
    contracts, licences = FakeContracts(), FakeLicences()
    publish(contracts, FIRST)
    draft = licence({"firm.name": "一二三四五六七八九十"}, holder={"firm.uscc": "x"})
    handlers.register_licences([draft], licences, contracts, FakeWork())  # type: ignore[arg-type]
    publish(contracts, {**SECOND, "tags": {"firm.title": ["sensitive"]}})
    hub = Hub(FakeSources(), licences, FakeLegacy({}), contracts)  # type: ignore[arg-type]
    request = {"subject": {"firm.uscc": "x"}, "elements": ["firm.title"], "consents": (), "purpose": {}}
    asked = handlers.prefill(request, SYSTEM, hub, FakeAccesses(), FakeWork())  # type: ignore[arg-type]
    assert asked["consent_needed"] == ["firm.title"]
    allowed = {**request, "consents": ["firm.title"]}
    found = handlers.prefill(allowed, SYSTEM, hub, FakeAccesses(), FakeWork())  # type: ignore[arg-type]
    assert found["values"]["firm.title"]["value"] == "一二三四五六七八九"
    contracts.held[f"licence:{TYPE}"].append(
        DataContract.from_data({**SECOND, "version": 3, "schema": {"not": {}}})
    )
    event = Event("e", "result.revoked", "workflow", "c", "2026-01-01T00:00:00+08:00", {"licence": "1"})
    handlers.revoke(event, licences, FakeWork())  # type: ignore[arg-type]
    assert licences.held["1"].status == "revoked" and licences.held["1"].face == draft["face"]


def test_the_contract_of_a_source_is_its_own_agency_s() -> None:
    sources = FakeSources()
    sources.save(Source.from_data(mapping("firm.title")))
    theirs = Principal(id="b", kind="agency_admin", name="", agency="B")
    with pytest.raises(Forbidden):
        publish(
            FakeContracts(),
            {**FIRST, "subject": "source:register", "agency": "B"},
            who=theirs,
            sources=sources,
        )
    ours = Principal(id="a", kind="agency_admin", name="", agency="A")
    assert publish(FakeContracts(), {**FIRST, "subject": "source:register"}, who=ours, sources=sources)[
        "published"
    ]


def test_a_licence_that_is_none_is_pointed_at_and_nothing_is_registered() -> None:
    for draft, pointer in (({"id": "1"}, "/licences/0/type"), (licence({}, colour=1), "/licences/0/colour")):
        licences = FakeLicences()
        with pytest.raises(BadInput) as refused:
            handlers.register_licences([draft], licences, FakeContracts(), FakeWork())  # type: ignore[arg-type]
        assert pointer in [fault.pointer for fault in refused.value.faults] and licences.held == {}


def test_only_the_gate_makes_what_the_stores_take() -> None:
    """The types keep every write path to it: this keeps the types' makers in one file, and all writing in the stores."""
    root = Path(contracting.__file__).parents[1]
    calls = {
        (
            path.relative_to(root).as_posix(),
            node.func.id if isinstance(node.func, ast.Name) else node.func.attr,
        )
        for path in root.rglob("*.py")
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute))
    }
    makers = {file for file, name in calls if name in ("KeptLicence", "KeptSource")}
    writers = {file for file, name in calls if name in ("insert", "update")}
    assert makers == {"handlers/keeping.py"}
    assert writers == {"adapters/contracts.py", "adapters/repository.py"}
