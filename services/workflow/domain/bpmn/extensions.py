"""Attributes of the free modellers (camunda:, zeebe:) and our own (gdbos:), under one set of names.

gdbos: wins over zeebe:, zeebe: over camunda:. What has no name here stays in the tree and is written back.
"""

from __future__ import annotations

import json
from typing import Any

from lxml import etree

from services.workflow.domain.bpmn.xml import BPMN, CAMUNDA, GDBOS, ZEEBE

_LISTS = ("actions", "form")
_CAMUNDA = {
    "candidateGroups": "role",
    "assignee": "assignee",
    "candidateUsers": "candidates",
    "dueDate": "due_date",
    "formKey": "form_key",
    "topic": "job",
    "class": "job",
    "delegateExpression": "job",
    "expression": "job",
    "decisionRef": "decision",
    "resultVariable": "result",
    "collection": "collection",
    "elementVariable": "item",
    "priority": "priority",
}
_ZEEBE = {
    ("taskDefinition", "type"): "job",
    ("taskDefinition", "retries"): "retries",
    ("assignmentDefinition", "candidateGroups"): "role",
    ("assignmentDefinition", "candidateUsers"): "candidates",
    ("assignmentDefinition", "assignee"): "assignee",
    ("taskSchedule", "dueDate"): "due_date",
    ("formDefinition", "formId"): "form_key",
    ("calledElement", "processId"): "called",
    ("calledDecision", "decisionId"): "decision",
    ("calledDecision", "resultVariable"): "result",
    ("script", "expression"): "script",
    ("script", "resultVariable"): "result",
    ("subscription", "correlationKey"): "key",
    ("loopCharacteristics", "inputCollection"): "collection",
    ("loopCharacteristics", "inputElement"): "item",
    ("loopCharacteristics", "outputCollection"): "output_collection",
    ("loopCharacteristics", "outputElement"): "output_item",
}


def read(element: etree._Element) -> dict[str, Any]:
    """The extensions of one BPMN element; {} when it has none."""
    found: dict[str, Any] = {}
    ours: dict[str, Any] = {}
    for key, value in element.attrib.items():
        name = str(key)
        if name.startswith("{" + CAMUNDA):
            mapped = _CAMUNDA.get(name[len(CAMUNDA) + 2 :])
            if mapped:
                found[mapped] = str(value)
        elif name.startswith("{" + GDBOS):
            ours[name[len(GDBOS) + 2 :]] = str(value)
    block = element.find(f"{{{BPMN}}}extensionElements")
    if block is not None:
        for child in block:
            _element(child, found, ours)
    found.update(ours)
    for name in _LISTS:
        if isinstance(found.get(name), str):
            found[name] = found[name].split()
    if str(found.get("due", "")).isdigit():
        found["due"] = int(found["due"])
    return found


def _element(child: etree._Element, found: dict[str, Any], ours: dict[str, Any]) -> None:
    if not isinstance(child.tag, str):
        return
    qualified = etree.QName(child)
    name, space = qualified.localname, qualified.namespace
    if space == GDBOS:
        ours[name] = dict(child.attrib) or (child.text or "").strip()
    elif space == ZEEBE:
        for key, value in child.attrib.items():
            mapped = _ZEEBE.get((name, str(key)))
            if mapped:
                found[mapped] = str(value)
        if name == "ioMapping":
            _mapping(child, found)
    elif space == CAMUNDA and name == "failedJobRetryTimeCycle":
        found["retries"] = (child.text or "").strip()
    elif space == CAMUNDA and name == "formData":
        found["form"] = [str(each.get("id")) for each in child if each.get("id")]
    elif space == CAMUNDA and name in ("in", "out"):
        source = child.get("source") or child.get("sourceExpression")
        if source and child.get("target"):
            side = "inputs" if name == "in" else "outputs"
            found.setdefault(side, []).append((str(child.get("target")), str(source)))


def _mapping(block: etree._Element, found: dict[str, Any]) -> None:
    """zeebe: a source without "=" is a text as it stands."""
    for child in block:
        source, target = child.get("source"), child.get("target")
        if isinstance(child.tag, str) and source and target:
            side = f"{etree.QName(child).localname}s"
            text = source if source.startswith("=") else json.dumps(source, ensure_ascii=False)
            found.setdefault(side, []).append((target, text))
