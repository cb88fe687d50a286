"""Identifiers that have to be unique and need not be secret: of events, calls and traces.

The system's generator costs a call into the kernel for each; it seeds this one, once a process.
"""

from __future__ import annotations

import os
import random

_NUMBERS = random.Random(os.urandom(32))
os.register_at_fork(after_in_child=lambda: _NUMBERS.seed(os.urandom(32)))


def unique(size: int) -> str:
    """`size` bytes as hexadecimal digits, not all of them 0."""
    return f"{_NUMBERS.getrandbits(8 * size) or 1:0{2 * size}x}"
