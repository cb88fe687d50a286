"""`gdbos standards validate` at its core: a verdict on two files, or one line that says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gdbos_atom.cli import validate_files


def write(folder: Path, name: str, content: Any) -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_violations_are_listed_as_plain_data(tmp_path: Path) -> None:
    schema = write(tmp_path, "schema.json", {"required": ["a"], "properties": {"b": {"type": "string"}}})
    data = write(tmp_path, "data.json", {"b": 1})
    found = validate_files(schema, data)
    assert found["valid"] is False
    assert [(v["pointer"], v["code"]) for v in found["violations"]] == [("/a", "required"), ("/b", "type")]
    json.dumps(found)


def test_valid_data_has_no_violations(tmp_path: Path) -> None:
    schema = write(tmp_path, "schema.json", {"type": "object"})
    data = write(tmp_path, "data.json", "\ufeff{}")
    assert validate_files(str(schema), str(data)) == {"valid": True, "violations": []}


@pytest.mark.parametrize(
    ("schema", "data", "says"),
    [
        ("{", "{}", "schema.json: line 1 column 2"),
        ('{"type": "strin"}', "{}", "schema.json: /type"),
        ("{}", '{"a": NaN}', "data.json: line 1 column 1: NaN is not JSON"),
        ("{}", "[" * 200_000, "data.json: nested too deeply"),
    ],
)
def test_bad_input_is_one_line_that_names_the_file(tmp_path: Path, schema: str, data: str, says: str) -> None:
    paths = write(tmp_path, "schema.json", schema), write(tmp_path, "data.json", data)
    with pytest.raises(ValueError, match=says) as refused:
        validate_files(*paths)
    assert "\n" not in str(refused.value)


def test_files_that_are_absent_or_not_utf8_are_named(tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes(b'{"a": "\xe9"}')
    schema = write(tmp_path, "schema.json", {})
    with pytest.raises(ValueError, match=r"absent.json: No such file"):
        validate_files(schema, tmp_path / "absent.json")
    with pytest.raises(ValueError, match=r"latin.json: not UTF-8 at byte 7"):
        validate_files(schema, tmp_path / "latin.json")
