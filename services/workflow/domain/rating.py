"""好差評 (國辦發〔2019〕51號): five levels, once; a bad one starts a rectification of 15 working days."""

from __future__ import annotations

VERY_SATISFIED, VERY_DISSATISFIED = 1, 5
BAD_FROM = 4
RECTIFY_DAYS = 15


def is_bad(score: int) -> bool:
    """4 不滿意 and 5 非常不滿意 are 差評."""
    return score >= BAD_FROM
