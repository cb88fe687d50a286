"""Import 導入: processes of other systems → our BPMN, with everything told that was taken up otherwise.

Formats: `bpmn` (camunda: and zeebe: attributes), `digit` (BusinessService JSON), `table` (CSV of states).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gdbos_contracts.errors import BadInput, Fault
from services.workflow.domain import bpmn
from services.workflow.domain.bpmn.faults import Finding
from services.workflow.domain.bpmn.xml import LIMIT
from services.workflow.domain.engine.lint import lint
from services.workflow.domain.importing import building, digit, modellers, tables
from services.workflow.domain.importing.faults import fault

FORMATS = ("bpmn", "digit", "table")


@dataclass(frozen=True, slots=True)
class Imported:
    """One process. notes: what became of what. findings: of the linter, without errors."""

    id: str
    name: str
    bpmn: bytes
    notes: tuple[Fault, ...]
    findings: tuple[Finding, ...]

    def to_data(self) -> dict[str, Any]:
        """Without the file itself."""
        notes = [{"pointer": n.pointer, "code": n.code, "message": dict(n.message)} for n in self.notes]
        findings = [each.to_data() for each in self.findings]
        return {"id": self.id, "name": self.name, "notes": notes, "findings": findings}


def read(format: str, content: bytes, name: str = "process") -> list[Imported]:
    """BadInput for an unknown format, for bytes that are not of it, and for a process that could not run.

    name: of the process, for a format that has none.
    """
    if format not in FORMATS:
        raise BadInput(faults=[fault("", "format", format, ", ".join(FORMATS))])
    if len(content) > LIMIT:
        raise BadInput(faults=[fault("", "too_large")])
    if format == "bpmn":
        model = bpmn.parse(content)
        notes = modellers.convert(model)
        return [_checked(bpmn.serialize(model), notes)]
    machines = digit.read(content) if format == "digit" else tables.read(content, name)
    return [_checked(*building.build(machine)) for machine in machines]


def _checked(content: bytes, notes: list[Fault]) -> Imported:
    model = bpmn.parse(content)
    findings = lint(model)
    errors = [each for each in findings if each.severity == "error"]
    if errors:
        raise bpmn.ModelInvalid(errors)
    first = next(each for each in model.processes if each.containers[each.id].nodes)
    return Imported(first.id, first.name, content, tuple(notes), tuple(findings))
