"""Chance in streams: each kind of chance has its own generator, derived from the seed and its name."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from services.workflow.domain.simulation.distributions import Distribution


class Chance:
    """Equal seeds give equal numbers, stream by stream, whatever else is drawn."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._streams: dict[str, Random] = {}

    def stream(self, name: str) -> Random:
        found = self._streams.get(name)
        if found is None:
            found = self._streams[name] = Random(f"{self._seed}/{name}")
        return found

    def draw(self, distribution: Distribution, name: str) -> float:
        return distribution.draw(self.stream(name))

    def pick(self, shares: Mapping[str, float], name: str) -> str:
        """A key by its share; shares need not sum to 1."""
        left = self.stream(name).random() * sum(shares.values())
        for each, share in shares.items():
            left -= share
            if left < 0:
                return each
        return list(shares)[-1]
