"""A private PostgreSQL cluster on a free port, in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

from support.ports import free_port, listening
from support.sessions import kill_session


class PrivatePostgres:
    """initdb on the first start; `kill` is kill -9 of the postmaster and its children, as in a crash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
        self._user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql+psycopg2://gdbos:gdbos@127.0.0.1:{self.port}/gdbos"

    def start(self) -> PrivatePostgres:
        if not self._data.exists():
            self._initialise()
        for _ in range(50):  # orphans of a killed postmaster hold its shared memory for a moment
            self._launch()
            if self._wait():
                return self
            time.sleep(0.2)
        raise RuntimeError(f"PostgreSQL did not start: {(self._folder / 'log').read_text()[-2000:]}")

    def _launch(self) -> None:
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        log = (self._folder / "log").open("ab")
        command = [
            str(self._bin / "postgres"),
            "-D",
            str(self._data),
            "-p",
            str(self.port),
            "-k",
            str(self._folder),
        ]
        self._process = subprocess.Popen(
            self._as_user(command), stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """kill -9 of the whole group; shared memory is reclaimed at the next start."""
        if self._process is not None:
            kill_session(self._process.pid)
            self._process.wait()

    def destroy(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def psql(self, statement: str, database: str = "gdbos") -> str:
        command = [str(self._bin / "psql"), "-h", str(self._folder), "-p", str(self.port), "-U", self._user]
        done = subprocess.run(
            self._as_user([*command, "-XAtq", "-d", database, "-c", statement]),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def _initialise(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self._folder, self._user)
        self._folder.chmod(0o755)
        command = [
            str(self._bin / "initdb"),
            "-D",
            str(self._data),
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-A",
            "trust",
        ]
        subprocess.run(self._as_user(command), check=True, capture_output=True)
        with (self._data / "postgresql.conf").open("a") as conf:
            conf.write("listen_addresses = '127.0.0.1'\nmax_connections = 300\nshared_buffers = 128MB\n")

    def _wait(self) -> bool:
        """True when it answers, False when it ended."""
        assert self._process is not None
        for _ in range(1200):
            if self._process.poll() is not None:
                return False
            if listening(self.port):
                try:
                    if self.psql("select 1 from pg_roles where rolname='gdbos'", "postgres") != "1":
                        self.psql("create role gdbos login superuser password 'gdbos'", "postgres")
                    if self.psql("select 1 from pg_database where datname='gdbos'", "postgres") != "1":
                        self.psql("create database gdbos owner gdbos", "postgres")
                    return True
                except RuntimeError:
                    pass  # still recovering
            time.sleep(0.1)
        return False

    def _as_user(self, command: list[str]) -> list[str]:
        return (
            ["setpriv", "--reuid", self._user, "--regid", self._user, "--clear-groups", *command]
            if (os.geteuid() == 0)
            else command
        )
