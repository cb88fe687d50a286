"""A private RabbitMQ node on free ports, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from support.ports import free_port, listening
from support.sessions import kill_session, signal_session


class PrivateRabbit:
    """Own node name, Erlang port mapper and data folder: nothing of a system broker is touched."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self._epmd, self._dist = free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def start(self) -> PrivateRabbit:
        self._folder.mkdir(parents=True, exist_ok=True)
        log = (self._folder / "log").open("ab")
        self._process = subprocess.Popen(
            [self._program()],
            env=self._environment(),
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(900):
            if listening(self.port):
                return self
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"RabbitMQ did not start; see {self._folder / 'log'}")

    def stop(self) -> None:
        if self._process is not None:
            signal_session(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def kill(self) -> None:
        """kill -9 of the node with everything in flight."""
        if self._process is not None:
            kill_session(self._process.pid)
            self._process.wait()

    def wipe(self) -> None:
        """Lose the disk: queues, messages, bindings. Call between kill and start."""
        shutil.rmtree(self._folder / "mnesia", ignore_errors=True)

    def silence(self, queue: str) -> None:
        """The process that leads the queue answers nobody any more."""
        said = f'sys:suspend(whereis(binary_to_atom(<<"%2F_{queue}">>))).'
        ctl = str(Path(self._program()).with_name("rabbitmqctl"))
        command = [ctl, "--node", self._environment()["RABBITMQ_NODENAME"], "eval", said]
        subprocess.run(command, env=self._environment(), check=True, capture_output=True)

    def destroy(self) -> None:
        self.stop()
        subprocess.run(["epmd", "-port", str(self._epmd), "-kill"], capture_output=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "HOME": str(self._folder),
            "LANG": "C.UTF-8",
            "ERL_EPMD_PORT": str(self._epmd),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"gdbos{self.port}@localhost",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_DIST_PORT": str(self._dist),
            "RABBITMQ_MNESIA_BASE": str(self._folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self._folder / "logs"),
            "RABBITMQ_CONFIG_FILE": str(self._folder / "none"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self._folder / "plugins"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
        }

    @staticmethod
    def _program() -> str:
        """Debian's wrapper insists on its own user; the script below it does not."""
        found = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"))
        return str(found[-1]) if found else "rabbitmq-server"
