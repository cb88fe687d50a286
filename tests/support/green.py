"""The tests of real parts run in the same patched world as the house."""

from __future__ import annotations

import warnings


def patched() -> None:
    """Patch the standard library once, as `gdbos` does before it imports anything else."""
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet
    from eventlet import patcher

    if not patcher.is_monkey_patched("socket"):
        eventlet.monkey_patch(all=True, psycopg=True)
