"""Patterns are asked of the validator itself: two engines for one pattern would be one too many."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import BadInput


@lru_cache(maxsize=2000)
def matcher(pattern: str) -> Callable[[str], bool]:
    """Whether a text matches; a pattern that the validator cannot read matches nothing."""
    try:
        return Validator({"pattern": pattern}).verdict
    except BadInput:
        return lambda text: False
