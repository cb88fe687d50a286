"""Peers of the benchmarks, each in a process of its own and in an environment that the product never sees."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
HOME = ROOT / "var" / "bench-venv"
LOCK = ROOT / "requirements" / "bench.txt"


def ask(peer: str, *arguments: object) -> Any:
    """What the peer's script prints, as JSON; None when it cannot be had (no network, no wheel)."""
    python = _python()
    if python is None:
        return None
    script = Path(__file__).parent / f"{peer}.py"
    done = subprocess.run(
        [str(python), str(script), *map(str, arguments)], capture_output=True, text=True, timeout=600
    )
    if done.returncode != 0:
        print(f"  {peer}: {done.stderr.strip().splitlines()[-1:]}", flush=True)
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def _python() -> Path | None:
    """The interpreter of the peers' environment, made from its lock the first time."""
    python, stamp = HOME / "bin" / "python", HOME / ".locked"
    if stamp.exists() and stamp.read_text() == LOCK.read_text():
        return python
    print("  installing the peers (once)", flush=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)]
    for command in ([sys.executable, "-m", "venv", str(HOME)], pip):
        if subprocess.run(command).returncode != 0:
            return None
    stamp.write_text(LOCK.read_text())
    return python
