"""Stages 轉報: a lower agency's first review 初審, then the decision of the one above 終審, each with its own clock.

`handling.stages` of the item: {stage: {days, agency, name}}; a stage without an agency is the item's own. A task tells
its stage by `gdbos:stage`, and may be given to the stage's agency by `gdbos:agency="=stages.final_review.agency"`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.workflow.domain.limits import FIRST_REVIEW_DAYS

Json = Mapping[str, Any]


def rule_of(body: Json) -> Mapping[str, Json]:
    """{stage: {days, agency, name}}; {} where one agency does it all."""
    found: Mapping[str, Json] = body.get("item", {}).get("handling", {}).get("stages", {})
    return found


def owners(body: Json, agency: str) -> frozenset[str]:
    """The item's own agency and those that a stage gives it to: all of them handle the whole case."""
    return frozenset((agency, *(each["agency"] for each in rule_of(body).values() if each.get("agency"))))


def current(body: Json) -> dict[str, Any] | None:
    """The stage that the case is in; None where it has none."""
    held = body.get("stages")
    return held[-1] if held else None


def entered(body: Json, stage: str, agency: str, today: date, spent: int) -> dict[str, Any]:
    """A stage begins: the first on the day of acceptance, from which the law counts it. `spent` are the days that
    it had before it went to another stage and came back."""
    days = int(rule_of(body).get(stage, {}).get("days", FIRST_REVIEW_DAYS))
    start = body["accepted_on"] if not body.get("stages") else today.isoformat()
    return {
        "stage": stage,
        "agency": agency,
        "name": rule_of(body).get(stage, {}).get("name", {}),
        "days": max(0, days - spent),
        "started_on": start,
        "ended_on": None,
    }


def to_name(body: Json) -> Json:
    """The agency of the stage after the current one: to whom the case is reported; {} where none follows."""
    now, order = current(body), list(rule_of(body))
    later = order[order.index(now["stage"]) + 1 :] if now and now["stage"] in order else []
    found: Json = rule_of(body)[later[0]].get("name", {}) if later else {}
    return found


def upward(body: Json, stage: str, other: str) -> bool:
    """Whether `other` comes after `stage`, as the item orders them."""
    order = list(rule_of(body))
    return stage in order and other in order and order.index(stage) < order.index(other)
