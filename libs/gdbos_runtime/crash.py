"""Crash points: named places before and after each commit, publish and ack where a process can kill itself.

`GDBOS_CRASH_AT` is `<point>`, `<point>@<service>` or either with `#<n>` for the n-th time it is passed.
"""

from __future__ import annotations

import os
import signal

POINTS = (
    "commit.before",
    "commit.after",
    "claim.after",
    "publish.before",
    "publish.after",
    "inbox.commit.before",
    "inbox.commit.after",
    "ack.before",
    "ack.after",
    "receipt.publish.before",
    "receipt.publish.after",
    "receipt.commit.before",
    "receipt.commit.after",
    "reply.before",
    "reply.after",
)

_target, _service, _left = "", "", 0


def arm(setting: str) -> None:
    """Choose the point; ValueError for a name that is not in POINTS."""
    global _target, _service, _left
    place, _, count = setting.partition("#")
    _target, _, _service = place.partition("@")
    _left = int(count or 1)
    if _target and _target not in POINTS:
        raise ValueError(f"no crash point {_target!r}; there are {', '.join(POINTS)}")


def point(name: str, service: str = "") -> None:
    """kill -9 of this very process if the setting says so; else nothing."""
    global _left
    if _target != name or (_service and _service != service):
        return
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
