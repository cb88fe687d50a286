"""The national calendar from the published notices, as the package chinesecalendar holds them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import chinese_calendar.constants as published

from services.workflow.domain.calendar import Calendar


@lru_cache(maxsize=1)
def national() -> Calendar:
    """Holidays and make-up days of every year the State Council has published."""
    last = max(published.holidays)
    return Calendar.of(published.holidays, published.workdays, date(last.year, 12, 31))
