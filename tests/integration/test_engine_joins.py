"""A join fires exactly once, whoever writes at the same time and whoever is killed meanwhile.

GDBOS_FAULT=long: ten thousand joins and two hundred kills.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import sqlalchemy as sa
from support.engine_host import EngineHost, bpmn
from support.house import ROOT

from gdbos_runtime.settings import Settings
from services.workflow.adapters import orm, verification

LONG = os.environ.get("GDBOS_FAULT") == "long"
JOINS, KILLS = (10_000, 200) if LONG else (300, 5)
BRANCHES = ("a", "b", "c")
MODEL = """
    start s
    and g
    user a role=r
    user b role=r
    user c role=r
    and j
    user last role=r
    end e
    s > g
    g > a > j
    g > b > j
    g > c > j
    j > last > e
"""


def test_joins_fire_once_under_three_writers_that_are_killed(settings: Settings) -> None:
    host = EngineHost(settings)
    host.publish("joins", bpmn(MODEL))
    for start in range(0, JOINS, 100):
        with host.room() as room:
            for number in range(start, start + 100):
                host.start(f"J{number}", "joins", {}, room)
            room.work.commit()
    writers = {element: _writer(settings, element) for element in BRANCHES}
    killed = _kill(settings, writers)
    for element, writer in writers.items():
        writer.communicate(timeout=3000)
        assert writer.returncode == 0, element
    assert killed >= KILLS // 2
    _once(host)


def _kill(settings: Settings, writers: dict[str, subprocess.Popen[bytes]]) -> int:
    """kill -9 of one writer after the other, each started again; the number of kills."""
    chance, killed = random.Random(7), 0
    while killed < KILLS and any(writer.poll() is None for writer in writers.values()):
        element = chance.choice(BRANCHES)
        told = writers[element].stdout
        assert told is not None
        if all(told.readline() for _ in range(chance.randint(20, 120))):
            writers[element].kill()
            writers[element].wait()
            writers[element] = _writer(settings, element)
            killed += 1
    return killed


def _writer(settings: Settings, element: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "GDBOS_DATA": str(settings.data),
        "GDBOS_DATABASE_URL": settings.database_url,
        "GDBOS_AMQP_URI": "embedded://",
    }
    script = Path(ROOT) / "tests" / "support" / "joiner.py"
    return subprocess.Popen(
        [sys.executable, str(script), element, str(JOINS)], env=environment, stdout=subprocess.PIPE
    )


def _once(host: EngineHost) -> None:
    """Every case stands at the task after the join, with one such task and one step for each branch."""
    with host.room() as room:
        connection = room.work.connection  # type: ignore[attr-defined]
        tasks = sa.select(orm.task.c.case_no).where(orm.task.c.element == "last")
        assert Counter(connection.scalars(tasks)) == Counter(f"J{number}" for number in range(JOINS))
        steps = sa.select(orm.history.c.case_no).where(orm.history.c.command == "complete")
        assert set(Counter(connection.scalars(steps)).values()) == {len(BRANCHES)}
        docs = connection.execute(sa.select(orm.case.c.doc).where(orm.case.c.process == "joins")).scalars()
        for doc in docs:
            assert [facts["e"] for facts in doc["tokens"].values()] == ["last"], json.dumps(doc)
            assert doc["joins"] == {}
    assert verification.verify(host.store).broken == []
