"""The whole product as a process of its own, over HTTP."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support.house import ROOT
from support.ports import free_port

STARTER = ROOT / "deploy" / "packs" / "starter"


@dataclass(slots=True)
class Answer:
    status: int
    text: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class Site:
    """One running house. `start` and `stop` keep its data."""

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None, pack: Path = STARTER) -> None:
        self.data = data
        self._pack = pack
        self.port = free_port()
        self._settings = dict(settings or {})
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start the house and wait until it answers."""
        self.launch()
        until = time.monotonic() + 90
        while time.monotonic() < until:
            assert self._process is not None and self._process.poll() is None, self.log
            if self.ready():
                return
            time.sleep(0.1)
        raise AssertionError(self.log)

    @property
    def log(self) -> str:
        return (self.data / "log").read_text()[-3000:]

    def ready(self) -> bool:
        try:
            return self.ask("GET", "/readyz").status == 200
        except OSError:
            return False

    def launch(self) -> None:
        log = (self.data / "log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gdbos_runtime.cli.main", "run", "--pack", str(self._pack)],
            env=self._environment(),
            stdout=log,
            stderr=log,
            cwd=ROOT,
        )

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A verb of the command line over the same data."""
        command = [sys.executable, "-m", "gdbos_runtime.cli.main", *arguments]
        return subprocess.run(
            command, env=self._environment(), capture_output=True, text=True, timeout=120, cwd=ROOT
        )

    def _environment(self) -> dict[str, str]:
        base = {k: v for k, v in os.environ.items() if not k.startswith("GDBOS_")}
        return {
            **base,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "libs")]),
            "GDBOS_DATA": str(self.data),
            "GDBOS_PORT": str(self.port),
            **self._settings,
        }

    def stop(self, how: int = signal.SIGTERM) -> int:
        assert self._process is not None
        self._process.send_signal(how)
        return self._process.wait(40)

    def ask(self, method: str, path: str, body: Any = None, token: str = "", **headers: str) -> Answer:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            given["Authorization"] = f"Bearer {token}"
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            given.setdefault("Content-Type", "application/json")
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=given)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return _answer(answer.status, answer.read(), answer.headers)
        except urllib.error.HTTPError as error:
            return _answer(error.code, error.read(), error.headers)

    def until(self, path: str, holds: Callable[[Any], bool], token: str = "") -> Any:
        """The answer once `holds` is true of it: for what another service does after an event."""
        end = time.monotonic() + 20
        while True:
            answer = self.ask("GET", path, token=token)
            if answer.status == 200 and holds(answer.json):
                return answer.json
            assert time.monotonic() < end, answer.text
            time.sleep(0.05)

    def sign_in(self, username: str) -> str:
        answer = self.ask("POST", "/api/v1/sessions", {"username": username, "password": "gdbos-demo"})
        assert answer.status == 200 or answer.status == 201, answer.text
        return str(answer.json["token"])


def _answer(status: int, body: bytes, headers: Any) -> Answer:
    return Answer(status, body.decode(errors="replace"), dict(headers), body)
