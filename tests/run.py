"""Runs the levels of test with what each needs; see tests/README.md."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT), str(ROOT / "libs")]

from support import debian  # noqa: E402
from support.postgres import PrivatePostgres  # noqa: E402
from support.rabbit import PrivateRabbit  # noqa: E402

PYTHON = sys.executable
BIN = Path(PYTHON).parent
PURE = ["tests/architecture", "tests/unit", "tests/contract"]
LONG = [
    "tests/architecture",
    "tests/contract",
    *(f"tests/unit/{name}" for name in ("feel", "standards")),
]
"""About half of them by time; the other half is the rest."""
ENGINE = [f"tests/integration/test_{name}.py" for name in ("engine_joins", "engine_migration", "case_life")]
"""10,000 joins of concurrent writers, 10,000 migrations, 2,000 lives of cases."""
LONG_FORM = {"GDBOS_FAULT": "long"}


def main(level: str) -> int:
    """0 when everything passed; every part runs even when an earlier one failed."""
    levels: dict[str, Callable[[], list[str]]] = {
        "check": check,
        "unit": lambda: step("pure", pytest(*PURE)),
        "all": everything,
        "fault": fault,
        "bench": bench,
    }
    began = time.monotonic()
    failed = levels[level]()
    print(
        f"\n{'FAILED: ' + ', '.join(failed) if failed else 'all green'} in {time.monotonic() - began:.0f} s"
    )
    return 1 if failed else 0


def check() -> list[str]:
    failed = step("ruff", [str(BIN / "ruff"), "check", "--quiet", "."])
    failed += step("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."])
    failed += step("imports", [str(BIN / "lint-imports"), "--no-cache"])
    rest = [f"--ignore={folder}" for folder in LONG]
    return failed + beside(
        {
            "types": [str(BIN / "mypy"), "--no-error-summary", "services", "gateway", "libs"],
            "architecture, contract, unit": pytest(*LONG),
            "unit, the rest": pytest("tests/unit", *rest),
        }
    )


def everything() -> list[str]:
    debian.ensure()
    failed = check()
    with private_pair() as pair:
        integration = pytest("tests/integration")
        names = ("integration, embedded", "integration, RabbitMQ + PostgreSQL")
        failed += beside(dict(zip(names, (integration, within(pair, integration)), strict=True)))
        failed += step("faults, short form", within(pair, pytest("tests/fault")))
    if step("drawing editors", [PYTHON, "deploy/assets.py"]):
        print("they cannot be fetched: what draws in a browser is skipped", flush=True)
    files = sorted((ROOT / "tests" / "e2e").glob("test_*.py"), reverse=True)
    return failed + beside({file.stem: pytest(str(file)) for file in files}, at_once=2)


def fault() -> list[str]:
    debian.ensure(["rabbitmq-server", "postgresql"])
    with private_pair() as pair:
        failed = step("faults, long form", within(pair | LONG_FORM, pytest("tests/fault", "-s")))
        failed += step("engine on PostgreSQL, long form", within(pair | LONG_FORM, pytest(*ENGINE)))
    failed += step("engine on SQLite, long form", within(LONG_FORM, pytest(*ENGINE)))
    failed += step("whatever is sent, long form", within(LONG_FORM, pytest("tests/e2e/test_http_schema.py")))
    return failed + step(
        "schemas, 10,000 pairs", within({"GDBOS_FUZZ": "10000"}, pytest("tests/unit/compat"))
    )


def bench() -> list[str]:
    debian.ensure(["rabbitmq-server", "postgresql"])
    with private_pair() as pair:
        return step("bench", within(pair, [PYTHON, "tests/bench/run.py"]))


def within(environment: dict[str, str], command: list[str]) -> list[str]:
    return ["env", *(f"{name}={value}" for name, value in environment.items()), *command]


def pytest(*arguments: str) -> list[str]:
    return [PYTHON, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", *arguments]


def beside(commands: dict[str, list[str]], at_once: int | None = None) -> list[str]:
    """Names of those that failed; what each says comes in one piece when it is its turn. Without a number `at_once`
    all run together."""
    with ThreadPoolExecutor(at_once or len(commands)) as pool:
        running = {name: pool.submit(_quiet, command) for name, command in commands.items()}
        failed = []
        for name, future in running.items():
            done, spent = future.result()
            print(f"\n== {name}\n{done.stdout}", end="")
            print(f"-- {name}: {'ok' if done.returncode == 0 else 'FAILED'} in {spent:.0f} s", flush=True)
            failed += [] if done.returncode == 0 else [name]
    return failed


def _quiet(command: list[str]) -> tuple[subprocess.CompletedProcess[str], float]:
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return done, time.monotonic() - began


def _environment() -> dict[str, str]:
    path = os.pathsep.join([str(ROOT), str(ROOT / "libs")])
    return {**os.environ, "PYTHONPATH": path, "MYPYPATH": path}


def step(name: str, command: list[str]) -> list[str]:
    """[name] when the command failed."""
    print(f"\n== {name}", flush=True)
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=_environment())
    print(
        f"-- {name}: {'ok' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s",
        flush=True,
    )
    return [] if done.returncode == 0 else [name]


@contextmanager
def private_pair() -> Iterator[dict[str, str]]:
    """RabbitMQ and PostgreSQL of our own, or those that the environment names."""
    given = {
        "GDBOS_TEST_AMQP_URI": os.environ.get("GDBOS_TEST_AMQP_URI", ""),
        "GDBOS_TEST_DATABASE_URL": os.environ.get("GDBOS_TEST_DATABASE_URL", ""),
    }
    if all(given.values()):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="gdbos-pair-") as folder:
        Path(folder).chmod(0o755)
        print("\nstarting private RabbitMQ and PostgreSQL", flush=True)
        rabbit, postgres = PrivateRabbit(Path(folder) / "rabbit"), PrivatePostgres(Path(folder) / "postgres")
        try:
            yield {
                "GDBOS_TEST_AMQP_URI": rabbit.start().uri,
                "GDBOS_TEST_DATABASE_URL": postgres.start().url,
            }
        finally:
            rabbit.destroy()
            postgres.destroy()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "all"))
