"""Free ports on the loopback address."""

from __future__ import annotations

import random
import socket

BELOW_EPHEMERAL = range(15000, 32000)
"""No outgoing connection takes one of these, so a killed server finds its port free when it comes back."""


def free_port() -> int:
    while True:
        port = random.choice(BELOW_EPHEMERAL)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
