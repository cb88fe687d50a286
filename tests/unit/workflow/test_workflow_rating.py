"""好差評: scales, stages, figures."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.workflow.domain import rating

STAGES = sorted({stage for stage, _ in rating.MOVES})


def row(level: int, stage: str = "given", withdrawn: str | None = None, agency: str = "a") -> dict[str, Any]:
    return {
        "agency": agency,
        "agency_name": {},
        "level": level,
        "stage": stage,
        "withdrawn_at": withdrawn,
    }


@pytest.mark.parametrize("stars", range(1, 6))
def test_five_stars_are_level_one(stars: int) -> None:
    """Hard case 14: the two scales run against each other, and twice is back again."""
    assert rating.level_of(5) == rating.BEST
    assert rating.level_of(rating.level_of(stars)) == stars
    assert rating.is_bad(rating.level_of(stars)) == (stars <= 2)


@pytest.mark.parametrize("stage", STAGES)
def test_what_began_to_be_put_right_goes_on_after_a_withdrawal(stage: str) -> None:
    """Hard case 19."""
    after = rating.after_withdrawal(stage)
    assert after == (stage if stage in ("rectifying", "rectified") else "withdrawn")
    assert not rating.counts(row(5, after, "2026-11-24"))


def test_the_agency_does_not_judge_its_own_appeal() -> None:
    for action in ("uphold", "remove"):
        assert rating.moved("appealed", action, "agency_admin") is None
        assert rating.moved("appealed", action, "supervisor") is not None


def test_no_clerk_and_no_applicant_moves_a_rating() -> None:
    for kind in ("clerk", "person", "agent", "admin"):
        assert [m for m in rating.MOVES if rating.moved(*m, kind)] == []


@given(st.lists(st.builds(row, st.integers(1, 5), st.sampled_from([*STAGES, "removed"])), max_size=12))
def test_figures_hide_few_and_add_up(rows: list[dict[str, Any]]) -> None:
    for figure in rating.figures(rows):
        counted = [each for each in rows if rating.counts(each)]
        assert (figure["ratings"] is None) == (len(counted) < rating.LEAST_SHOWN)
        if figure["ratings"] is not None:
            assert sum(figure["levels"].values()) == figure["ratings"] == len(counted)
            assert figure["bad"] == figure["levels"]["4"] + figure["levels"]["5"]
            assert 0 <= figure["answered"] <= figure["rectified"] <= figure["bad"]
