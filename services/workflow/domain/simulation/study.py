"""Several replications under one seed, summed up with the 95 % confidence interval of each mean (Student's t)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean, stdev
from typing import Any

from services.workflow.domain.calendar import Calendar
from services.workflow.domain.engine.graph import Graph
from services.workflow.domain.simulation.measuring import Measures, measure
from services.workflow.domain.simulation.models import Prepared, prepare
from services.workflow.domain.simulation.scenario import Scenario
from services.workflow.domain.simulation.world import World

Json = Mapping[str, Any]
_T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""97.5 % quantiles of Student's t for 1 to 30 degrees of freedom."""


def student(freedom: int) -> float:
    """The 97.5 % quantile; beyond the table by the Cornish-Fisher expansion, right to three decimals."""
    if freedom <= len(_T):
        return _T[freedom - 1]
    z = 1.959964
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)


def replications(graphs: Mapping[str, Graph], scenario: Scenario, calendar: Calendar) -> Iterator[Measures]:
    """One after the other, so that a caller can show how far it is. graphs: by member id.

    BadInput when the scenario leaves something of a process open.
    """
    prepared = ready(graphs, scenario)
    for number in range(scenario.replications):
        yield replication(prepared, scenario, calendar, number)


def ready(graphs: Mapping[str, Graph], scenario: Scenario) -> list[Prepared]:
    """The members with their models; BadInput when the scenario leaves something of a process open."""
    return [prepare(graphs[member.id], member, scenario) for member in scenario.members]


def replication(
    prepared: Sequence[Prepared], scenario: Scenario, calendar: Calendar, number: int
) -> Measures:
    """The one of that number, from 0; the same whoever runs it, and whenever."""
    world = World(prepared, scenario, calendar, f"{scenario.seed}/{number}")
    world.run()
    return measure(world)


def summary(found: Sequence[Measures], scenario: Scenario) -> dict[str, Any]:
    """Every number of the replications as {mean, low, high}; low and high None of one replication."""
    merged = _merge(found)
    return {
        "seed": scenario.seed,
        "replications": len(found),
        "days": scenario.days,
        "warm_up": scenario.warm_up,
        "limit": scenario.limit,
        **merged,
        "bottleneck": _bottleneck(merged),
    }


def simulate(graphs: Mapping[str, Graph], scenario: Scenario, calendar: Calendar) -> dict[str, Any]:
    """All replications and their summary."""
    return summary(list(replications(graphs, scenario, calendar)), scenario)


def estimate(values: Sequence[float]) -> dict[str, float | None]:
    """Mean and the half-open ends of its 95 % confidence interval."""
    mean = fmean(values)
    if len(values) < 2:
        return {"mean": mean, "low": None, "high": None}
    half = student(len(values) - 1) * stdev(values) / math.sqrt(len(values))
    return {"mean": mean, "low": mean - half, "high": mean + half}


def _merge(found: Sequence[Any]) -> Any:
    """Trees of equal shape into one whose leaves are estimates; texts stay, what none has stays None."""
    present = [each for each in found if each is not None]
    if not present:
        return None
    if isinstance(present[0], Mapping):
        names = dict.fromkeys(name for each in present for name in each)
        absent = 0.0 if all(isinstance(v, float) for each in present for v in each.values()) else None
        return {name: _merge([each.get(name, absent) for each in present]) for name in names}
    if isinstance(present[0], str):
        return present[0]
    return estimate([float(each) for each in present])


def _bottleneck(merged: Json) -> dict[str, Any] | None:
    """The step at which an arrival waits longest for people, counting its visits; None when nobody waits."""
    waits = {
        name: step["wait"]["mean"] * step["visits"]["mean"]
        for name, step in merged["steps"].items()
        if step["visits"] is not None
    }
    if not waits or max(waits.values()) <= 0:
        return None
    step = max(waits, key=lambda name: waits[name])
    role = merged["steps"][step]["role"]
    utilisation = merged["roles"][role]["utilisation"]
    return {"step": step, "role": role, "wait": waits[step], "utilisation": (utilisation or {}).get("mean")}
