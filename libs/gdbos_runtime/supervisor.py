"""Several worker processes: each hosts all services; one that dies is started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from gdbos_runtime import logs
from gdbos_runtime.settings import Settings

STOP_SECONDS = 30
QUICK, PAUSE = 5.0, 1.0
"""A worker that lived less than five seconds is started again after one second, not at once."""


class Supervisor:
    """Starts `settings.workers` processes of `gdbos run` and keeps that many alive."""

    def __init__(self, settings: Settings, services: Sequence[str]) -> None:
        self._settings = settings
        self._services = list(services)
        self._workers: list[tuple[subprocess.Popen[bytes], float]] = []
        self._stopping = False

    def run(self) -> int:
        """Until SIGTERM or SIGINT; then TERM to the workers, 30 seconds, KILL."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked)
        self._workers = [self._start() for _ in range(self._settings.workers)]
        while not self._stopping:
            self._revive()
            time.sleep(0.2)
        return self._stop()

    def _asked(self, *_: object) -> None:
        self._stopping = True

    def _start(self) -> tuple[subprocess.Popen[bytes], float]:
        command = [sys.executable, "-m", "gdbos_runtime.cli.main", "run", *self._services]
        environment = {**os.environ, "GDBOS_WORKER_OF": str(os.getpid())}
        return subprocess.Popen(command, env=environment), time.monotonic()

    def _revive(self) -> None:
        for index, (worker, since) in enumerate(self._workers):
            if worker.poll() is None:
                continue
            logs.get(__name__).warning("worker_died", code=worker.returncode)
            if time.monotonic() - since < QUICK:
                time.sleep(PAUSE)
            self._workers[index] = self._start()

    def _stop(self) -> int:
        for worker, _ in self._workers:
            worker.terminate()
        until = time.monotonic() + STOP_SECONDS
        for worker, _ in self._workers:
            try:
                worker.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
        return 0
