"""Type names: instance of, and walking a range."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from gdbos_feel.values import Range, compare, kind

_ALIASES = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}


def is_instance(value: Any, name: str) -> bool | None:
    """`value instance of name`; None for a type that does not exist. null is an instance of Null only."""
    name = _ALIASES.get(name, name)
    if name == "Any":
        return value is not None
    if name in ("Null", "null"):
        return value is None
    if value is None:
        return False
    base, _, inner = name.partition(" <")
    if base == "list":
        return isinstance(value, list) and all(is_instance(v, _inside(inner)) for v in value if inner)
    if base == "range":
        ends = [end for end in (value.low, value.high) if end is not None] if isinstance(value, Range) else []
        return isinstance(value, Range) and all(is_instance(end, _inside(inner)) for end in ends if inner)
    if base == "context":
        return isinstance(value, dict) and _members(value, inner)
    if base.startswith("function"):
        return callable(value)
    if name not in _KNOWN:
        return None
    return kind(value) == name


_KNOWN = frozenset(
    {
        "boolean",
        "number",
        "string",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    }
)


def _inside(inner: str) -> str:
    return inner.rstrip(" >").strip()


def _members(value: dict[str, Any], inner: str) -> bool:
    if not inner:
        return True
    for part in _inside(inner).split(" , "):
        name, _, type_name = part.partition(" : ")
        if name not in value or not is_instance(value[name], type_name):
            return False
    return True


def steps(span: Range) -> Iterator[Any] | None:
    """The numbers or dates of a closed range, one after another."""
    low, high = span.low, span.high
    step: Any = None
    if isinstance(low, Decimal):
        step = Decimal(1)
    elif isinstance(low, date) and not isinstance(low, datetime):
        step = timedelta(days=1)
    if step is None or high is None or compare(low, high) is None:
        return None
    return _walk(span, step if (compare(low, high) or 0) <= 0 else -step)


def _walk(span: Range, step: Any) -> Iterator[Any]:
    value = span.low if span.low_in else span.low + step
    up = step == abs(step)
    while True:
        order = compare(value, span.high) or 0
        if (order > 0 if up else order < 0) or (order == 0 and not span.high_in):
            return
        yield value
        value += step
