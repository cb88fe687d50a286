"""Days and months as people of a language write them."""

from __future__ import annotations

from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def written(value: str, language: str) -> str:
    """`2026-03-02…` as 2026年3月2日 or 2 Mar 2026, `2026-03` as 2026年3月 or Mar 2026; other text as it is."""
    try:
        found = date.fromisoformat(value[:10] if len(value) != 7 else f"{value}-01")
    except ValueError:
        return value
    if language == "en":
        month = f"{_MONTHS[found.month - 1]} {found.year}"
        return month if len(value) == 7 else f"{found.day} {month}"
    month = f"{found.year}年{found.month}月"
    return month if len(value) == 7 else f"{month}{found.day}日"
