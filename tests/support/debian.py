"""Debian packages that the tests need: installed when missing, saying so."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NEEDED = {
    "rabbitmq-server": lambda: bool(
        shutil.which("rabbitmq-server") or Path("/usr/sbin/rabbitmq-server").exists()
    ),
    "postgresql": lambda: bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))),
    "chromium": lambda: bool(shutil.which("chromium")),
    "fonts-noto-cjk": lambda: bool(list(Path("/usr/share/fonts").rglob("NotoSansCJK*"))),
}


def ensure(names: list[str] | None = None) -> None:
    """Install what is missing with apt-get (root or sudo); SystemExit with the command when that fails."""
    missing = [name for name in (names or list(NEEDED)) if not NEEDED[name]()]
    if not missing:
        return
    print(f"installing Debian packages for the tests: {' '.join(missing)}", flush=True)
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *missing]):
        done = subprocess.run(
            [*sudo, *command], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(
                f"could not install {' '.join(missing)}; run as root: apt-get install {' '.join(missing)}\n"
                + done.stderr[-2000:]
            )
