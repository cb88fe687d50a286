"""The 21 reference models of the BPMN Model Interchange Working Group: read, written, nothing lost; the rest run."""

from __future__ import annotations

import xml.etree.ElementTree as Plain
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from support.house import SHARED

from services.workflow.domain import bpmn
from services.workflow.domain.bpmn.model import NODES
from services.workflow.domain.engine import Graph, compile, headless

FOLDER = SHARED / "bpmn-miwg" / "Reference"
NAMES = (
    "A.1.0", "A.2.0", "A.2.1", "A.3.0", "A.4.0", "A.4.1", "B.1.0", "B.2.0", "C.1.0", "C.1.1", "C.2.0", "C.3.0",
    "C.4.0", "C.5.0", "C.6.0", "C.7.0", "C.8.0", "C.8.1", "C.9.0", "C.9.1", "C.9.2",
)  # fmt: skip
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"


def read(name: str) -> bytes:
    path: Path = FOLDER / f"{name}.bpmn"
    if not FOLDER.exists():
        pytest.skip(f"the folder of reference models is absent: {FOLDER}")
    return path.read_bytes()


def everything(content: bytes) -> list[tuple[Any, ...]]:
    """Each node of the document in order: tag, attributes, texts, namespaces; comments and instructions too."""
    found = []
    for node in etree.fromstring(content).getroottree().iter():
        tag = node.tag if isinstance(node.tag, str) else node.tag.__name__
        spaces = dict(node.nsmap) if isinstance(node.tag, str) else {}
        found.append((tag, sorted(node.attrib.items()), node.text, node.tail, spaces))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost(name: str) -> None:
    content = read(name)
    written = bpmn.serialize(bpmn.parse(content))
    assert everything(written) == everything(content)
    assert bpmn.serialize(bpmn.parse(written)) == written


@pytest.mark.parametrize("name", NAMES)
def test_another_parser_sees_the_same_elements_ids_and_shapes(name: str) -> None:
    content = read(name)
    before = list(Plain.fromstring(content).iter())
    after = list(Plain.fromstring(bpmn.serialize(bpmn.parse(content))).iter())
    assert Counter(each.tag for each in after) == Counter(each.tag for each in before)
    assert [each.attrib for each in after] == [each.attrib for each in before]
    shapes = [each for each in after if each.tag.startswith(f"{{{DIAGRAM}}}")]
    assert shapes


@pytest.mark.parametrize("name", NAMES)
def test_every_flow_node_and_flow_is_in_the_model(name: str) -> None:
    content = read(name)
    model = bpmn.parse(content)
    root = Plain.fromstring(content)
    space = root.tag.partition("}")[0] + "}"
    processes = root.findall(f"{space}process")
    written = Counter(each.tag[len(space) :] for process in processes for each in process.iter())
    read_nodes = Counter(node.tag for process in model.processes for node in process.nodes())
    assert read_nodes == Counter({tag: count for tag, count in written.items() if tag in NODES})
    assert sum(len(list(process.flows())) for process in model.processes) == written["sequenceFlow"]


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles_as_far_as_it_goes(name: str) -> None:
    model = bpmn.parse(read(name))
    graph = compile(model, strict=False)
    assert set(graph.nodes) == {node.id for process in model.processes for node in process.nodes()}
    assert Graph.from_data(graph.to_data()) == graph
    for finding in headless.lint(read(name))["findings"]:
        assert finding["message"]["en"] and finding["message"]["zh-Hans"] and finding["code"]


@pytest.mark.parametrize(
    ("name", "answers", "variables"),
    [
        ("A.1.0", {}, {}),
        ("A.2.0", {}, {}),
        ("A.2.1", {}, {}),
        ("A.3.0", {}, {}),
        ("A.4.0", {}, {}),
        ("A.4.1", {}, {}),
        ("B.1.0", {}, {}),
        ("C.1.0", {"approveInvoice": {"approved": True}}, {"approved": True}),
        ("C.1.1", {}, {"approved": True}),
        ("C.3.0", {}, {}),
        ("C.4.0", {}, {}),
        ("C.5.0", {}, {}),
        ("C.9.0", {}, {"riskLevels": ["green"], "approved": True, "risks": []}),
        ("C.9.1", {}, {}),
        ("C.9.2", {}, {}),
    ],
)
def test_it_runs_to_its_end(name: str, answers: dict[str, Any], variables: dict[str, Any]) -> None:
    report = headless.run(read(name), variables, answers=answers)
    assert report["state"] == "completed", report.get("incident")
    ends = [step for step in report["trace"] if step["type"] == "endEvent"]
    assert ends
