"""A circuit breaker per called service: when half of the calls fail, stop asking for a while."""

from __future__ import annotations

import time
from collections import deque

from gdbos_contracts.errors import Unavailable

WINDOW, LEAST, SHARE, PAUSE = 10.0, 20, 0.5, 5.0


class Breaker:
    """Opens at 50 % failures of at least 20 calls in 10 s; after 5 s one call probes."""

    def __init__(self) -> None:
        self._calls: deque[tuple[float, bool]] = deque()
        self._failures = 0
        self._open_until = 0.0

    def before(self) -> None:
        """Unavailable while open."""
        now = time.monotonic()
        if self._open_until > now:
            raise Unavailable
        if self._open_until:
            self._open_until = now + PAUSE  # this call is the probe; the others go on waiting

    def after(self, failed: bool) -> None:
        now = time.monotonic()
        if self._open_until:
            self._open_until = now + PAUSE if failed else 0.0
            self._calls.clear()
            self._failures = 0
            return
        self._calls.append((now, failed))
        self._failures += failed
        while self._calls[0][0] < now - WINDOW:
            self._failures -= self._calls.popleft()[1]
        if len(self._calls) >= LEAST and self._failures >= SHARE * len(self._calls):
            self._open_until = now + PAUSE

    @property
    def is_open(self) -> bool:
        return self._open_until > time.monotonic()
