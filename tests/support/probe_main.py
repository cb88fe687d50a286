"""Runs the probe services in a process of its own that a crash point may kill: tells ids, then drains.

Prints one JSON object a line: {"told": id} for each acknowledged id, at the end {"drained": counts}.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from support.green import patched

patched()

import eventlet  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402

from gdbos_contracts.errors import Conflict, Unavailable  # noqa: E402
from gdbos_runtime import context, crash, logs  # noqa: E402
from gdbos_runtime.rpc_client import RpcClient, client_of  # noqa: E402
from gdbos_runtime.settings import Settings, use  # noqa: E402
from support import probe  # noqa: E402


def main(ids: list[str]) -> None:
    settings = Settings.from_env(receipt_after=0.5)
    use(settings)
    logs.configure("CRITICAL")
    probe.create_tables(settings)
    crash.arm(settings.crash_at)
    runner = ServiceRunner({"AMQP_URI": settings.amqp_uri, "max_workers": settings.max_workers})
    runner.add_service(probe.Teller)
    runner.add_service(probe.Listener)
    runner.start()
    context.bind(context.Context())
    client = client_of(settings)
    for id in ids:
        _tell(client, id)
        print(json.dumps({"told": id}), flush=True)
    print(json.dumps({"drained": _drain(settings, len(ids))}), flush=True)
    runner.stop()
    client.stop()


def _tell(client: RpcClient, id: str) -> None:
    """Until it is acknowledged; an id that an earlier life of the process committed counts as told."""
    while True:
        try:
            client.call("workflow", "tell", {"id": id})
            return
        except Conflict:
            return
        except Unavailable:
            eventlet.sleep(0.05)


def _drain(settings: Settings, wanted: int) -> dict[str, int]:
    def counts() -> dict[str, int]:
        found: dict[str, Any] = {
            "told": probe.count(settings, "workflow", probe.fact),
            "heard": probe.count(settings, "datahub", probe.fact),
            "audit": probe.count(settings, "workflow", probe.runtime["audit"]),
            "outbox": probe.count(settings, "workflow", probe.runtime["outbox"]),
            "retry": probe.count(settings, "datahub", probe.runtime["retry"]),
            "parked": probe.count(settings, "datahub", probe.runtime["parked"]),
        }
        return found

    with eventlet.Timeout(30, False):
        while counts()["heard"] < wanted or counts()["outbox"]:
            eventlet.sleep(0.05)
    return counts()


if __name__ == "__main__":
    main(sys.argv[1:])
