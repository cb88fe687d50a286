"""Personal data never reaches a log: identifiers and telephone numbers are masked by their shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_BOUND_LEFT, _BOUND_RIGHT = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_SHAPES = re.compile(
    f"{_BOUND_LEFT}(?:"
    r"[1-9][0-9]{16}[0-9Xx]|"  # citizen id
    r"[1-9][0-9]{14}|"  # citizen id of 15 digits
    r"(?:\+?86[- ]?)?1[3-9][0-9]{9}|"  # mobile telephone
    r"[1-9][0-9]{18}"  # bank card
    f"){_BOUND_RIGHT}"
)
_SECRET_KEYS = frozenset(
    {"password", "token", "authorization", "cookie", "secret", "answers", "values", "subject"}
)


def mask_text(text: str) -> str:
    """Every identifier by shape keeps its first three and last two characters."""
    return _SHAPES.sub(lambda m: f"{m[0][:3]}***{m[0][-2:]}", text)


def mask(value: Any) -> Any:
    """The same structure with texts masked and secret members replaced."""
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, Mapping):
        return {k: "***" if str(k).lower() in _SECRET_KEYS else mask(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [mask(v) for v in value]
    return value
