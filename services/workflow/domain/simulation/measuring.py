"""What one replication showed: durations, queues, workload, all over the window after the warm-up.

Queues and utilisation are means over working time of the role's calendar; durations are working days.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from services.workflow.domain.simulation.matters import Matter
from services.workflow.domain.simulation.moving import HOUR
from services.workflow.domain.simulation.stations import Station, Visit
from services.workflow.domain.simulation.world import World

Measures = dict[str, Any]


def measure(world: World) -> Measures:
    """Numbers by name; nested: roles, steps, outcomes. None where nothing was seen."""
    end = world.close
    seen = [matter for matter in world.matters if matter.arrived >= world.warm]
    done = [matter for matter in seen if matter.ended is not None]
    return {
        "arrivals": len(world.matters),
        "done": sum(matter.ended is not None for matter in world.matters),
        "in_flight": sum(matter.ended is None for matter in world.matters),
        "duration": _durations(world, done),
        "outcomes": _outcomes(done),
        "roles": {name: _role(world, station, end) for name, station in world.stations.items()},
        "steps": _steps(world, len(seen)),
    }


def _durations(world: World, done: Sequence[Matter]) -> Measures:
    """mean, median, p90: working days with fractions. counted: whole days as the law counts. late: share over limit."""
    time = world.office
    ended = [(matter.arrived, matter.ended) for matter in done if matter.ended is not None]
    days = sorted(time.days(start, end) for start, end in ended)
    counted = [time.counted_days(start, end) for start, end in ended]
    limit = world.scenario.limit
    late = fmean(each > limit for each in counted) if limit and counted else None
    return {
        "mean": fmean(days) if days else None,
        "median": quantile(days, 0.5),
        "p90": quantile(days, 0.9),
        "counted": fmean(counted) if counted else None,
        "late": late,
    }


def quantile(ordered: Sequence[float], share: float) -> float | None:
    """By linear interpolation between the two nearest values; None of nothing."""
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _outcomes(done: Sequence[Matter]) -> Mapping[str, float]:
    count = Counter(outcome or "done" for matter in done for outcome in matter.outcomes.values())
    total = sum(count.values())
    return {name: number / total for name, number in sorted(count.items())}


def _role(world: World, station: Station, end: float) -> Measures:
    """people, utilisation 0..1, hours worked a day, queue: mean and longest, wait: mean hours of who was served."""
    time, start = station.time, world.warm
    window = time.between(start, end)
    visits = [visit for visit in world.visits if visit.role == station.role]
    working = sum(_overlap(station, visit.start, visit.end, start, end) for visit in visits)
    waiting = sum(_overlap(station, visit.queued, _served(visit), start, end) for visit in visits)
    served = [visit for visit in visits if visit.start is not None and visit.queued >= start]
    waits = [time.between(visit.queued, visit.start) / HOUR for visit in served if visit.start is not None]
    return {
        "people": station.people,
        "utilisation": working / (window * station.people) if window else None,
        "hours": working / HOUR / (window / time.minutes_a_day) if window else None,
        "queue": waiting / window if window else None,
        "longest": station.longest,
        "wait": fmean(waits) if waits else None,
    }


def _served(visit: Visit) -> float | None:
    return visit.start if visit.start is not None else visit.end


def _overlap(station: Station, since: float | None, until: float | None, start: float, end: float) -> float:
    """Working minutes of [since, until] inside the window; open ends reach to the end of the window."""
    if since is None or since >= end:
        return 0.0
    last = end if until is None else min(until, end)
    return station.time.between(max(since, start), last) if last > start else 0.0


def _steps(world: World, matters: int) -> dict[str, Measures]:
    """Per task: visits per arrival, and mean hours of delay, wait and work per visit that was served."""
    visits: dict[str, list[Visit]] = defaultdict(list)
    for visit in world.visits:
        if visit.created >= world.warm and visit.start is not None:
            many = len(world.members) > 1
            visits[f"{visit.member}.{visit.step}" if many else visit.step].append(visit)
    return {name: _step(world, found, matters) for name, found in sorted(visits.items())}


def _step(world: World, visits: Sequence[Visit], matters: int) -> Measures:
    time = world.stations[visits[0].role].time
    wait = fmean(time.between(visit.queued, visit.start or visit.queued) for visit in visits) / HOUR
    delay = fmean(world.office.between(visit.created, visit.queued) for visit in visits) / HOUR
    return {
        "role": visits[0].role,
        "visits": len(visits) / matters if matters else None,
        "delay": delay,
        "wait": wait,
        "work": fmean(visit.minutes for visit in visits) / HOUR,
    }
