"""Writes the table of settings into deploy/README.md between its marks; `python deploy/settings.py`."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from gdbos_runtime.settings import Settings

FILE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- settings -->", "<!-- /settings -->"


def table() -> str:
    """One row a setting: variable, default, meaning."""
    rows = [
        f"| `{item.metadata['env']}` | `{_shown(item.default)}` | {item.metadata['doc']} |"
        for item in fields(Settings)
    ]
    return "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows])


def with_table(text: str) -> str:
    head, _, rest = text.partition(BEGIN)
    return f"{head}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


def _shown(value: object) -> str:
    return ",".join(f"{v:g}" for v in value) if isinstance(value, tuple) else str(value)


if __name__ == "__main__":
    FILE.write_text(with_table(FILE.read_text(encoding="utf-8")), encoding="utf-8")
