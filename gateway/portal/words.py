"""The words of the pages: translations/*.yaml, key → {zh-Hans, zh-Hant, en}."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from gdbos_contracts.text import LANGUAGES, Text
from gdbos_runtime import context

_FOLDER = Path(__file__).with_name("translations")


@cache
def catalogue() -> dict[str, Text]:
    """Every key; ValueError when two files have the same one or a language is missing."""
    found: dict[str, Text] = {}
    for path in sorted(_FOLDER.glob("*.yaml")):
        for key, text in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if key in found or set(text) != set(LANGUAGES):
                raise ValueError(f"{path.name}: {key}")
            found[key] = text
    return found


def say(key: str, **values: object) -> str:
    """The words of `key` in the language of the request; KeyError for a key that nobody translated."""
    return catalogue()[key][context.current().language].format(**values)


def named(group: str, code: object) -> str:
    """The words of a code, such as `status.accepted`; the code itself when it has none."""
    return say(f"{group}.{code}") if f"{group}.{code}" in catalogue() else str(code or "")
