"""kill -9 around the commits that take a document and that keep its file: it is made once, when the dead worker's
time with it is over."""

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

LIFE = """
import json, sys
from pathlib import Path
import sqlalchemy as sa
from gdbos_runtime import clock, crash
from gdbos_runtime.settings import Settings, use
from gdbos_runtime.unit_of_work import RUNTIME, UnitOfWork
from services.workflow.adapters import orm
from services.workflow.handlers import printing
from support.press import Bureau

point, data = sys.argv[1], Path(sys.argv[2])
use(Settings.from_env({}, data=data))
bureau = Bureau(Settings.current(), data)
if point:
    id = bureau.issue("X1")
    crash.arm(point)
else:
    clock.start_at((clock.now() + printing.LEASE).isoformat())
bureau.drain()
with UnitOfWork(bureau.store, writing=False) as work:
    audit = RUNTIME["audit"].c
    told = [row.body for row in work.connection.execute(sa.select(audit.body).where(audit.action == "document.print"))]
    files = [row.sha256 for row in work.connection.execute(sa.select(orm.document_file.c.sha256))]
print(json.dumps({"told": told, "files": files}))
"""


def life(data: Path, point: str) -> tuple[int, dict[str, Any]]:
    path = os.pathsep.join(str(p) for p in (ROOT, ROOT / "libs", ROOT / "tests"))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LIFE, point, str(data)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=90,
    )
    return done.returncode, json.loads(done.stdout) if done.returncode == 0 else {"error": done.stderr}


@pytest.mark.parametrize("commit", [1, 2], ids=["taken", "kept"])
@pytest.mark.parametrize("point", ["commit.before@workflow", "commit.after@workflow"])
def test_a_kill_leaves_a_job_that_is_done_once(point: str, commit: int, tmp_path: Path) -> None:
    code, _ = life(tmp_path, f"{point}#{commit}")
    assert code == -signal.SIGKILL, "the point was never passed"
    for _ in range(2):
        code, found = life(tmp_path, "")
        assert code == 0, found
        assert len(found["files"]) == len(found["told"]) == 1
        assert found["files"][0] in found["told"][0]
