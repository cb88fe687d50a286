"""The checker of domain/compat beside the event loop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gdbos_contracts.modes import BY_MEANING
from gdbos_runtime.offload import offload
from services.standards.domain.compat import compare_history


def compared(
    versions: Sequence[Any], new: Any, mode: str, *, lenient: bool = False, reading: str = BY_MEANING
) -> dict[str, Any]:
    """As `compare_history`. Anybody may ask for it, and patterns may take it seconds: others are served meanwhile."""
    return offload(compare_history, versions, new, mode, lenient=lenient, reading=reading)
