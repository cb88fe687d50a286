"""How long something takes: a distribution as it stands in a scenario, sampled from a stream of its own.

`3` is always 3; `{"triangular": [low, mode, high]}` and so on are one name with its parameters. Values are never
negative; the unit is the caller's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean
from typing import Any

Numbers = Sequence[float]


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of distribution. count: how many parameters, 0 for a list of observed values."""

    count: int
    valid: Callable[[Numbers], bool]
    mean: Callable[[Numbers], float]
    draw: Callable[[Random, Numbers], float]


def _lognormal(random: Random, given: Numbers) -> float:
    """Mean and standard deviation of the value itself, not of its logarithm."""
    mean, deviation = given
    spread = math.log1p((deviation / mean) ** 2)
    return random.lognormvariate(math.log(mean) - spread / 2, math.sqrt(spread))


FAMILIES: Mapping[str, Family] = {
    "constant": Family(1, lambda p: True, lambda p: p[0], lambda r, p: p[0]),
    "exponential": Family(1, lambda p: p[0] > 0, lambda p: p[0], lambda r, p: r.expovariate(1 / p[0])),
    "uniform": Family(
        2, lambda p: p[0] <= p[1], lambda p: (p[0] + p[1]) / 2, lambda r, p: r.uniform(p[0], p[1])
    ),
    "triangular": Family(
        3,
        lambda p: p[0] <= p[1] <= p[2],
        lambda p: sum(p) / 3,
        lambda r, p: r.triangular(p[0], p[2], p[1]),
    ),
    "lognormal": Family(2, lambda p: p[0] > 0, lambda p: p[0], _lognormal),
    "observed": Family(0, lambda p: True, fmean, lambda r, p: r.choice(p)),
}


@dataclass(frozen=True, slots=True)
class Distribution:
    """A family with its parameters; make it with `of`."""

    family: str
    parameters: tuple[float, ...]

    @classmethod
    def of(cls, given: Any) -> Distribution:
        """ValueError when `given` is neither a number nor one known name with fitting parameters."""
        name, values = "constant", given
        if isinstance(given, Mapping):
            if len(given) != 1:
                raise ValueError(given)
            ((name, values),) = given.items()
        family = FAMILIES.get(str(name))
        listed = values if isinstance(values, list | tuple) else [values]
        if family is None or not listed or (family.count and len(listed) != family.count):
            raise ValueError(given)
        if not all(_amount(each) for each in listed):
            raise ValueError(given)
        numbers = tuple(float(each) for each in listed)
        if not family.valid(numbers):
            raise ValueError(given)
        return cls(str(name), numbers)

    def draw(self, random: Random) -> float:
        return FAMILIES[self.family].draw(random, self.parameters)

    @property
    def mean(self) -> float:
        return float(FAMILIES[self.family].mean(self.parameters))


def _amount(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and 0 <= value <= 1e6
