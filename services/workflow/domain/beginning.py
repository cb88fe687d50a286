"""A new model 新建流程、決策 to begin with: an empty one, or another's text under a new id and name."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from gdbos_contracts.errors import BadInput, Fault
from services.workflow.domain.bpmn import xml
from services.workflow.domain.faults import fault

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""As the ids of the packs: small letters, digits, single hyphens."""
LONGEST = 64
RESERVED = frozenset(("new", "lint"))
"""Words of our own addresses beside the ids of models."""
_DMN = "https://www.omg.org/spec/DMN/20230324/MODEL/"
_EMPTY_PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:gdbos="urn:gdbos:bpmn:1" id="definitions" targetNamespace="urn:gdbos:process">
  <bpmn:process id="process" isExecutable="true">
    <bpmn:startEvent id="start" name="提交"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="review" name="审查" gdbos:role="reviewer" gdbos:actions="done"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
    <bpmn:endEvent id="end" name="办结" gdbos:outcome="done"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="review" />
    <bpmn:sequenceFlow id="f2" sourceRef="review" targetRef="end" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="process">
      <bpmndi:BPMNShape id="start-shape" bpmnElement="start"><dc:Bounds x="42" y="102" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="review-shape" bpmnElement="review"><dc:Bounds x="150" y="80" width="100" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="end-shape" bpmnElement="end"><dc:Bounds x="322" y="102" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="f1-edge" bpmnElement="f1"><di:waypoint x="78" y="120" /><di:waypoint x="150" y="120" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="f2-edge" bpmnElement="f2"><di:waypoint x="250" y="120" /><di:waypoint x="322" y="120" /></bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""
_EMPTY_DECISION = f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="{_DMN}" id="definitions" name="decision" namespace="urn:gdbos:decision">
  <inputData id="input_data" name="input"><variable name="input" typeRef="string" /></inputData>
  <decision id="decision" name="decision">
    <variable name="decision" typeRef="string" />
    <informationRequirement id="requirement"><requiredInput href="#input_data" /></informationRequirement>
    <decisionTable id="table" hitPolicy="UNIQUE">
      <input id="input"><inputExpression id="input_of" typeRef="string"><text>input</text></inputExpression></input>
      <output id="output" name="decision" typeRef="string" />
      <rule id="otherwise"><inputEntry id="any"><text>-</text></inputEntry><outputEntry id="left"><text>null</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
"""
"""One row that decides nothing: what is undecided is left to people."""


def faults(id: str, name: str) -> list[Fault]:
    """What is wrong with the id and the name of a new model."""
    fits = ID.fullmatch(id) and len(id) <= LONGEST and id not in RESERVED
    found = [] if fits else [fault("/id", "model_id", LONGEST)]
    return [*found, *([] if name.strip() and len(name) <= 200 else [fault("/name", "required", "name")])]


def process(id: str, name: str, text: str = "") -> str:
    """A BPMN file whose process has this id and name, drawn; of `text` everything else is kept. BadInput for a
    collaboration of several processes, of which none could be renamed alone."""
    root = _root(text or _EMPTY_PROCESS)
    processes = list(root.iter(f"{{{xml.BPMN}}}process"))
    if len(processes) != 1:
        raise BadInput(faults=[fault("/template", "one_process", len(processes))])
    old = processes[0].get("id", "")
    processes[0].attrib.update({"id": id, "name": name})
    for each in root.iter():
        for attribute in ("bpmnElement", "processRef"):
            if each.get(attribute) == old:
                each.set(attribute, id)
    root.attrib.update({"id": f"definitions-{id}", "targetNamespace": f"urn:gdbos:process:{id}"})
    return _written(root)


def decision(id: str, name: str, text: str = "") -> str:
    """A DMN file whose model has this id and name; of `text` everything else is kept."""
    root = _root(text or _EMPTY_DECISION)
    root.attrib.update({"id": id, "name": name, "namespace": f"urn:gdbos:decision:{id}"})
    return _written(root)


def _root(text: str) -> Any:
    return xml.read(text.encode()).getroot()


def _written(root: Any) -> str:
    return str(etree.tostring(root, encoding="unicode"))
