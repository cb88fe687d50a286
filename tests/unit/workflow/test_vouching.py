"""Licences that stand for materials: asked once, and nothing passes that was not asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pytest

from gdbos_contracts.errors import Conflict
from gdbos_contracts.principal import Principal
from services.workflow.handlers.vouching import all_known, vouched
from services.workflow.ports import Others

FIRM = Principal("firm", "firm", "A", subject={"firm.uscc": "91440300MA5FLCXG5L"})
ASKED = [{"id": "permit", "licence_type": "food"}]
GIVEN = [{"material": "permit", "licence": "L1"}]


class Hub:
    def __init__(self) -> None:
        self.asked: list[Sequence[Any]] = []

    def check_licences(self, claims: Sequence[Any], subject: Any) -> Sequence[Any]:
        self.asked.append(claims)
        return [{"valid": claim["licence"] == "L1"} for claim in claims]


def others(hub: Hub) -> Others:
    return Others(catalog=cast(Any, None), standards=cast(Any, None), hub=cast(Any, hub))


def test_nobody_is_asked_about_nothing() -> None:
    hub = Hub()
    assert vouched([], FIRM, others(hub)) == {} and hub.asked == []


def test_each_licence_has_the_answer_that_is_its_own() -> None:
    hub = Hub()
    claims = [{"licence": each, "type": "food"} for each in ("L2", "L1")]
    assert vouched(claims, FIRM, others(hub)) == {"L2": {"valid": False}, "L1": {"valid": True}}
    assert hub.asked == [claims]


def test_a_licence_that_came_meanwhile_is_not_let_through() -> None:
    assert all_known(ASKED, GIVEN, {"L1": {"valid": True}}) == {"L1": {"valid": True}}
    with pytest.raises(Conflict):
        all_known(ASKED, GIVEN, {"L2": {"valid": True}})
