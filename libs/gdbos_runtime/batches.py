"""Events that come together share a commit: under load, a commit for each costs more than what they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import eventlet
from eventlet.event import Event as Outcome

from gdbos_contracts.envelope import Event
from gdbos_contracts.errors import Unavailable

GATHER, LIMIT = 0.01, 64
"""Seconds that a batch waits for company; events in one."""
Waiting = tuple[Event, Outcome]


class Batches:
    """`together(events)` has the effect of all of them or of none, and raises then."""

    def __init__(self, together: Callable[[Sequence[Event]], None]) -> None:
        self._together = together
        self._waiting: list[Waiting] = []
        self._busy = False

    def run(self, events: Sequence[Event]) -> list[Exception | None]:
        """Return when each has its effect committed or has failed by itself: its error, or None."""
        waiting = [(event, Outcome()) for event in events]
        self._waiting += waiting
        if not self._busy:
            self._busy = True
            eventlet.spawn_n(self._work)
        return [outcome.wait() for _, outcome in waiting]

    def _work(self) -> None:
        while self._waiting:
            eventlet.sleep(GATHER)
            batch, self._waiting = self._waiting[:LIMIT], self._waiting[LIMIT:]
            self._settle(batch)
        self._busy = False

    def _settle(self, batch: Sequence[Waiting]) -> None:
        """What fails together is done again one by one, so that only the event at fault fails."""
        error = self._tried(batch)
        if error is not None and len(batch) > 1 and not isinstance(error, Unavailable):
            for each in batch:
                self._settle([each])
            return
        for _, outcome in batch:
            outcome.send(error)

    def _tried(self, batch: Sequence[Waiting]) -> Exception | None:
        try:
            self._together([event for event, _ in batch])
        except Exception as error:  # noqa: BLE001 - told to whoever waits for it
            return error
        return None
