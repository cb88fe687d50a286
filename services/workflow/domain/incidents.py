"""Kinds of incidents, and which of them end with their case."""

from __future__ import annotations

TIMER, JOB, WATCH, PAPER = "timer", "job", "watch", "paper"
"""What failed: an automatic step, a job outside, what time alone does (handlers/watching.py), or the file of a
document (handlers/printing.py)."""
OUTLASTING = (WATCH, PAPER)
"""A case that ends has no more timers and jobs, whatever failed at them."""
CASE, RATING = "case", "rating"
"""What an incident is of."""


def over(kind: str, case_open: bool) -> bool:
    return not case_open and kind not in OUTLASTING
