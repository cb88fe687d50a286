"""`make bench`: every figure beside its floor, in one run; also var/bench.json."""

from __future__ import annotations

import json
import os
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

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "libs"), str(ROOT / "tests")]

from support.filing import enrolment  # noqa: E402
from support.ports import free_port, listening  # noqa: E402
from support.reset import drop_queues, drop_schemas  # noqa: E402
from support.site import Site  # noqa: E402

from bench import compatibility, load  # noqa: E402

SECONDS = float(os.environ.get("GDBOS_BENCH_SECONDS", "5"))
CLIENTS = (1, 8, 32)
PAIR = {
    "GDBOS_AMQP_URI": os.environ.get("GDBOS_TEST_AMQP_URI", ""),
    "GDBOS_DATABASE_URL": os.environ.get("GDBOS_TEST_DATABASE_URL", ""),
}


def main() -> int:
    results: dict[str, Any] = {}
    layouts: list[tuple[str, dict[str, str]]] = [("one process, embedded + SQLite", {})]
    if all(PAIR.values()):
        layouts.append(("two workers, RabbitMQ + PostgreSQL", {**PAIR, "GDBOS_WORKERS": "2"}))
    for name, settings in layouts:
        print(f"\nspine: submissions, {name}", flush=True)
        floors = _measured(settings, floor)
        houses = _measured(settings, house)
        ratios = []
        for ours, bare in zip(houses, floors, strict=True):
            ratio = bare.rate / ours.rate if ours.rate else float("inf")
            ratios.append(round(ratio, 2))
            print(f"  floor {bare}\n  house {ours}   floor / house = {ratio:.2f}", flush=True)
        results[name] = {
            "floor": [asdict(f) for f in floors],
            "house": [asdict(f) for f in houses],
            "ratio": ratios,
        }
    results["compatibility"] = compatibility.figures()
    print(f"\nstandards: compatibility {results['compatibility']}", flush=True)
    target = ROOT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(results, indent=1))
    print(f"\nwrote {target.relative_to(ROOT)}")
    return 0


def _measured(settings: dict[str, str], layout: Callable[..., Any]) -> list[load.Figures]:
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
def house(folder: Path, settings: dict[str, str]) -> Iterator[tuple[int, load.Request]]:
    if settings:
        seeding = Site(folder, {k: v for k, v in settings.items() if k != "GDBOS_WORKERS"})
        seeding.start()
        seeding.stop()
    site = Site(folder, {**settings, "GDBOS_LOG_LEVEL": "WARNING"})
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


if __name__ == "__main__":
    sys.exit(main())
