"""kill -9 at every named point, then a new start: nothing lost, nothing doubled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.house import ROOT

from gdbos_runtime.crash import POINTS

IDS = [f"id-{n}" for n in range(12)]
BATCHED = {"claim.after"} | {
    point for point in POINTS if point.startswith(("receipt.", "inbox.commit.", "publish."))
}
"""Passed once for many events, so the first passing is the one to die at."""
PAIRS = ["embedded", "rabbitmq+postgresql"]


def environment(pair: str, data: Path, crash_at: str) -> dict[str, str]:
    path = os.pathsep.join(str(p) for p in (ROOT, ROOT / "libs", ROOT / "tests"))
    base = {k: v for k, v in os.environ.items() if not k.startswith("GDBOS_")}
    chosen = {**base, "PYTHONPATH": path, "GDBOS_DATA": str(data), "GDBOS_CRASH_AT": crash_at}
    if pair != "embedded":
        chosen["GDBOS_AMQP_URI"] = os.environ["GDBOS_TEST_AMQP_URI"]
        chosen["GDBOS_DATABASE_URL"] = os.environ["GDBOS_TEST_DATABASE_URL"]
    return chosen


def life(pair: str, data: Path, crash_at: str = "") -> tuple[int, list[dict[str, Any]]]:
    """One life of the process: its exit code and what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "support.probe_main", *IDS],
        env=environment(pair, data, crash_at),
        capture_output=True,
        text=True,
        timeout=90,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("point", POINTS)
def test_a_crash_there_loses_and_doubles_nothing(point: str, pair: str, tmp_path: Path) -> None:
    if pair != "embedded":
        if not os.environ.get("GDBOS_TEST_AMQP_URI"):
            pytest.skip("no RabbitMQ + PostgreSQL named; `make test` and `make fault` start their own")
        from support.reset import drop_queues, drop_schemas

        drop_schemas(os.environ["GDBOS_TEST_DATABASE_URL"])
        drop_queues(os.environ["GDBOS_TEST_AMQP_URI"])
    code, _ = life(pair, tmp_path, point if point in BATCHED else f"{point}#3")
    assert code == -signal.SIGKILL, "the point was never passed"
    code, printed = life(pair, tmp_path)
    assert code == 0
    assert printed[-1]["drained"] == {
        "told": len(IDS),
        "heard": len(IDS),
        "audit": len(IDS),
        "outbox": 0,
        "retry": 0,
        "parked": 0,
    }


def test_an_unknown_point_is_refused(tmp_path: Path) -> None:
    code, printed = life("embedded", tmp_path, "commit.never")
    assert code == 1
    assert printed == []
