"""Procedures as data of an item: what the workflow could not follow is refused before anybody applies."""

from __future__ import annotations

from typing import Any

import pytest
from support.house import ROOT

from gdbos_runtime import packs
from services.catalog.domain import procedures

AGENCY = {"agency": "11440305MB2X010821"}


@pytest.mark.parametrize(
    ("handling", "pointer"),
    [
        ({"joint_review": {}}, "/handling/joint_review"),
        ({"joint_review": {"agencies": []}}, "/handling/joint_review/agencies"),
        ({"joint_review": {"agencies": [{"name": {"en": "x"}}]}}, "/handling/joint_review/agencies/0"),
        ({"joint_review": {"agencies": [{**AGENCY, "days": 0}]}}, "/handling/joint_review/agencies/0/days"),
        ({"joint_review": {"agencies": [AGENCY], "objection": "x"}}, "/handling/joint_review/objection"),
        ({"joint_review": {"agencies": [AGENCY], "silence": {}}}, "/handling/joint_review/silence"),
        ({"hearing": {"required": "sometimes"}}, "/handling/hearing/required"),
        ({"stages": {"final_review": {"days": "20"}}}, "/handling/stages/final_review/days"),
        ({"delivery": {"notice_days": 0}}, "/handling/delivery/notice_days"),
        ({"archive": {"retention": "a while"}}, "/handling/archive/retention"),
    ],
)
def test_what_could_not_be_followed_is_refused_at_its_place(handling: dict[str, Any], pointer: str) -> None:
    assert [fault.pointer for fault in procedures.faults(handling)] == [pointer]


def test_the_items_of_the_packs_are_right_and_other_handling_is_left_alone() -> None:
    for name in ("starter", "procedures"):
        for item in packs.read(ROOT / "deploy" / "packs" / name).items:
            assert list(procedures.faults(item.get("handling", {}))) == []
    assert list(procedures.faults({"deferral": {"days": 3}, "numbering": "x"})) == []
