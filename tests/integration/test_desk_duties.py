"""Who may do what at the desk: holders, conflicts, undo, delegation, bulk, segregation of duties, minimisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zlib import crc32

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from support.desk import AGENCY, ANSWERS, CITIZEN, FIRE, MATERIALS, DeskHost, clerk
from support.engine_host import UnitOfWork

from gdbos_contracts.errors import BadInput, Forbidden, NotFound, StaleTask
from gdbos_contracts.principal import Principal
from gdbos_runtime.pseudonym import pseudonym
from gdbos_runtime.settings import Settings
from services.workflow.adapters import orm
from services.workflow.handlers import claiming, filtering

ANNA, BO, LEAD = clerk("anna"), clerk("bo"), clerk("lead", roles=("intake", "reviewer", "lead"))
FIREMAN = clerk("fireman", agency=FIRE)


@pytest.fixture(scope="module")
def desk(settings: Settings) -> DeskHost:
    return DeskHost(settings)


@pytest.fixture
def case(desk: DeskHost, request: pytest.FixtureRequest) -> str:
    number = f"duty-{crc32(request.node.name.encode())}"
    desk.file(number)
    return number


def audits(desk: DeskHost) -> int:
    with UnitOfWork(desk.store, writing=False) as work:
        return int(work.connection.scalar(sa.select(sa.func.count()).select_from(orm.runtime["audit"])) or 0)


def test_a_claim_again_is_the_same_claim(desk: DeskHost, case: str) -> None:
    first = desk.claim(case, ANNA)
    before = audits(desk)
    assert desk.claim(case, ANNA) == first and audits(desk) == before


def test_a_colleagues_task_says_who_has_it_and_nothing_is_written(desk: DeskHost, case: str) -> None:
    desk.claim(case, ANNA)
    before = audits(desk)
    for attempt in (
        lambda: desk.claim(case, BO),
        lambda: desk.claim(case, BO, "release"),
        lambda: desk.claim(case, BO, "undo"),
        lambda: desk.complete(case, BO, "accept"),
    ):
        with pytest.raises(StaleTask) as refused:
            attempt()
        assert refused.value.more == {"holder": "anna"}
    assert audits(desk) == before
    assert desk.shown(case, BO)["claimed_by"] == "anna"


def test_release_puts_back_and_undo_restores(desk: DeskHost, case: str) -> None:
    desk.claim(case, ANNA)
    assert desk.claim(case, ANNA, "release")["claimed_by"] is None
    assert desk.claim(case, ANNA, "undo")["claimed_by"] == "anna"
    assert desk.claim(case, ANNA, "undo")["claimed_by"] == "anna"  # repeated: done once


def test_what_a_colleague_changed_since_is_not_undone(desk: DeskHost, case: str) -> None:
    desk.claim(case, ANNA)
    desk.claim(case, ANNA, "release")
    desk.claim(case, BO)
    with pytest.raises(StaleTask) as refused:
        desk.claim(case, ANNA, "undo")
    assert refused.value.more == {"holder": "bo"}


def test_only_the_lead_assigns_and_only_to_who_may(desk: DeskHost, case: str) -> None:
    with pytest.raises(Forbidden):
        desk.assign(case, BO, ANNA)
    for stranger in (FIREMAN, clerk("x", roles=("issuer",)), Principal("bo", "person", "乙")):
        with pytest.raises(BadInput):
            desk.assign(case, stranger, LEAD)
    desk.claim(case, ANNA)
    assert desk.assign(case, BO, LEAD)["claimed_by"] == "bo"
    assert desk.claim(case, LEAD, "undo")["claimed_by"] == "anna"


def test_a_stand_in_acts_within_the_days_and_the_role(desk: DeskHost, case: str) -> None:
    desk.claim(case, ANNA)
    with desk.at(ANNA) as room:
        today = room.work.now.date()
        days = {"role": "intake", "first_day": today, "last_day": today + timedelta(days=3)}
        made = claiming.delegate(days, BO, ANNA, room)
    with desk.at(ANNA) as room:
        assert claiming.delegate(days, BO, ANNA, room) == made
    assert case in desk.listed(BO, queue="mine")
    with desk.at(BO) as room, pytest.raises(NotFound):
        claiming.end_delegation(made["id"], BO, room)
    desk.complete(case, BO, "accept")
    desk.claim(case, ANNA)
    with pytest.raises(StaleTask):  # the delegation is for intake, this is a review
        desk.complete(case, BO, "pass")
    with desk.at(ANNA) as room:
        claiming.end_delegation(made["id"], ANNA, room)
    assert case not in desk.listed(BO, queue="mine")


@pytest.mark.parametrize(
    ("change", "taker", "pointer"),
    [
        ({"role": "lead"}, BO, "/role"),
        ({}, FIREMAN, "/to"),
        ({}, ANNA, "/to"),
        ({"last_day": -1}, BO, "/until"),
        ({"last_day": 400}, BO, "/until"),
    ],
)
def test_a_delegation_that_cannot_stand_is_refused(
    desk: DeskHost, change: dict[str, Any], taker: Principal, pointer: str
) -> None:
    with desk.at(ANNA) as room:
        today = room.work.now.date()
        last = today + timedelta(days=change.get("last_day", 1))
        command = {"role": "intake", "first_day": today, **change, "last_day": last}
        with pytest.raises(BadInput) as refused:
            claiming.delegate(command, taker, ANNA, room)
    assert pointer in [f.pointer for f in refused.value.faults]


def test_a_preview_writes_nothing_and_then_all_or_none(desk: DeskHost, case: str) -> None:
    for number in (1, 2, 3):
        desk.file(f"{case}-{number}")
    ids = [desk.task(f"{case}-{n}") for n in (1, 2, 3)]
    desk.claim(f"{case}-3", BO)
    before = audits(desk)
    preview = desk.bulk(ANNA, operation="complete", ids=[*ids, ids[0]], action="accept")
    assert preview["will"] == ids[:2] and not preview["applied"]
    assert [(r["id"], r["code"], r["holder"]) for r in preview["refused"]] == [(ids[2], "stale_task", "bo")]
    refused = desk.bulk(ANNA, operation="complete", ids=ids, action="accept", dry_run=False)
    assert not refused["applied"] and audits(desk) == before
    assert {desk.element(f"{case}-{n}", ANNA) for n in (1, 2, 3)} == {"intake"}
    done = desk.bulk(ANNA, operation="complete", ids=ids[:2], action="accept", dry_run=False)
    assert done["applied"] and {desk.element(f"{case}-{n}", ANNA) for n in (1, 2)} == {"first"}
    assert desk.bulk(ANNA, operation="complete", ids=ids[:2], action="accept", dry_run=False)["applied"]


def test_an_unknown_action_and_a_finished_task_are_clear(desk: DeskHost, case: str) -> None:
    id = desk.task(case)
    with pytest.raises(BadInput) as refused:
        desk.complete(case, ANNA, "fly")
    assert [f.pointer for f in refused.value.faults] == ["/action"]
    desk.complete(case, ANNA, "accept", id)
    with pytest.raises(StaleTask) as stale:
        desk.complete(case, BO, "correct", id)
    assert stale.value.more == {"status": "done"}


def test_the_second_reviewer_is_another_person(desk: DeskHost, case: str, settings: Settings) -> None:
    """By account, and by the person behind two accounts; already when claiming."""
    same = pseudonym("110101199001011237", settings.signing_key())
    first, again = replace(ANNA, person=same), clerk("other-account", person=same)
    desk.forward(case, (ANNA, "accept"), (first, "pass"))
    for doer in (first, ANNA, again):
        for attempt in (lambda d=doer: desk.claim(case, d), lambda d=doer: desk.complete(case, d, "pass")):
            with pytest.raises(Forbidden):
                attempt()
    desk.complete(case, BO, "pass")


def test_nobody_works_on_an_application_of_their_own(desk: DeskHost, case: str, settings: Settings) -> None:
    """The same account; a clerk's account linked to the applicant; one linked to the agent who filed."""
    linked = clerk("linked", person=pseudonym(CITIZEN, settings.signing_key()))
    agent = Principal("agent", "agent", "丙", person=pseudonym("110101198001011235", settings.signing_key()))
    handler = clerk("handler", person=agent.person)
    desk.file(f"{case}-own", applicant="self")
    desk.file(f"{case}-filed", filer=agent)
    for number, doer in (
        (f"{case}-own", clerk("self")),
        (f"{case}-own", linked),
        (f"{case}-filed", handler),
    ):
        for attempt in (
            lambda n=number, d=doer: desk.shown(n, d),
            lambda n=number, d=doer: desk.claim(n, d),
            lambda n=number, d=doer: desk.complete(n, d, "accept"),
            lambda n=number, d=doer: desk.application(n, d) if d.id != "self" else desk.claim(n, d),
        ):
            with pytest.raises(NotFound):
                attempt()
        if doer.person:
            assert number not in desk.listed(doer)
    lead = replace(LEAD, roles=("intake", "lead"))
    with pytest.raises(BadInput):
        desk.assign(f"{case}-own", linked, lead)


