"""W3C trace context: `00-<trace id>-<parent id>-<flags>`."""

from __future__ import annotations

import re
import secrets
from random import Random

_SHAPE = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")

_SPANS = Random(secrets.randbits(128))
"""A span id is no secret: it need not cost a call of the kernel."""


def child(traceparent: str) -> str:
    """A new span of the same trace; a new trace when `traceparent` is not one."""
    if _SHAPE.fullmatch(traceparent):
        return f"{traceparent[:36]}{_span()}{traceparent[52:]}"
    return f"00-{secrets.token_hex(16)}-{_span()}-01"


def _span() -> str:
    return f"{_SPANS.randrange(1, 1 << 64):016x}"
