"""What a command prints and how it refuses."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from gdbos_contracts.errors import GdbosError
from gdbos_contracts.text import pick


class Refused(Exception):
    """Bad input: one line, exit 2."""


def fail(line: str) -> NoReturn:
    print(f"gdbos: {' '.join(line.split())}", file=sys.stderr)
    sys.exit(2)


def show(value: Any) -> None:
    """One JSON object on one line."""
    print(json.dumps(value, ensure_ascii=False, default=str), flush=True)


@contextmanager
def refusing(*kinds: type[Exception]) -> Iterator[None]:
    """Errors of these kinds, and of the house, end the command with exit 2."""
    try:
        yield
    except GdbosError as error:
        raise Refused(told(error)) from error
    except kinds as error:
        raise Refused(str(error) or type(error).__name__) from error


def told(error: GdbosError) -> str:
    """Detail and faults of an error on one line."""
    faults = "; ".join(f"{f.pointer} {pick(f.message, 'en')}" for f in error.faults[:5])
    return f"{pick(error.detail, 'en')}{': ' + faults if faults else ''}"


def read_json(path: Path) -> Any:
    with refusing(OSError):
        text = path.read_text(encoding="utf-8-sig")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{path}: not JSON: {error}") from error


def read_bytes(path: Path) -> bytes:
    with refusing(OSError):
        return path.read_bytes()