def test_no_number_is_kept_for_a_clerk(desk: DeskHost, case: str) -> None:
    with UnitOfWork(desk.store, writing=False) as work:
        rows = [str(dict(r._mapping)) for r in work.connection.execute(sa.select(orm.task))]
        rows += [r.body for r in work.connection.execute(sa.select(orm.runtime["audit"]))]
    assert [row for row in rows if CITIZEN in row] == []


def test_another_agency_sees_what_its_task_names(desk: DeskHost, case: str) -> None:
    """`reads` names an element and a material; the task after it names nothing and sees nothing."""
    desk.forward(case, (ANNA, "accept"), (ANNA, "pass"), (BO, "pass"))
    shown = desk.shown(case, FIREMAN)
    assert shown["case"]["answers"] == {"premises.address": ANSWERS["premises.address"]}
    assert [m["material"] for m in shown["case"]["materials"]] == ["layout"]
    assert list(shown["schema"]["properties"]) == ["premises.address"]
    with pytest.raises(NotFound):
        desk.application(case, FIREMAN)
    desk.complete(case, FIREMAN, "pass")
    strict = desk.shown(case, FIREMAN)["case"]
    assert (strict["answers"], strict["materials"], strict["asked"], strict["elements"]) == ({}, [], [], [])


@pytest.mark.parametrize("kind", ["supervisor", "admin", "agency_admin"])
def test_who_supervises_sees_the_case_and_not_the_person(desk: DeskHost, case: str, kind: str) -> None:
    shown = desk.application(case, Principal("s", kind, "督", agency=AGENCY))
    assert shown["timeline"] is not None
    assert (shown["answers"], shown["materials"], shown["messages"]) == ({}, [], [])


