"""Strings."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from gdbos_feel.regex import compiled, replaced
from gdbos_feel.values import Range


def text(value: Any) -> str | None:
    """`string(…)`."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, list):
        return f"[{', '.join(_inner(each) for each in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k)}: {_inner(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Range):
        return _range_text(value)
    return None if callable(value) else str(value)


def number_text(value: Decimal) -> str:
    """Without exponent and without idle zeros."""
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain == "-0" else plain


def _range_text(value: Range) -> str:
    if value.sign:
        return f"({value.sign} {_inner(value.high if value.low is None else value.low)})"
    low, high = "[" if value.low_in else "(", "]" if value.high_in else ")"
    return f"{low}{_inner(value.low)}..{_inner(value.high)}{high}"


def _inner(value: Any) -> str:
    return _quoted(value) if isinstance(value, str) else text(value) or "null"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _key(name: str) -> str:
    return name if all(word.isidentifier() for word in name.split(" ")) else _quoted(name)


def _substring(string: str, start: Decimal, length: Decimal | None = None) -> str | None:
    place, size = int(start), None if length is None else int(length)
    if place == 0 or abs(place) > len(string) or (size is not None and size < 1):
        return None
    begin = place - 1 if place > 0 else len(string) + place
    return string[begin:] if size is None else string[begin : begin + size]


def _before(string: str, match: str) -> str:
    return string.partition(match)[0] if match and match in string else ""


def _after(string: str, match: str) -> str:
    return string.partition(match)[2] if match else string


def _matches(string: str, pattern: str, flags: str | None = None) -> bool:
    return compiled(pattern, flags or "").search(string) is not None


def _replace(string: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    return replaced(string, compiled(pattern, flags or ""), replacement, "q" in (flags or ""))


def _split(string: str, delimiter: str) -> list[str]:
    return compiled(delimiter, "").split(string)


def _join(strings: list[Any], delimiter: str | None = None) -> str | None:
    if any(each is not None and not isinstance(each, str) for each in strings):
        return None
    return (delimiter or "").join(each for each in strings if each is not None)


FUNCTIONS: list[tuple[str, str, Callable[..., Any]]] = [
    ("string", "from", text),
    ("substring", "string: string, start position: number, length?: number", _substring),
    ("string length", "string: string", lambda string: Decimal(len(string))),
    ("upper case", "string: string", str.upper),
    ("lower case", "string: string", str.lower),
    ("substring before", "string: string, match: string", _before),
    ("substring after", "string: string, match: string", _after),
    ("contains", "string: string, match: string", lambda string, match: match in string),
    ("starts with", "string: string, match: string", str.startswith),
    ("ends with", "string: string, match: string", str.endswith),
    ("matches", "input: string, pattern: string, flags?: string|Null", _matches),
    ("replace", "input: string, pattern: string, replacement: string, flags?: string|Null", _replace),
    ("split", "string: string, delimiter: string", _split),
    ("string join", "list: list, delimiter?: string|Null", _join),
]
