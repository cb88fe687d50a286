"""DBOS on the flow: a workflow that waits for four messages. `dbos_peer.py COUNT URL` prints milliseconds of CPU of
this process for each instance."""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dbos import DBOS, SetWorkflowID
from engine_flow import ANSWER, PAYLOAD


@DBOS.step()
def file(amount: int) -> int:
    return amount


@DBOS.workflow()
def flow(payload: dict[str, object]) -> str:
    DBOS.recv("intake", timeout_seconds=60)
    if int(str(payload["amount"])) > 100:
        for topic in ("a", "b", "c"):
            DBOS.recv(topic, timeout_seconds=60)
        file(int(str(payload["amount"])))
    return "done"


def main(count: int, url: str) -> float:
    logging.disable(logging.CRITICAL)
    DBOS(config={"name": "bench", "system_database_url": url, "run_admin_server": False})
    DBOS.launch()

    def one(n: int) -> None:
        with SetWorkflowID(f"w{time.time_ns()}-{n}"):
            handle = DBOS.start_workflow(flow, PAYLOAD)
        for topic in ("intake", "a", "b", "c"):
            DBOS.send(handle.get_workflow_id(), ANSWER, topic)
        assert handle.get_result() == "done"

    one(0)
    started = time.process_time()
    for n in range(count):
        one(n + 1)
    spent = (time.process_time() - started) / count * 1000
    DBOS.destroy()
    return spent


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2])))
