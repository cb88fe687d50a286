"""Seconds of CPU, of this process and of the database's backends that serve it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from support.engine_host import EngineHost


def timed(call: Callable[[], Any], count: int) -> float:
    """Seconds of CPU of one call."""
    for _ in range(20):
        call()
    began = time.process_time()
    for _ in range(count):
        call()
    return (time.process_time() - began) / count


def of(place: EngineHost, work: Callable[[], Any]) -> float:
    """Seconds of CPU of this process and of the database's backends that serve it."""
    pids = [] if place.store.sqlite else _backends(place)
    before = sum(map(spent, pids))
    began = time.process_time()
    work()
    return time.process_time() - began + sum(map(spent, pids)) - before


def usual(place: EngineHost, work: Callable[[], Any]) -> float:
    """The median of three."""
    return sorted(of(place, work) for _ in range(3))[1]


def _backends(place: EngineHost) -> list[int]:
    query = "select pid from pg_stat_activity where application_name = 'gdbos-workflow'"
    with place.store.reading.connect() as connection:
        return list(connection.scalars(sa.text(query)))


def spent(pid: int) -> float:
    """By a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
