"""Comparison 對比 of two processes: what re-engineering saved (減材料 減環節 減時限 減跑動), computed, not claimed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.workflow.domain.comparison.parallel import suggestions
from services.workflow.domain.comparison.profile import Profile
from services.workflow.domain.engine.graph import Graph
from services.workflow.domain.simulation.scenario import Scenario

Json = Mapping[str, Any]


def compare(old: Graph, new: Graph, scenario: Scenario | None = None) -> dict[str, Any]:
    """{old, new, saved, steps, parallel}; saved: materials, steps, days, visits, handovers, roles, each old - new.

    parallel: what of the new process could still run side by side.
    """
    before, after = Profile(old, scenario), Profile(new, scenario)
    return {
        "old": before.to_data(),
        "new": after.to_data(),
        "saved": saved(before.to_data(), after.to_data()),
        "steps": steps(before, after),
        "parallel": suggestions(after),
        "parallel_old": suggestions(before),
    }


def saved(before: Json, after: Json) -> dict[str, float | None]:
    """Each a difference: below 0 where the new process asks for more. materials: None unless both state their data."""
    stated = before["asked"] and after["asked"]
    return {
        "materials": len(before["asked"]) - len(after["asked"]) if stated else None,
        "steps": len(before["steps"]) - len(after["steps"]),
        "days": before["critical"]["days"] - after["critical"]["days"],
        "visits": before["visits"] - after["visits"],
        "handovers": len(before["handovers"]) - len(after["handovers"]),
        "roles": len(before["roles"]) - len(after["roles"]),
    }


def steps(before: Profile, after: Profile) -> list[dict[str, Any]]:
    """Side by side by id: kept, changed (with the fields that differ), added, removed."""
    found = []
    for id in dict.fromkeys([*before.steps, *after.steps]):
        old, new = before.steps.get(id), after.steps.get(id)
        was, now = old.to_data() if old else None, new.to_data() if new else None
        fields = [name for name in was if was[name] != now[name]] if was and now else []
        change = "added" if was is None else "removed" if now is None else "changed" if fields else "kept"
        found.append({"id": id, "change": change, "fields": fields, "old": was, "new": now})
    return found


__all__ = ["Profile", "compare", "saved", "steps", "suggestions"]
