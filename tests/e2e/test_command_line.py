"""The exit codes that scripts rely on: 0 done, 1 found wanting, 2 bad input with one line."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from support.house import ROOT
from support.ports import free_port

from gdbos_runtime.httpd import bound
from gdbos_runtime.settings import Settings

TEXT = {"type": "object", "properties": {"a": {"type": "string"}}}
NUMBER = {"type": "object", "properties": {"a": {"type": "integer"}}}
BROKEN = "<definitions"


def gdbos(*arguments: str, data: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT), str(ROOT / "libs")])
    base = {k: v for k, v in os.environ.items() if not k.startswith("GDBOS_")}
    return subprocess.run(
        [sys.executable, "-m", "gdbos_runtime.cli.main", *arguments],
        env={**base, "PYTHONPATH": path, "GDBOS_DATA": str(data), "GDBOS_LOG_LEVEL": "CRITICAL", **settings},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, value in {"text": TEXT, "number": NUMBER, "good": {"a": "x"}, "bad": {"a": 1}}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(value))
    (tmp_path / "broken.bpmn").write_text(BROKEN)
    return tmp_path


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("standards validate --schema {0}/text.json --data {0}/good.json", 0),
        ("standards validate --schema {0}/text.json --data {0}/bad.json", 1),
        ("standards validate --schema {0}/text.json --data {0}/bad.json --json", 1),
        ("standards validate --schema {0}/none.json --data {0}/bad.json", 2),
        ("standards compat {0}/text.json {0}/text.json --mode full", 0),
        ("standards compat {0}/text.json {0}/number.json --mode backward --json", 1),
        ("standards compat {0}/text.json {0}/number.json --mode sideways", 2),
        ("standards compat {0}/text.json {0}/number.json --mode full --reading declared", 1),
        ("standards compat {0}/text.json {0}/text.json --mode full --reading aloud", 2),
        ("process lint {0}/broken.bpmn", 2),
        ("process run {0}/none.bpmn", 2),
        ("export codelist", 2),
        ("export codelist gb.sex --format sideways", 2),
        ("import codelist {0}/good.json --format sideways", 2),
        ("import codelist {0}/none.json", 2),
        ("import gbt-2260 {0}/none.json", 2),
        ("import --list", 0),
        ("no-such-verb", 2),
    ],
)
def test_exit_codes(files: Path, line: str, code: int) -> None:
    done = gdbos(*line.format(files).split(), data=files)
    assert done.returncode == code, done.stdout + done.stderr
    if code == 2:
        assert len(done.stderr.strip().splitlines()) == 1
        assert "Traceback" not in done.stderr


def test_a_json_answer_is_one_object(files: Path) -> None:
    done = gdbos(
        "standards",
        "compat",
        f"{files}/text.json",
        f"{files}/number.json",
        "--mode",
        "full",
        "--json",
        data=files,
    )
    found = json.loads(done.stdout)
    assert found["compatible"] is False and found["changes"] and "witness" in found


def test_a_port_that_is_taken_is_told_in_one_line_and_nothing_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = gdbos("run", data=tmp_path / "house", GDBOS_PORT=str(port))
    assert done.returncode == 2
    assert f"127.0.0.1:{port}" in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "house").exists()


def test_workers_take_the_port_of_those_that_they_follow() -> None:
    """A supervisor that was killed leaves workers behind for a moment; its successor does not wait for them."""
    shared = Settings.from_env({}, port=free_port(), workers=2)
    with bound(shared) as before:
        before.listen()
        bound(shared).close()
    alone = Settings.from_env({}, port=shared.port, workers=1)
    with bound(alone) as before:
        before.listen()
        with pytest.raises(OSError, match="in use"):
            bound(alone)
