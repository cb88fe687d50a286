"""Submissions over HTTP beside the floor of their stack, in one run.

Two items: one whose elements are asked (the hot path: one RPC, one commit), and one with authentic elements,
which asks the hub as well. Both bear their events, which other services take in the same processes.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from support.filing import enrolment
from support.house import ROOT
from support.ports import free_port, listening
from support.reset import drop_queues, drop_schemas
from support.site import STARTER, Site

from bench import load

SECONDS = float(os.environ.get("GDBOS_BENCH_SECONDS", "5"))
CLIENTS = (1, 8, 32)
PAIR = {
    "GDBOS_AMQP_URI": os.environ.get("GDBOS_TEST_AMQP_URI", ""),
    "GDBOS_DATABASE_URL": os.environ.get("GDBOS_TEST_DATABASE_URL", ""),
}
Layout = Callable[[Path, dict[str, str]], Any]


def figures() -> dict[str, Any]:
    """{layout: {floor, asked, authentic, ratios}}; ratios of rate and of the median time."""
    found = {"one process, embedded + SQLite": _beside({})}
    if all(PAIR.values()):
        found["two workers, RabbitMQ + PostgreSQL"] = _beside({**PAIR, "GDBOS_WORKERS": "2"})
    return found


def _beside(settings: dict[str, str]) -> dict[str, Any]:
    layouts: dict[str, Layout] = {"floor": floor, "asked": asked, "authentic": authentic}
    rows = {name: _measured(settings, layout) for name, layout in layouts.items()}
    print(f"\nspine: submissions, {'two workers, RabbitMQ + PostgreSQL' if settings else 'one process'}")
    for name, each in rows.items():
        for bare, ours in zip(rows["floor"], each, strict=True):
            beside = f"floor / house {bare.rate / ours.rate:.2f}, median {ours.p50 / bare.p50:.2f} x"
            print(f"  {name:9} {ours}   {beside if name != 'floor' else ''}", flush=True)
    return {name: [asdict(each) for each in found] for name, found in rows.items()}


def _measured(settings: dict[str, str], layout: Layout) -> list[load.Figures]:
    if settings:
        drop_schemas(settings["GDBOS_DATABASE_URL"])
        drop_queues(settings["GDBOS_AMQP_URI"])
    with (
        tempfile.TemporaryDirectory(prefix="gdbos-bench-") as folder,
        layout(Path(folder), settings) as (port, request),
    ):
        load.run(port, request, 4, 1.0, 201)  # warm
        return [load.run(port, request, clients, SECONDS, 201) for clients in CLIENTS]


@contextmanager
def floor(folder: Path, settings: dict[str, str]) -> Iterator[tuple[int, load.Request]]:
    port = free_port()
    path = os.pathsep.join(str(p) for p in (ROOT, ROOT / "libs", ROOT / "tests"))
    environment = {
        **os.environ,
        **settings,
        "PYTHONPATH": path,
        "GDBOS_DATA": str(folder),
        "GDBOS_PORT": str(port),
    }
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "bench" / "floor.py")], env=environment, start_new_session=True
    )
    until = time.monotonic() + 30
    while not listening(port):
        assert time.monotonic() < until and process.poll() is None
        time.sleep(0.1)
    time.sleep(1.0)  # the second worker
    body = json.dumps({"answers": {f"element.{n}": "x" * 12 for n in range(8)}}).encode()
    yield port, lambda: ("/", body, {"Content-Type": "application/json"})
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def authentic(folder: Path, settings: dict[str, str]) -> Iterator[tuple[int, load.Request]]:
    with _house(folder, settings, STARTER) as found:
        yield found


@contextmanager
def asked(folder: Path, settings: dict[str, str]) -> Iterator[tuple[int, load.Request]]:
    """The starter pack with nothing authentic in it."""
    pack = folder / "asked"
    shutil.copytree(STARTER, pack)
    for path in (pack / "items").glob("*.yaml"):
        path.write_text(path.read_text().replace("authentic: true", "authentic: false"))
    with _house(folder, settings, pack) as found:
        yield found


@contextmanager
def _house(folder: Path, settings: dict[str, str], pack: Path) -> Iterator[tuple[int, load.Request]]:
    if settings:
        seeding = Site(folder, {k: v for k, v in settings.items() if k != "GDBOS_WORKERS"}, pack)
        seeding.start()
        seeding.stop()
    site = Site(folder, {**settings, "GDBOS_LOG_LEVEL": "WARNING"}, pack)
    site.start()
    token = site.sign_in("citizen")
    body = json.dumps(enrolment(site, token)).encode()

    def request() -> tuple[str, bytes, dict[str, str]]:
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": uuid.uuid4().hex,
        }
        return "/api/v1/applications", body, headers

    yield site.port, request
    site.stop()
