"""Opaque cursors: where a page ended, unreadable so that nobody builds on what is inside."""

from __future__ import annotations

import base64
import binascii
import json

from gdbos_contracts.errors import BadInput
from services.workflow.domain.faults import fault


def sealed(*keys: str) -> str:
    """The cursor after a row with these sort keys."""
    return base64.urlsafe_b64encode(json.dumps(keys, ensure_ascii=False).encode()).decode().rstrip("=")


def opened(cursor: str, count: int) -> tuple[str, ...]:
    """The `count` sort keys of a cursor; BadInput for anything that `sealed` did not make."""
    try:
        keys = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        keys = None
    if not isinstance(keys, list) or len(keys) != count or not all(isinstance(k, str) for k in keys):
        raise BadInput(faults=[fault("/cursor", "cursor")])
    return tuple(keys)
