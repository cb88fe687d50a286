"""BPMN files of the free modellers: what camunda: and zeebe: say is said again in gdbos: and in FEEL.

Nothing is taken away: the foreign attributes stay, so the file still opens in the tool it came from.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gdbos_contracts.errors import Fault
from services.workflow.domain.bpmn.expressions import feel, marked
from services.workflow.domain.bpmn.model import Model, Node
from services.workflow.domain.bpmn.xml import BPMN, CAMUNDA, GDBOS, ZEEBE
from services.workflow.domain.importing.faults import fault

OURS = (
    "role", "assignee", "candidates", "due_date", "form_key", "form", "job", "retries", "decision", "result",
    "called", "priority",
)  # fmt: skip
"""Attributes that the engine or the desk reads, by their gdbos: names."""
_KNOWN = frozenset(
    (
        "candidateGroups", "assignee", "candidateUsers", "dueDate", "formKey", "topic", "class",
        "delegateExpression", "expression", "decisionRef", "resultVariable", "collection", "elementVariable",
        "priority", "type", "taskDefinition", "assignmentDefinition", "taskSchedule", "formDefinition",
        "calledElement", "calledDecision", "script", "subscription", "loopCharacteristics", "ioMapping",
        "input", "output", "in", "out", "failedJobRetryTimeCycle", "formData", "formField", "userTask",
        "modelerTemplate", "historyTimeToLive", "versionTag",
    )
)  # fmt: skip


def convert(model: Model) -> list[Fault]:
    """Change the tree of the model in place; what was turned into what, and what has no counterpart."""
    elements = {each.get("id"): each for each in model.tree.getroot().iter(f"{{{BPMN}}}*") if each.get("id")}
    notes: list[Fault] = []
    for process in model.processes:
        for node in process.nodes():
            if node.id in elements:
                notes += _attributes(node, elements[node.id])
    notes += _conditions(model)
    _prefix(model)
    return notes + list(_unmapped(model))


def _prefix(model: Model) -> None:
    """Declare ours at the top, under its usual prefix; every other prefix stays."""
    root = model.tree.getroot()
    if GDBOS not in root.nsmap.values():
        kept = {prefix for each in root.iter() for prefix in each.nsmap if prefix}
        etree.cleanup_namespaces(model.tree, top_nsmap={"gdbos": GDBOS}, keep_ns_prefixes=sorted(kept))


def _attributes(node: Node, element: etree._Element) -> Iterator[Fault]:
    for name in OURS:
        value = node.extensions.get(name)
        key = f"{{{GDBOS}}}{name}"
        if value in (None, "", []) or element.get(key) is not None:
            continue
        if name == "role" and "," in str(value):
            groups = [each.strip() for each in str(value).split(",")]
            yield fault(f"/{node.id}", "several_roles", ", ".join(groups))
            value = groups[0]
        text = " ".join(value) if isinstance(value, list) else str(value)
        element.set(key, text)
        yield fault(f"/{node.id}", "mapped", _origin(element), f"gdbos:{name}", text)


def _origin(element: etree._Element) -> str:
    """Which of the two dialects the element speaks."""
    found = etree.tostring(element)
    return "zeebe" if ZEEBE.encode() in found and b"zeebe:" in found else "camunda"


def _conditions(model: Model) -> Iterator[Fault]:
    for element in model.tree.getroot().iter(f"{{{BPMN}}}conditionExpression"):
        text = (element.text or "").strip()
        if marked(text) and len(element) == 0:
            parent = element.getparent()
            element.text = feel(text)
            identifier = parent.get("id", "") if parent is not None else ""
            yield fault(f"/{identifier}", "mapped", text, "FEEL", element.text)


def _unmapped(model: Model) -> Iterator[Fault]:
    """Foreign attributes and elements that neither we nor the engine read, each once per element."""
    for element in model.tree.getroot().iter():
        if not isinstance(element.tag, str):
            continue
        for name in [str(key) for key in element.attrib] + [element.tag]:
            space, _, local = name[1:].partition("}")
            if space in (CAMUNDA, ZEEBE) and local not in _KNOWN:
                yield fault(f"/{_owner(element)}", "unmapped", local)


def _owner(element: etree._Element) -> str:
    """The id of the nearest element that has one."""
    found: etree._Element | None = element
    while found is not None and not found.get("id"):
        found = found.getparent()
    return "" if found is None else str(found.get("id"))