def test_a_clerk_sees_through_the_case_what_the_tasks_show(desk: DeskHost, case: str) -> None:
    assert desk.application(case, ANNA)["answers"] == ANSWERS
    assert desk.application(case, clerk("issuer", roles=("issuer",)))["answers"] == {}


@given(names=st.sets(st.sampled_from([*ANSWERS, *MATERIALS])))
@profile(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_projection_holds_nothing_that_was_not_named(names: set[str]) -> None:
    from services.workflow.domain.entitlement import projected

    body = {
        "answers": ANSWERS,
        "elements": [{"element": e} for e in ANSWERS],
        "asked": [{"id": m} for m in MATERIALS],
        "materials": [{"material": m} for m in MATERIALS],
    }
    shown = projected(body, names)
    assert set(shown["answers"]) == names & set(ANSWERS) == {e["element"] for e in shown["elements"]}
    assert {m["material"] for m in shown["materials"]} == names & set(MATERIALS)


def test_filters_are_kept_by_clerk(desk: DeskHost) -> None:
    red = {"light": "red"}
    with desk.at(ANNA) as room:
        filtering.keep("急", red, ANNA, room)
    with desk.at(ANNA) as room:
        assert filtering.filters(ANNA, room) == {"filters": [{"name": "急", "query": red}]}
        assert filtering.filters(BO, room) == {"filters": []}
    with desk.at(BO) as room, pytest.raises(NotFound):
        filtering.forget("急", BO, room)
    for number in range(19):
        with desk.at(ANNA) as room:
            filtering.keep(f"f{number}", red, ANNA, room)
    with desk.at(ANNA) as room, pytest.raises(BadInput):
        filtering.keep("one too many", red, ANNA, room)
    with desk.at(ANNA) as room:
        assert filtering.forget("急", ANNA, room) == {"name": "急"}


@pytest.mark.parametrize("text", [CITIZEN, CITIZEN[:17] + "x", "13800138000"])
def test_personal_data_is_no_filter(desk: DeskHost, text: str) -> None:
    with pytest.raises(BadInput) as refused:
        desk.queue(ANNA, text=text)
    assert [f.code for f in refused.value.faults] == ["personal_text"]
    assert text not in str(refused.value.to_data())


def test_an_applicant_is_found_by_code(desk: DeskHost, case: str, settings: Settings) -> None:
    assert case in desk.listed(ANNA, text=pseudonym(CITIZEN, settings.signing_key()))
    assert desk.listed(ANNA, text=case) == [case]
    assert desk.listed(ANNA, text=pseudonym("110101199001011237", settings.signing_key())) == []
