"""Conditions of a guide: FEEL over the choices made so far, compiled once per text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import gdbos_feel


@lru_cache(maxsize=4096)
def compiled(expression: str) -> Callable[[Mapping[str, Any]], Any]:
    """The compiled condition; the error of gdbos_feel when the text is not FEEL."""
    return gdbos_feel.compile(expression)


def holds(expression: str | None, context: Mapping[str, Any]) -> bool:
    """Whether the condition is true. No condition holds; null or anything else than true does not."""
    return expression is None or compiled(expression)(context) is True
