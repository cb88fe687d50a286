"""Arrivals 受件 of a year as numbers: how many on a working day, and at which hour. Nothing of any one case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from services.workflow.domain.calendar import Calendar

YEAR = timedelta(days=365)
FEWEST = 10
"""Cases below which no hours are told: so few could be recognised."""
DAY_HOURS = (9, 10, 11, 14, 15, 16, 17)
"""Hours at which an office is open; what came before or between waited for the next of them."""


def profile(counts: Iterable[tuple[str, int, int]], calendar: Calendar, today: date) -> dict[str, Any]:
    """{since, until, cases, working_days, per_day, by_hour}. counts: (day, hour, cases)."""
    hours: Counter[int] = Counter()
    for _, hour, cases in counts:
        hours[next((each for each in DAY_HOURS if each >= hour), DAY_HOURS[0])] += cases
    cases, since = sum(hours.values()), today - YEAR
    working = calendar.between(since, today)
    return {
        "since": since.isoformat(),
        "until": today.isoformat(),
        "cases": cases,
        "working_days": working,
        "per_day": round(cases / working, 3) if working else 0.0,
        "by_hour": {str(hour): hours[hour] for hour in DAY_HOURS} if cases >= FEWEST else {},
    }
