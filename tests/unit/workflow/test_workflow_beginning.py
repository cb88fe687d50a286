"""A new model: empty or as another, readable by our own linter, its id and name its own."""

from __future__ import annotations

import pytest
from support.house import ROOT

from gdbos_contracts.errors import BadInput
from services.workflow.domain import beginning, bpmn, decisions, engine
from services.workflow.domain.engine.lint import lint

STARTER = ROOT / "deploy" / "packs" / "starter"
PROCESSES = sorted((STARTER / "processes").glob("*.bpmn"))


def test_an_empty_process_runs_and_the_linter_has_nothing_to_say() -> None:
    text = beginning.process("tree-felling", "砍伐树木")
    assert lint(bpmn.parse(text.encode())) == []
    graph = engine.compile(bpmn.parse(text.encode()))
    assert (graph.process, graph.name) == ("tree-felling", "砍伐树木")


@pytest.mark.parametrize("path", PROCESSES, ids=lambda path: path.stem)
def test_a_process_that_begins_as_another_differs_in_its_name_alone(path: object) -> None:
    source = (STARTER / "processes" / str(getattr(path, "name", ""))).read_text(encoding="utf-8")
    old, new = (
        engine.compile(bpmn.parse(text.encode()))
        for text in (source, beginning.process("other", "另一", source))
    )
    assert (new.process, new.name) == ("other", "另一")
    assert list(new.nodes) == list(old.nodes)


def test_an_empty_decision_is_whole_and_decides_nothing() -> None:
    text = beginning.decision("tree-age", "树龄")
    looked_at = decisions.looked_at(text)
    assert (looked_at["name"], looked_at["faults"]) == ("树龄", [])
    (decision,) = looked_at["decisions"]
    assert decisions.tried(text, decision, {"input": "x"})["value"] is None


@pytest.mark.parametrize(
    "id", ["", "Tree", "tree felling", "-tree", "tree-", "1tree", "树", "../x", "new", "a" * 65]
)
def test_an_id_that_could_not_stand_in_an_address_is_refused(id: str) -> None:
    assert [each.code for each in beginning.faults(id, "名")] == ["model_id"]


def test_a_name_is_wanted_and_one_process() -> None:
    assert [each.pointer for each in beginning.faults("tree", "  ")] == ["/name"]
    two = beginning.process("a", "甲").replace(
        "</bpmn:process>", '</bpmn:process><bpmn:process id="second"></bpmn:process>'
    )
    with pytest.raises(BadInput):
        beginning.process("b", "乙", two)
