"""What would go wrong with a model: every finding with element, code and message, before a case meets it."""

from __future__ import annotations

from services.workflow.domain.bpmn.faults import Finding
from services.workflow.domain.bpmn.model import Model, Process
from services.workflow.domain.engine.lint import activities, events, gateways, paths, references, soundness
from services.workflow.domain.engine.lint.messages import finding

_RULES = (
    references.findings,
    events.findings,
    activities.findings,
    gateways.findings,
    paths.findings,
)


def lint(model: Model) -> list[Finding]:
    """All findings in the order of the file. Soundness is looked at only where the parts are sound."""
    found = references.file_findings(model)
    for process in model.processes:
        if _poolish(process, model):
            continue
        mine = [each for rule in _RULES for each in rule(model, process)]
        if not any(each.severity == "error" for each in mine):
            mine += soundness.findings(process)
        found += mine
    if not any(process.containers[process.id].nodes for process in model.processes):
        found.append(finding("no_process", ""))
    return sorted(found, key=lambda each: each.line)


def _poolish(process: Process, model: Model) -> bool:
    """An empty process stands for a partner's pool when another one has content."""
    empty = not process.containers[process.id].nodes
    return empty and any(other.containers[other.id].nodes for other in model.processes)
