"""Facts that nobody has stated: which of them keep a condition from being decided.

FEEL takes a missing name for null, and a comparison with null for false; so a condition over facts that nobody has
stated looks like one that does not hold. Here such a condition is open: the facts that would decide it are named.
A variable that was set to null is stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import gdbos_feel
from gdbos_feel.builtins import BUILTINS
from gdbos_feel.open import answer

Json = Mapping[str, Any]


def absent(text: str, context: Json) -> tuple[str, ...]:
    """The paths that the text reads and that lead nowhere, each as long as it is written."""
    return tuple(path for path in _paths(text) if not _stated(path.split("."), context))


def deciding(text: str, context: Json) -> tuple[str, ...]:
    """The facts that would decide the condition; () when what is stated decides it."""
    unknown = absent(text, context)
    if not unknown:
        return ()
    try:
        return answer(text, context, unknown).missing
    except (gdbos_feel.FeelError, gdbos_feel.FeelBudgetError):
        return unknown


@lru_cache(maxsize=8192)
def _paths(text: str) -> tuple[str, ...]:
    """In their order; () for a text that can only be read beside its variables."""
    try:
        found = gdbos_feel.paths(text)
    except gdbos_feel.FeelError:
        return ()
    names = sorted(path for path in found if path not in BUILTINS)
    return tuple(path for path in names if not any(other.startswith(f"{path}.") for other in names))


def _stated(steps: list[str], context: Json) -> bool:
    """A list, a text or a date knows better than we do what may be read of it."""
    held: Any = context
    for step in steps:
        if not isinstance(held, Mapping):
            return held is not None
        if step not in held:
            return False
        held = held[step]
    return True
