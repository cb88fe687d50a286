"""The one clock: China Standard Time, movable for tests and demonstrations."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

ZONE = timezone(timedelta(hours=8))
_offset = 0.0


def start_at(moment: str) -> None:
    """Let the clock show `moment` (RFC 3339) now and run on from there; "" is the real time."""
    global _offset
    _offset = datetime.fromisoformat(moment).timestamp() - time.time() if moment else 0.0


def now() -> datetime:
    return datetime.fromtimestamp(time.time() + _offset, ZONE)
