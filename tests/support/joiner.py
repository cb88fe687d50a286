"""One of several writers that complete the branches of the same joins: `joiner.py ELEMENT COUNT` until all are done.

Killed at any moment it may be started again: what it committed and could not tell is answered as done.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / part) for part in ("", "libs", "tests")]

from support.green import patched  # noqa: E402

patched()

from gdbos_contracts.errors import Conflict, Unavailable  # noqa: E402
from gdbos_runtime import context, logs  # noqa: E402
from gdbos_runtime.settings import Settings, use  # noqa: E402
from services.workflow.domain.engine.replay import Command  # noqa: E402
from support.engine_host import EngineHost  # noqa: E402


def main(element: str, count: int) -> None:
    settings = Settings.from_env()
    use(settings)
    logs.configure("CRITICAL")
    context.bind(context.Context())
    host = EngineHost(settings, fresh=False)
    for number in range(count):
        while not _done(host, f"J{number}", element):
            pass
        print(number, flush=True)


def _done(host: EngineHost, case_no: str, element: str) -> bool:
    """False when another writer was faster: then again."""
    try:
        case = host.case(case_no)
        standing = [token for token, facts in case.doc["tokens"].items() if facts["e"] == element]
        if standing:
            host.tell(case_no, Command("complete", standing[0]), key=standing[0])
    except (Conflict, Unavailable):
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
