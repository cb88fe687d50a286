"""Bells between greenlets of one process: a commit wakes the relay of its service."""

from __future__ import annotations

from eventlet.event import Event
from eventlet.timeout import Timeout


class Bell:
    """`ring` wakes whoever waits; a ring while nobody waits is remembered once."""

    def __init__(self) -> None:
        self._event = Event()

    def ring(self) -> None:
        if not self._event.ready():
            self._event.send()

    def wait(self, seconds: float) -> bool:
        """True when rung, False after `seconds`."""
        with Timeout(seconds, False):
            self._event.wait()
        rung: bool = self._event.ready()
        if rung:
            self._event = Event()
        return rung


_BELLS: dict[str, Bell] = {}


def bell(name: str) -> Bell:
    return _BELLS.setdefault(name, Bell())
