"""Turns of the greenlets of one process."""

from __future__ import annotations

import eventlet


def let_others() -> None:
    """Whoever is ready runs before this returns: for work that takes seconds, between its steps."""
    eventlet.sleep(0)
