"""Any BPMN file with diagram interchange is drawn: each shape and edge once, well-formed, nothing to fetch."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from support.house import SHARED

from services.workflow.domain.bpmn import parse
from services.workflow.domain.bpmn.drawing import draw

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
REFERENCE = sorted((SHARED / "bpmn-miwg" / "Reference").glob("*.bpmn"))


def shown(picture: bytes) -> Counter[str]:
    return Counter(
        g.get("data-element", "") for g in etree.fromstring(picture).iter() if "data-element" in g.attrib
    )


@pytest.mark.parametrize("path", REFERENCE or [None], ids=lambda path: path.stem if path else "absent")
def test_every_shape_and_edge_of_a_reference_model_is_drawn(path: Path | None) -> None:
    if path is None:
        pytest.skip("the folder of reference models is absent")
    content = path.read_bytes()
    root = etree.fromstring(content)
    wanted = Counter(
        (each.get("bpmnElement") or "").rpartition(":")[2]
        for tag in ("BPMNShape", "BPMNEdge")
        for each in root.iter(f"{DI}{tag}")
    )
    picture = draw(parse(content))
    assert shown(picture) == wanted
    texts = "".join(each.text or "" for each in etree.fromstring(picture).iter("{*}text"))
    tasks = [each.get("name") for each in root.iter("{*}userTask", "{*}task") if each.get("id") in wanted]
    for name in tasks:
        assert "".join((name or "").split()) in "".join(texts.split())


def test_a_file_without_a_diagram_is_not_drawn() -> None:
    assert draw(parse(b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>')) == b""


@pytest.mark.parametrize("path", REFERENCE[:1], ids=lambda path: path.stem)
def test_where_a_case_stands_is_marked_and_nothing_is_fetched(path: Path) -> None:
    content = path.read_bytes()
    element = next(iter(etree.fromstring(content).iter("{*}task"))).get("id")
    picture = draw(parse(content), {str(element): "here"})
    (marked,) = etree.fromstring(picture).xpath("//*[@class='here']")
    assert marked.get("data-element") == element
    assert b"href" not in picture and b"<script" not in picture and b"<image" not in picture
