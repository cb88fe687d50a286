"""Days of the years 1800–2099 as a regular expression, leap days included."""

from __future__ import annotations

import re

_YEAR = "(?:18|19|20)[0-9]{2}"
_LEAP_YEAR = "(?:(?:1[89]|20)(?:0[48]|[2468][048]|[13579][26])|2000)"


def date_pattern(separator: str = "") -> str:
    """The pattern of year, month, day with `separator` between them; no anchors, for use in larger ones."""
    s = separator
    days_31 = f"(?:0[13578]|1[02]){s}(?:0[1-9]|[12][0-9]|3[01])"
    days_30 = f"(?:0[469]|11){s}(?:0[1-9]|[12][0-9]|30)"
    february = f"02{s}(?:0[1-9]|1[0-9]|2[0-8])"
    return f"(?:{_YEAR}{s}(?:{days_31}|{days_30}|{february})|{_LEAP_YEAR}{s}02{s}29)"


DATE_PATTERN = date_pattern()
"""YYYYMMDD."""

_DATE = re.compile(DATE_PATTERN, re.ASCII)


def is_date(text: str) -> bool:
    """Whether `text` is a day of the calendar written YYYYMMDD."""
    return _DATE.fullmatch(text) is not None
