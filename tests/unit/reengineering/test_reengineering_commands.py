"""The commands: they do their work without a database, and refuse what is broken on one line, writing nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from gdbos_runtime.cli import process, reengineering
from gdbos_runtime.cli.output import Refused

STARTER = Path(__file__).resolve().parents[3] / "deploy" / "packs" / "starter"
FILES = Path(__file__).with_name("files")
FOOD = str(STARTER / "processes" / "food-licence.bpmn")


def run(*words: str) -> str:
    result = CliRunner().invoke(process.group, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_simulate_prints_one_object_that_a_seed_repeats(tmp_path: Path) -> None:
    scenario = tmp_path / "s.yaml"
    scenario.write_text(run("scenario", FOOD))
    first, again = (run("simulate", FOOD, "--scenario", str(scenario), "--seed", "5", "--json") for _ in "12")
    assert first == again
    assert json.loads(first)["duration"]["mean"]["mean"] > 0


def test_compare_and_import_work_from_files(tmp_path: Path) -> None:
    old = str(STARTER / "simulations" / "before" / "food-licence.bpmn")
    assert json.loads(run("compare", old, FOOD, "--json"))["saved"]["visits"] == 1
    out = tmp_path / "o.bpmn"
    run("import", "digit", str(FILES / "trade-licence.json"), "--out", str(out))
    assert "ok" in run("lint", str(out), "--json")


@pytest.mark.parametrize(
    ("format", "content"), [("visio", b"x"), ("bpmn", b"<a"), ("digit", b"{"), ("table", b"\xff\xfe\x01")]
)
def test_bad_input_is_refused_and_nothing_is_written(tmp_path: Path, format: str, content: bytes) -> None:
    file, out = tmp_path / "in", tmp_path / "out"
    file.write_bytes(content)
    with pytest.raises((Refused, typer.Exit)):
        run("import", format, str(file), "--out", str(out))
    assert not out.exists()
    assert reengineering.group is process.group
