"""When matters arrive: at stated times, or at random instants whose rate may change with the hour of the day."""

from __future__ import annotations

from services.workflow.domain.simulation.chance import Chance
from services.workflow.domain.simulation.scenario import Arrivals
from services.workflow.domain.simulation.worktime import DAY, WorkTime

HOUR = 60


class Arriving:
    """Gives one instant after the other. What comes while doors are closed is there when they open."""

    def __init__(self, arrivals: Arrivals, office: WorkTime, chance: Chance) -> None:
        self._arrivals, self._office = arrivals, office
        self._random = chance.stream("arrivals")
        self._thinning = chance.stream("arrivals by hour")
        self._stated = iter(arrivals.times)
        self._rates = rates(arrivals, office)

    def next(self, now: float) -> float | None:
        """The next arrival after `now`; None when the stated ones are used up."""
        if self._arrivals.times:
            moment = next(self._stated, None)
            return None if moment is None else self._office.instant(moment)
        if not self._rates:
            return self._after(now, self._arrivals.per_day)
        peak = max(self._rates.values())
        while (
            True
        ):  # Lewis and Shedler's thinning: too many at the peak's rate, of which the hour keeps its share
            now = self._after(now, peak)
            if self._thinning.random() * peak < self._rates.get(int(now % DAY // HOUR), 0.0):
                return now

    def _after(self, now: float, per_day: float) -> float:
        gap = self._random.expovariate(per_day) * self._office.minutes_a_day
        return self._office.add(now, gap)


def rates(arrivals: Arrivals, office: WorkTime) -> dict[int, float]:
    """Hour → arrivals per working day if the whole day were like it; {} without weights by hour."""
    open_at = {hour: office.open_minutes(hour * HOUR, (hour + 1) * HOUR) for hour in range(24)}
    weights = {hour: weight for hour, weight in arrivals.by_hour.items() if open_at[hour] and weight}
    total = sum(weights.values())
    return {
        hour: arrivals.per_day * weight / total * office.minutes_a_day / open_at[hour]
        for hour, weight in weights.items()
    }
