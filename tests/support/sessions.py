"""Signals to a whole session of processes: servers put their children into groups of their own."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def members(session: int) -> list[int]:
    """Live processes whose session id is `session`."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def signal_session(session: int, number: int) -> None:
    for pid in members(session):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def kill_session(session: int, seconds: float = 10.0) -> None:
    """SIGKILL until nobody is left; RuntimeError if somebody survives."""
    until = time.monotonic() + seconds
    while members(session):
        signal_session(session, signal.SIGKILL)
        if time.monotonic() > until:
            raise RuntimeError(f"session {session} does not die")
        time.sleep(0.01)
