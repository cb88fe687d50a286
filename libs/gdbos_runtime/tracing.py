"""W3C trace context: `00-<trace id>-<parent id>-<flags>`."""

from __future__ import annotations

import re

from gdbos_runtime.ids import unique

_SHAPE = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def child(traceparent: str) -> str:
    """A new span of the same trace; a new trace when `traceparent` is not one."""
    if _SHAPE.fullmatch(traceparent):
        return f"{traceparent[:36]}{unique(8)}{traceparent[52:]}"
    return f"00-{unique(16)}-{unique(8)}-01"
