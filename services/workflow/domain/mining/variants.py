"""Variants 變體 of a process, and where its cases spend their working time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from statistics import fmean
from typing import Any

from services.workflow.domain.calendar import Calendar
from services.workflow.domain.mining.log import Trace
from services.workflow.domain.simulation.measuring import quantile
from services.workflow.domain.simulation.worktime import WorkTime

MOST = 50


def variants(log: Sequence[Trace], calendar: Calendar) -> dict[str, Any]:
    """{cases, variants, bottlenecks}: days are working days with fractions, of office hours, nights and feasts out.

    variants: {activities, cases, share, days}, the most frequent first. bottlenecks: {from, to, cases, mean, p90,
    total} of each pair of consecutive entries, the most working time in all first.
    """
    traces = [trace for trace in log if trace.entries]
    time = WorkTime(_first_day(traces), calendar=calendar)
    days: dict[tuple[str, ...], list[float]] = defaultdict(list)
    between: dict[tuple[str, str], list[float]] = defaultdict(list)
    for trace in traces:
        instants = [time.instant(entry.at) for entry in trace.entries]
        days[trace.variant].append(time.days(instants[0], instants[-1]))
        for (one, start), (other, end) in pairwise(zip(trace.variant, instants, strict=True)):
            between[one, other].append(time.days(start, end))
    return {
        "cases": len(traces),
        "variants": [
            {
                "activities": list(way),
                "cases": len(found),
                "share": len(found) / len(traces),
                "days": fmean(found),
            }
            for way, found in sorted(days.items(), key=lambda each: (-len(each[1]), each[0]))[:MOST]
        ],
        "bottlenecks": [
            _bottleneck(*pair, sorted(found))
            for pair, found in sorted(between.items(), key=lambda each: (-sum(each[1]), each[0]))[:MOST]
        ],
    }


def _bottleneck(one: str, other: str, days: Sequence[float]) -> dict[str, Any]:
    spread = {"mean": fmean(days), "p90": quantile(days, 0.9), "total": sum(days)}
    return {"from": one, "to": other, "cases": len(days), **spread}


def _first_day(traces: Sequence[Trace]) -> date:
    return min(
        (trace.entries[0].at.replace(tzinfo=None).date() for trace in traces), default=date(2026, 1, 1)
    )
