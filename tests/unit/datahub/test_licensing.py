"""撤銷 of a licence: by its issuer, once, and told in the same commit to the case that made it."""

from __future__ import annotations

from typing import Any

import pytest
from support.hub import FakeContracts, FakeLicences, licence
from support.standards import FakeWork

from gdbos_contracts.envelope import Event
from gdbos_contracts.errors import Conflict, Forbidden, NotFound
from gdbos_contracts.principal import Principal
from services.datahub import handlers

REVOKE = {"licence": "1", "reason": "x"}


@pytest.fixture
def licences() -> FakeLicences:
    held = FakeLicences()
    draft = {**licence({"firm.name": "甲"}), "issuer": "A", "case_no": "CASE"}
    handlers.register_licences([draft], held, FakeContracts(), FakeWork())  # type: ignore[arg-type]
    return held


def revoke(licences: FakeLicences, who: Principal, command: dict[str, str] = REVOKE) -> FakeWork:
    work = FakeWork()
    handlers.revoke_licence(command, who, licences, work)  # type: ignore[arg-type]
    return work


def of(agency: str, kind: str = "agency_admin") -> Principal:
    return Principal("who", kind, "", (), agency)


def told(licences: FakeLicences) -> FakeWork:
    work = FakeWork()
    event = Event("e", "result.revoked", "workflow", "c", "2026-01-01T00:00:00+08:00", {"licence": "1"})
    handlers.revoke(event, licences, work)  # type: ignore[arg-type]
    return work


def test_its_issuer_revokes_it_and_the_case_is_told_in_that_commit(licences: FakeLicences) -> None:
    work = revoke(licences, of("A"))
    assert work.emitted == [("licence.revoked", "CASE")] and work.commits == 1
    assert work.said == [("licence.revoked", {"licence": "1", "reason": "x"})]
    assert licences.held["1"].status == "revoked"


def test_what_is_revoked_is_told_once(licences: FakeLicences) -> None:
    assert told(licences).emitted == [("licence.revoked", "CASE")]
    assert told(licences).emitted == []
    with pytest.raises(Conflict):
        revoke(licences, of("A"))


@pytest.mark.parametrize(
    ("who", "command", "error"),
    [
        (of("B"), REVOKE, NotFound),
        (of("A"), {**REVOKE, "licence": "2"}, NotFound),
        (of("A", "clerk"), REVOKE, Forbidden),
        (of("A", "person"), REVOKE, Forbidden),
        (of("A", "supervisor"), REVOKE, Forbidden),
    ],
)
def test_nobody_else_revokes_it(
    who: Principal, command: dict[str, str], error: type[Exception], licences: FakeLicences
) -> None:
    with pytest.raises(error):
        revoke(licences, who, command)
    assert licences.held["1"].status == "in_force"


def test_one_that_no_case_made_is_revoked_without_a_word() -> None:
    held: Any = FakeLicences()
    handlers.register_licences(
        [{**licence({"firm.name": "乙"}), "issuer": "A"}], held, FakeContracts(), FakeWork()
    )  # type: ignore[arg-type]
    assert revoke(held, of("A")).emitted == []
