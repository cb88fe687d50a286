"""Strings."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from gdbos_feel.temporal import text_of
from gdbos_feel.values import Range, is_number

MOST_PATTERN, MOST_SUBJECT = 500, 20_000
_FLAGS = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}
_CLASSES = {r"\i": r"[A-Za-z_:]", r"\c": r"[-.0-9:A-Z_a-z]"}


def text(value: Any) -> str | None:
    """`string(…)`."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_number(value):
        return number_text(value)
    if isinstance(value, list):
        return f"[{', '.join(_inner(each) for each in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_inner(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Range):
        low, high = "[" if value.low_in else "(", "]" if value.high_in else ")"
        return f"{low}{_inner(value.low)}..{_inner(value.high)}{high}"
    return text_of(value)


def number_text(value: Decimal) -> str:
    """Without exponent and without idle zeros."""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _inner(value: Any) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return "null" if value is None else text(value) or "null"


def _substring(string: str, start: Decimal, length: Decimal | None = None) -> str | None:
    place, size = int(start), None if length is None else int(length)
    if (
        not isinstance(string, str)
        or place == 0
        or abs(place) > len(string)
        or (size is not None and size < 1)
    ):
        return None
    begin = place - 1 if place > 0 else len(string) + place
    return string[begin:] if size is None else string[begin : begin + size]


def _before(string: str, match: str) -> str:
    return string.partition(match)[0] if match in string else ""


def _after(string: str, match: str) -> str:
    return string.partition(match)[2] if match in string else ""


def _pattern(pattern: str, flags: str | None) -> re.Pattern[str]:
    """An XPath pattern as Python has it; ValueError for what would be dangerous or is not one."""
    chosen = 0
    for flag in flags or "":
        if flag not in _FLAGS:
            raise ValueError(flag)
        chosen |= _FLAGS[flag]
    if len(pattern) > MOST_PATTERN or re.search(r"\((?:[^()]*[+*])[^()]*\)[+*{]", pattern):
        raise ValueError("pattern")
    for name, meaning in _CLASSES.items():
        pattern = pattern.replace(name, meaning)
    try:
        return re.compile(pattern, chosen)
    except re.error as error:
        raise ValueError(str(error)) from error


def _matches(string: str, pattern: str, flags: str | None = None) -> bool:
    return _pattern(pattern, flags).search(_bounded(string)) is not None


def _replace(string: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    return _pattern(pattern, flags).sub(re.sub(r"\$(\d+)", r"\\g<\1>", replacement), _bounded(string))


def _split(string: str, delimiter: str) -> list[str]:
    return _pattern(delimiter, None).split(_bounded(string))


def _bounded(string: str) -> str:
    if len(string) > MOST_SUBJECT:
        raise ValueError("too long")
    return string


def _join(strings: Any, delimiter: str | None = None) -> str | None:
    entries = strings if isinstance(strings, list) else [strings]
    if any(each is not None and not isinstance(each, str) for each in entries):
        return None
    return (delimiter or "").join(each for each in entries if each is not None)


def _strings(function: Any) -> Any:
    """The function for strings only."""

    def only(*values: Any) -> Any:
        return (
            function(*values)
            if all(isinstance(v, str) or v is None for v in values) and values[0] is not None
            else None
        )

    return only


FUNCTIONS = [
    ("string", "from", text),
    ("substring", "string, start position, length?", _substring),
    ("string length", "string", _strings(lambda string: Decimal(len(string)))),
    ("upper case", "string", _strings(lambda string: string.upper())),
    ("lower case", "string", _strings(lambda string: string.lower())),
    ("substring before", "string, match", _strings(_before)),
    ("substring after", "string, match", _strings(_after)),
    ("contains", "string, match", _strings(lambda string, match: match in string)),
    ("starts with", "string, match", _strings(lambda string, match: string.startswith(match))),
    ("ends with", "string, match", _strings(lambda string, match: string.endswith(match))),
    ("matches", "input, pattern, flags?", _strings(_matches)),
    ("replace", "input, pattern, replacement, flags?", _strings(_replace)),
    ("split", "string, delimiter", _strings(_split)),
    ("string join", "list, delimiter?", _join),
]
