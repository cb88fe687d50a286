"""What a refused applicant may do 救濟途徑, told with every adverse decision (行政許可法 Art. 38)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from services.workflow.domain.calendar import Calendar
from services.workflow.domain.faults import text

Json = Mapping[str, Any]
ADVERSE = frozenset({"denied", "refused_acceptance", "not_corrected", "terminated"})
_BY_LAW: Json = {
    "reconsideration": {
        "authority": text("本级人民政府", "本級人民政府", "The people's government of the same level"),
        "days": 60,
    },
    "litigation": {
        "court": text("有管辖权的人民法院", "有管轄權的人民法院", "The people's court that has jurisdiction"),
        "months": 6,
    },
}
"""行政復議法 Art. 20, 24 (60 days, government of the same level); 行政訴訟法 Art. 46 (six months)."""


def told(body: Json) -> dict[str, Any]:
    """{reconsideration: {authority, days}, litigation: {court, months}}: the item's own where it names them."""
    own = body.get("item", {}).get("handling", {}).get("remedies", {})
    return {way: {**by_law, **own.get(way, {})} for way, by_law in _BY_LAW.items()}


def periods(body: Json, served_on: date, calendar: Calendar) -> dict[str, Any]:
    """`told` with the last day of each way, counted from the day after service (行政復議法 Art. 20, 行政訴訟法
    Art. 46); a last day that is no working day gives way to the next that is one (民法典 Art. 203)."""
    found = told(body)
    ends = {
        "reconsideration": served_on + timedelta(days=found["reconsideration"]["days"]),
        "litigation": later(served_on, found["litigation"]["months"]),
    }
    return {way: {**found[way], "until": calendar.reaching(day).isoformat()} for way, day in ends.items()}


def later(day: date, months: int) -> date:
    """The same day of the month so many months later; the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def adverse(body: Json, outcome: str | None) -> bool:
    """Whether something was decided against the applicant."""
    return "revoked" in body or outcome in ADVERSE or (body.get("decision") or {}).get("action") == "deny"
