"""Publish processes and document templates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import BadInput, Fault, NotFound
from gdbos_feel import dmn
from services.workflow.domain import bpmn, decisions, engine
from services.workflow.domain.faults import fault
from services.workflow.handlers import telling
from services.workflow.handlers.desk import FORM_VERSION
from services.workflow.handlers.papers import NAMES
from services.workflow.ports import Cases, Printer, Processes, Standards, Typesetter, Work

Json = Mapping[str, Any]


def publish_process(command: Json, processes: Processes, cases: Cases, work: Work) -> dict[str, Any]:
    """Equal text is left alone; a changed model is the next version, and running cases keep theirs."""
    digest = hashlib.sha256(command["bpmn"].encode()).hexdigest()
    held = processes.digest(command["id"])
    if held is not None and held[1] == digest:
        return {"id": command["id"], "version": held[0], "changed": False}
    graph = compiled(command["bpmn"])
    version = held[0] + 1 if held else 1
    if not command["dry_run"]:
        processes.add(command["id"], version, command["bpmn"], graph.to_data(), digest)
        work.audit("process.publish", command["id"], version=version)
        work.emit("process.published", command["id"], {"version": version})
        work.emit("elements.used", command["id"], {"uses": [_uses(command["id"], version, graph)]})
        telling.of_process(command["id"], cases, work)
        work.commit()
    return {"id": command["id"], "version": version, "changed": True}


def _uses(id: str, version: int, graph: Any) -> dict[str, Any]:
    """The elements that the forms of its tasks ask."""
    forms = [node.attributes.get("form") or () for node in graph.nodes.values()]
    elements = sorted({f"{name}@{FORM_VERSION}" for form in forms for name in form})
    return {"kind": "process", "id": id, "version": str(version), "elements": elements}


def compiled(text: str) -> Any:
    """The graph; BadInput at /bpmn with every fault of the model."""
    try:
        return engine.compile(bpmn.parse(text.encode()))
    except ValueError as error:
        found = getattr(error, "faults", ())
        faults = [
            Fault(f"/bpmn{each.pointer}", each.code, each.message)
            for each in found
            if isinstance(each, Fault)
        ]
        raise BadInput(faults=faults or [fault("/bpmn", "bpmn", str(error)[:200])]) from error


def publish_decision(command: Json, processes: Processes, work: Work) -> dict[str, Any]:
    """A decision model (DMN) that items may name; versions as for processes. BadInput at /dmn."""
    digest = hashlib.sha256(command["dmn"].encode()).hexdigest()
    held = processes.decision_digest(command["id"])
    if held is not None and held[1] == digest:
        return {"id": command["id"], "version": held[0], "changed": False}
    try:
        faults = dmn.load(command["dmn"].encode()).faults
    except dmn.DmnError as error:
        faults = [str(error)]
    if faults:
        raise BadInput(faults=[fault("/dmn", "dmn", each[:200]) for each in faults])
    version = held[0] + 1 if held else 1
    judged = decisions.elements(command["dmn"])
    if not command["dry_run"]:
        processes.add_decision(command["id"], version, command["dmn"], digest)
        work.audit("decision.publish", command["id"], version=version)
        use = {"kind": "decision", "id": command["id"], "version": str(version), "elements": judged}
        work.emit("elements.used", command["id"], {"uses": [use]})
        work.commit()
    return {"id": command["id"], "version": version, "changed": True}


def publish_templates(
    templates: Sequence[Json],
    dry_run: bool,
    processes: Processes,
    printer: Printer,
    typesetter: Typesetter,
    standards: Standards,
    work: Work,
) -> dict[str, Any]:
    """Each template {id, title, html, layout}; a changed one is its next version, and documents keep theirs. One that
    cannot be read, or names what no case or standard knows, is a fault and nothing is written."""
    faults = [
        f
        for i, template in enumerate(templates)
        for f in _template_faults(template, f"/templates/{i}", printer, typesetter, standards)
    ]
    if faults:
        raise BadInput(faults=faults)
    held = {t["id"]: processes.template(t["id"]) or {"version": 0} for t in templates}
    changed = [t for t in templates if {**held[t["id"]], **t} != held[t["id"]]]
    if changed and not dry_run:
        for template in changed:
            version = held[template["id"]]["version"] + 1
            processes.add_template({**template, "version": version})
            work.audit("template.publish", template["id"], version=version)
        work.commit()
    return {"changed": [t["id"] for t in changed], "unchanged": len(templates) - len(changed)}


def _template_faults(
    template: Json, pointer: str, printer: Printer, typesetter: Typesetter, standards: Standards
) -> Iterator[Fault]:
    for name, checker in (("html", printer), ("layout", typesetter)):
        place, source = f"{pointer}/{name}", template[name]
        found = checker.check(source, NAMES, place)
        yield from found
        for element in [] if found else checker.elements(source):
            if not _known(element, standards):
                yield fault(place, "template_name", f"answers {element}")


def _known(element: str, standards: Standards) -> bool:
    try:
        standards.schema([{"element": element, "version": FORM_VERSION, "required": False}])
    except (BadInput, NotFound):
        return False
    return True
