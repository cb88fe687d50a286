"""好差評 (國辦發〔2019〕51號, GB/T 39734, 39735): five levels, once for each visit; a bad one is looked into.

Level 1 is 非常滿意 and 5 is 非常不滿意, whatever the channel shows; stars count the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.workflow.domain.case import Case

Json = Mapping[str, Any]
BEST, WORST = 1, 5
BAD_FROM = 4
RECTIFY_DAYS = 15
"""Working days from the verification, where the item says nothing."""
REASONS = ("slow", "attitude", "unclear", "repeated", "unskilled", "platform", "other")
CHANNELS = ("pc", "mobile", "qr", "hall", "terminal", "phone", "sms")
WHOLE, INTAKE = "whole", "intake"
STEPS = (INTAKE, WHOLE)
LEAST_SHOWN = 5
"""Figures of fewer ratings would tell a clerk who gave them."""

GIVEN, VERIFYING, APPEALED, RECTIFYING = "given", "verifying", "appealed", "rectifying"
RECTIFIED, ANSWERED, REMOVED, WITHDRAWN = "rectified", "answered", "removed", "withdrawn"
AGENCY, SUPERVISOR = "agency_admin", "supervisor"
MOVES: Mapping[tuple[str, str], tuple[str, str]] = {
    (VERIFYING, "confirm"): (RECTIFYING, AGENCY),
    (VERIFYING, "appeal"): (APPEALED, AGENCY),
    (APPEALED, "uphold"): (RECTIFYING, SUPERVISOR),
    (APPEALED, "remove"): (REMOVED, SUPERVISOR),
    (RECTIFYING, "rectify"): (RECTIFIED, AGENCY),
    (RECTIFIED, "call_back"): (ANSWERED, AGENCY),
}
"""(stage, action) → (next stage, who may). The staff may contest 誤評; they do not judge their own appeal."""
STARTED = frozenset({RECTIFYING, RECTIFIED, ANSWERED})


def level_of(stars: int) -> int:
    """5★ is level 1."""
    return BEST + WORST - stars


def is_bad(level: int) -> bool:
    """4 不滿意 and 5 非常不滿意 are 差評."""
    return level >= BAD_FROM


def may_rate(case: Case, step: str) -> bool:
    """At the window once it was accepted, the whole once it is over. A bundle is rated by its members."""
    if case.kind != "item":
        return False
    return not case.open if step == WHOLE else bool(case.body.get("accepted_on"))


def moved(stage: str, action: str, kind: str) -> str | None:
    """The next stage; None when `kind` of principal may not do that now."""
    following, who = MOVES.get((stage, action), ("", ""))
    return following if following and who == kind else None


def after_withdrawal(stage: str) -> str:
    """A rectification that has begun is finished and answered for, whether the rating still stands or not."""
    return stage if stage in STARTED else WITHDRAWN


def counts(row: Json) -> bool:
    """Whether the rating counts in the figures: not when it was an error, and not when it was taken back."""
    return row["stage"] != REMOVED and row["withdrawn_at"] is None


def told(row: Json) -> dict[str, Any]:
    """What the one who rated sees: with the answer of the agency, once there is one."""
    shown = ("case_no", "step", "reasons", "comment", "at", "stage", "rectify_by", "withdrawn_at")
    answers = [entry for entry in row["log"] if entry["action"] in ("rectify", "call_back", "remove")]
    return {**{name: row[name] for name in shown}, "score": row["level"], "answers": answers}


def figures(rows: Iterable[Json]) -> list[dict[str, Any]]:
    """[{agency, ratings, levels, satisfied, bad, rectified, answered}] by agency: `levels` by level, `satisfied`
    the share of levels 1 to 3 in percent; None where too few rated."""
    held: dict[str, list[Json]] = {}
    for row in rows:
        held.setdefault(row["agency"], []).append(row)
    return [_figures(agency, held[agency]) for agency in sorted(held)]


def _figures(agency: str, rows: list[Json]) -> dict[str, Any]:
    counted = [row for row in rows if counts(row)]
    if len(counted) < LEAST_SHOWN:
        return {"agency": agency, "name": rows[0]["agency_name"], "ratings": None}
    bad = [row for row in counted if is_bad(row["level"])]
    return {
        "agency": agency,
        "name": rows[0]["agency_name"],
        "ratings": len(counted),
        "levels": {str(n): sum(row["level"] == n for row in counted) for n in range(BEST, WORST + 1)},
        "satisfied": round(100 * (len(counted) - len(bad)) / len(counted), 1),
        "bad": len(bad),
        "rectified": sum(row["stage"] in (RECTIFIED, ANSWERED) for row in bad),
        "answered": sum(row["stage"] == ANSWERED for row in bad),
    }
