"""Validation of a file against a schema file: the core of `gdbos standards validate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gdbos_atom.validation import Validator, validate_schema
from gdbos_contracts.text import pick


def validate_files(schema_path: str | Path, data_path: str | Path) -> dict[str, Any]:
    """{valid, violations: [{pointer, code, message, element, rule, article, action}]}.

    Raises ValueError, one line that names the file, for what cannot be read, is not JSON, or is no schema.
    """
    schema = _read(Path(schema_path))
    faults = validate_schema(schema)
    if faults:
        raise ValueError(f"{schema_path}: {faults[0].pointer or '/'} {pick(faults[0].message, 'en')}")
    found = Validator(schema).explain(_read(Path(data_path)))
    return {"valid": not found, "violations": [violation.to_data() for violation in found]}


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_no_constant)
    except OSError as problem:
        raise ValueError(f"{path}: {problem.strerror}") from problem
    except UnicodeDecodeError as problem:
        raise ValueError(f"{path}: not UTF-8 at byte {problem.start}") from problem
    except RecursionError as problem:
        raise ValueError(f"{path}: nested too deeply") from problem
    except json.JSONDecodeError as problem:
        raise ValueError(f"{path}: line {problem.lineno} column {problem.colno}: {problem.msg}") from problem


def _no_constant(name: str) -> Any:
    """NaN and Infinity are no JSON."""
    raise json.JSONDecodeError(f"{name} is not JSON", name, 0)
