"""Where cases wait for people: one queue per role, first come first served, worked in opening hours only."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from services.workflow.domain.simulation.worktime import WorkTime


@dataclass(slots=True)
class Visit:
    """One task at one role. Instants in minutes; start and end None while it waits and is worked at.

    minutes: of work. served: what follows when it is done.
    """

    member: str
    step: str
    role: str
    created: float
    queued: float
    minutes: float
    start: float | None = None
    end: float | None = None
    withdrawn: bool = False
    served: Callable[[], None] | None = None


class Station:
    """The people of one role."""

    def __init__(self, role: str, people: int, time: WorkTime) -> None:
        self.role = role
        self.people = people
        self.time = time
        self.queue: deque[Visit] = deque()
        self.busy = 0
        self.longest = 0

    def join(self, visit: Visit, now: float) -> Visit | None:
        """The visit itself when somebody is free for it, else None: it waits."""
        if self.busy < self.people:
            return self._begin(visit, now)
        self.queue.append(visit)
        self.longest = max(self.longest, len(self.queue))
        return None

    def leave(self, visit: Visit, now: float) -> Visit | None:
        """Work on `visit` is over, done or withdrawn; the next one that now begins."""
        visit.end = now
        self.busy -= 1
        return self._begin(self.queue.popleft(), now) if self.queue else None

    def withdraw(self, visit: Visit, now: float) -> Visit | None:
        """The task is no longer wanted; the next one that now begins in its place."""
        visit.withdrawn = True
        if visit.start is None:
            if visit in self.queue:
                self.queue.remove(visit)
            visit.end = now
            return None
        return self.leave(visit, now)

    def _begin(self, visit: Visit, now: float) -> Visit:
        self.busy += 1
        visit.start = now
        return visit
