"""Joint review: the rules without a database."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain import actions, opinions

AGENCIES = ("police", "water", "fire")
KINDS = sorted(opinions.KINDS)


def body(rule: dict[str, Any], *given: tuple[str, str | None]) -> dict[str, Any]:
    """A case whose agencies were asked in this order, with what they said; None while they have not."""
    held = []
    for number, (agency, opinion) in enumerate(given):
        faults = [{"message": agency}] if opinion == opinions.CORRECTION else []
        entry = opinions.request({}, agency, f"t{number}", "2026-11-24T10:00:00+08:00", "2026-12-01")
        held.append({**entry, "opinion": opinion, "faults": faults})
    agencies = [{"agency": name} for name in AGENCIES]
    return {"item": {"handling": {"joint_review": {**rule, "agencies": agencies}}}, "opinions": held}


SAID = st.lists(st.tuples(st.sampled_from(AGENCIES), st.sampled_from([*KINDS, None])), max_size=8)


@given(SAID, st.sampled_from(["stops", "lead_decides"]))
def test_nothing_is_granted_against_who_objects_or_has_not_answered(
    said: list[tuple[str, str | None]], rule: str
) -> None:
    """The newest opinion of each agency counts."""
    case = body({"objection": rule}, *said)
    newest = set(dict(said).values())
    against = opinions.against(case)
    assert (against is None) == (
        not newest & {None, "ask_correction"} and not (rule == "stops" and "object" in newest)
    )
    if against is None and "object" in newest:
        assert "reason" in actions.schema_of("grant", {}, case)["required"]


@given(SAID)
def test_an_agency_is_asked_again_exactly_until_its_opinion_stands(
    said: list[tuple[str, str | None]],
) -> None:
    newest = dict(said)
    asked = {each["agency"] for each in opinions.reviewers(body({}, *said))}
    assert asked == {name for name in AGENCIES if newest.get(name) in (None, "ask_correction")}


def test_one_notice_holds_the_faults_of_all_and_there_is_no_second() -> None:
    case = body({}, ("police", "ask_correction"), ("water", "ask_correction"))
    assert [each["by"] for each in opinions.faults_asked(case)] == ["police", "water"]
    assert actions.schema_of("correct", {}, case)["required"] == []
    case["correction"] = {"faults": []}
    assert opinions.faults_asked(case) == []
    assert "ask_correction" not in actions.offered(KINDS, case)


def test_silence_consents_nowhere_unless_the_item_names_the_rule() -> None:
    assert "silence" not in opinions.rule_of(body({}))
    assert opinions.against(body({"silence": {"basis": {}}}, ("police", None))) == "opinion_open"


@given(SAID, st.sampled_from(AGENCIES))
def test_no_agency_sees_the_opinion_of_another(said: list[tuple[str, str | None]], agency: str) -> None:
    case = body({}, *said)
    assert {each["agency"] for each in opinions.shown(case, agency)} <= {agency}
    assert all("faults" not in each for each in opinions.shown(case, ""))
    assert len(opinions.shown(case, None)) == len(said)


def test_what_an_agency_wrote_is_vouched_for_in_the_history_and_not_copied() -> None:
    said = actions.said("object", {"reason": "理由", "basis": "第一条"})
    assert "理由" not in str(said) and said != actions.said("object", {"reason": "理由", "basis": "第二条"})


def asking(*opinions_held: dict[str, Any], **rule: Any) -> dict[str, Any]:
    """An accepted case whose lead may ask `fire` as well."""
    case = body({"further": [{"agency": "fire"}], **rule})
    return {**case, "accepted_on": "2026-11-24", "opinions": list(opinions_held)}


def question(opinion: str | None, **more: Any) -> dict[str, Any]:
    entry = opinions.request({}, "fire", "further1", "2026-11-24T10:00:00+08:00", "2026-12-01")
    return {**entry, "question": "消防车道是否受影响", "opinion": opinion, **more}


def test_the_lead_asks_only_whom_the_item_names_and_nobody_twice_at_a_time() -> None:
    assert opinions.steps(asking()) == [opinions.ASK]
    assert actions.schema_of("ask_opinion", {}, asking())["properties"]["agency"]["enum"] == ["fire"]
    assert opinions.steps(asking(question(None))) == [opinions.WITHDRAW]
    assert opinions.steps({**asking(), "decision": {"action": "deny"}}) == []
    assert opinions.steps({**asking(), "accepted_on": None}) == []
    assert opinions.steps({"accepted_on": "2026-11-24"}) == []


def test_an_open_question_stands_against_the_grant_until_it_is_withdrawn() -> None:
    assert opinions.against(asking(question(None))) == "opinion_open"
    assert opinions.against(asking(question(None, withdrawn={"at": "x"}))) is None
    assert opinions.against(asking(question("object"))) == "objection_stands"
    assert opinions.withdrawable(asking(question("object"))) == []


def test_silence_on_a_question_by_hand_consents_only_where_the_rule_says_so_of_it() -> None:
    basis = {"zh-Hans": "第一条"}
    for silence, told in (({}, None), ({"basis": basis}, None), ({"basis": basis, "further": True}, basis)):
        case = asking(silence=silence)
        assert opinions.basis_of_silence(case, question(None)) == told
    by_process = opinions.request({}, "police", "t1", "x", "y")
    assert opinions.basis_of_silence(asking(silence={"basis": basis}), by_process) == basis
