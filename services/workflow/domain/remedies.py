"""What a refused applicant may do 救濟途徑, told with every adverse decision (行政許可法 Art. 38)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def adverse(body: Json, outcome: str | None) -> bool:
    """Whether something was decided against the applicant."""
    return "revoked" in body or outcome in ADVERSE or (body.get("decision") or {}).get("action") == "deny"
