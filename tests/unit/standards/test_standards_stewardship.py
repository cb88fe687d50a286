"""Who may do what with a standard: every role against every step, and submission by the steward alone."""

from __future__ import annotations

from typing import Any

import pytest
from support.standards import FakeRegistry, FakeUses, FakeWork, element, publish

from gdbos_contracts.errors import BadInput, Conflict, Forbidden
from gdbos_contracts.principal import Principal
from services.standards import handlers
from services.standards.domain import lifecycle
from services.standards.domain.compat import compare_history
from services.standards.domain.lifecycle import COUNCIL, REGISTRAR, STATUSES, STEWARD, TRANSITIONS

OURS, THEIRS = "11440305MB2X010153", "11440305MB2X01023X"
STEWARD_OF_OURS = Principal("a", "agency_admin", "甲", agency=OURS)
ADMIN = Principal("b", "admin", "乙")
PEOPLE = {
    "steward": STEWARD_OF_OURS,
    "another agency": Principal("c", "agency_admin", "丙", agency=THEIRS),
    "registrar": Principal("d", "clerk", "丁", roles=(REGISTRAR,)),
    "council": Principal("e", "clerk", "戊", roles=(COUNCIL,)),
    "admin": ADMIN,
    "citizen": Principal("f", "person", "己"),
}
HOLDS = {
    "steward": {STEWARD},
    "another agency": set(),
    "registrar": {REGISTRAR},
    "council": {COUNCIL},
    "admin": {STEWARD, REGISTRAR, COUNCIL},
    "citizen": set(),
}
DRAFT = element("a.name", "名称", steward=OURS)


def submit(principal: Principal, *drafts: Any, dry_run: bool = False) -> tuple[dict[str, Any], FakeRegistry]:
    registry = FakeRegistry()
    command = {"elements": list(drafts), "dry_run": dry_run}
    return handlers.submit(command, principal, registry, FakeUses(), compare_history, FakeWork()), registry


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("to", STATUSES)
@pytest.mark.parametrize("who", PEOPLE)
def test_every_step_is_taken_by_its_roles_and_by_nobody_else(status: str, to: str, who: str) -> None:
    registry = FakeRegistry()
    publish(
        {"elements": [{**DRAFT, "status": status}], "code_lists": [], "dry_run": False}, registry, FakeWork()
    )
    command = {"id": "a.name", "version": 1, "status": to, "note": ""}
    ports = (PEOPLE[who], registry, FakeUses(), compare_history, FakeWork())
    if (status, to) not in TRANSITIONS:
        with pytest.raises(Conflict):
            handlers.set_status(command, *ports)
    elif TRANSITIONS[status, to] & HOLDS[who]:
        assert handlers.set_status(command, *ports) == {"status": to}
    else:
        with pytest.raises(Forbidden):
            handlers.set_status(command, *ports)


def test_withdrawn_is_final_and_every_other_status_leads_on() -> None:
    for status in STATUSES:
        assert bool(lifecycle.steps(status, frozenset())) == (status != "withdrawn")


def test_the_steward_submits_drafts_of_its_own() -> None:
    answer, registry = submit(STEWARD_OF_OURS, DRAFT)
    assert answer["elements"] == ["a.name@1"] and registry.element("a.name") is not None


def test_a_dry_run_of_a_submission_keeps_nothing() -> None:
    answer, registry = submit(STEWARD_OF_OURS, DRAFT, dry_run=True)
    assert answer["elements"] == ["a.name@1"] and registry.elements == {}


@pytest.mark.parametrize("steward", [THEIRS, ""])
def test_an_element_of_another_steward_is_refused_with_all_that_comes_beside_it(steward: str) -> None:
    registry = FakeRegistry()
    command = {"elements": [DRAFT, element("b.name", steward=steward)], "dry_run": False}
    with pytest.raises(Forbidden):
        handlers.submit(command, STEWARD_OF_OURS, registry, FakeUses(), compare_history, FakeWork())
    assert registry.elements == {}
    assert submit(ADMIN, element("b.name", steward=steward))[0]["elements"] == ["b.name@1"]


def test_nothing_starts_as_a_standard() -> None:
    with pytest.raises(BadInput) as refused:
        submit(ADMIN, DRAFT, {**DRAFT, "id": "b.name", "status": "standard"})
    assert [f.pointer for f in refused.value.faults] == ["/elements/1/status"]


TITLED = Principal("g", "agency_admin", "庚", agency=OURS, roles=(STEWARD,))
"""Holds the role itself: of whatever has a steward."""
OWNERLESS = element("a.old", "旧名称", steward="")
EVERYBODY = {**PEOPLE, "titled": TITLED}
ADMINISTRATION = {"registrar", "council", "admin"}


def after(held: Any, who: str, steward: str) -> bool:
    """Whether the next version, of that steward, is taken."""
    registry = FakeRegistry()
    publish({"elements": [held], "code_lists": [], "dry_run": False}, registry, FakeWork())
    command = {"elements": [{**held, "version": 2, "steward": steward}], "dry_run": False}
    try:
        handlers.submit(command, EVERYBODY[who], registry, FakeUses(), compare_history, FakeWork())
    except Forbidden:
        assert (held["id"], 2) not in registry.elements
        return False
    return True


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("steward", ["", OURS])
def test_what_has_no_steward_is_followed_by_the_administration_alone(who: str, steward: str) -> None:
    assert after(OWNERLESS, who, steward) == (who in ADMINISTRATION)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(("status", "to"), [("draft", "consultation"), ("trial", "standard")])
def test_what_has_no_steward_is_moved_by_the_administration_alone(who: str, status: str, to: str) -> None:
    registry = FakeRegistry()
    drafts = [{**OWNERLESS, "status": status}]
    publish({"elements": drafts, "code_lists": [], "dry_run": False}, registry, FakeWork())
    command = {"id": "a.old", "version": 1, "status": to, "note": ""}
    ports = (EVERYBODY[who], registry, FakeUses(), compare_history, FakeWork())
    needed = TRANSITIONS[status, to] & (HOLDS.get(who, set()) - (set() if who == "admin" else {STEWARD}))
    if needed:
        assert handlers.set_status(command, *ports) == {"status": to}
    else:
        with pytest.raises(Forbidden):
            handlers.set_status(command, *ports)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("steward", ["", OURS, THEIRS])
def test_nobody_takes_over_what_another_answers_for(who: str, steward: str) -> None:
    held = {**DRAFT, "steward": THEIRS}
    mine = {"another agency": {THEIRS}, "admin": {"", OURS, THEIRS}, "titled": {OURS, THEIRS}}
    assert after(held, who, steward) == (steward in mine.get(who, set()))
