"""Law 11: running cases of old releases, frozen with every document on the way, are replayed by today's code.

A file here is never changed. When the document's format changes, what is compared is the old document upgraded.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from services.workflow.domain import bpmn, engine
from services.workflow.domain.engine.documents import upgraded
from services.workflow.domain.engine.graph import Graph
from services.workflow.domain.engine.replay import Command, carry_out

FROZEN = sorted((Path(__file__).parent / "histories").glob("*.json"))


@pytest.mark.parametrize("path", FROZEN, ids=lambda path: path.stem)
def test_a_case_of_an_old_release_goes_on_as_it_went(path: Path) -> None:
    frozen = json.loads(path.read_text(encoding="utf-8"))
    for graph in (Graph.from_data(frozen["graph"]), engine.compile(bpmn.parse(frozen["bpmn"].encode()))):
        held: engine.Doc = {}
        for step in frozen["steps"]:
            command = Command(
                step["do"], step["target"], step.get("variables", {}), step.get("code", ""), step.get("key")
            )
            found, _ = carry_out(graph, held, command, datetime.fromisoformat(step["at"]))
            assert found == upgraded(step["doc"])
            held = step["doc"]


def test_there_are_frozen_cases() -> None:
    assert len(FROZEN) >= 4
