"""zen-engine on the table of fifty rows: microseconds of CPU for each decision. `zen_peer.py COUNT` prints JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import zen
from decision_table import GIVEN, ROWS, expected

RULES = [
    {"_id": f"r{n}", "a": f"[{low}..{high})", "k": json.dumps(kind), "o": json.dumps(level)}
    for n, (low, high, kind, level) in enumerate(ROWS)
]
TABLE = {
    "hitPolicy": "first",
    "inputs": [
        {"id": "a", "name": "amount", "field": "amount"},
        {"id": "k", "name": "kind", "field": "kind"},
    ],
    "outputs": [{"id": "o", "name": "level", "field": "level"}],
    "rules": RULES,
}
GRAPH = {
    "nodes": [
        {"id": "i", "name": "in", "type": "inputNode", "content": {}},
        {"id": "t", "name": "table", "type": "decisionTableNode", "content": TABLE},
        {"id": "o", "name": "out", "type": "outputNode", "content": {}},
    ],
    "edges": [
        {"id": "e1", "sourceId": "i", "targetId": "t", "type": "edge"},
        {"id": "e2", "sourceId": "t", "targetId": "o", "type": "edge"},
    ],
}


def main(count: int) -> float:
    decision = zen.ZenEngine().create_decision(json.dumps(GRAPH))
    for given in GIVEN:
        assert decision.evaluate(given)["result"]["level"] == expected(given)
    started = time.process_time()
    for n in range(count):
        decision.evaluate(GIVEN[n % len(GIVEN)])
    return (time.process_time() - started) / count * 1e6


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
