"""What is wrong with a model: each finding names its element, so that a modeller can go there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gdbos_contracts.errors import BadInput, Fault
from gdbos_contracts.text import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """element: BPMN id ("" for the file). severity: error (cannot run) | warning. line: 1-based, 0 unknown."""

    element: str
    code: str
    message: Text
    severity: str = "error"
    line: int = 0

    def to_data(self) -> dict[str, Any]:
        return {
            "element": self.element,
            "code": self.code,
            "message": dict(self.message),
            "severity": self.severity,
            "line": self.line,
        }

    def fault(self) -> Fault:
        return Fault(f"/{self.element}" if self.element else "", self.code, self.message)


class BpmnError(BadInput):
    """The file cannot be read as BPMN: reason and line."""

    def __init__(self, reason: str, hans: str, hant: str, english: str, line: int = 0) -> None:
        self.reason = reason
        self.line = line
        message = {"zh-Hans": hans, "zh-Hant": hant, "en": english}
        super().__init__(message, [Fault("", reason, message)])


class ModelInvalid(BadInput):
    """The file is BPMN, but not a process that can run. `findings` holds every error, not only the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        detail = {
            "zh-Hans": f"流程模型有 {len(self.findings)} 处错误",
            "zh-Hant": f"流程模型有 {len(self.findings)} 處錯誤",
            "en": f"The process model has {len(self.findings)} error(s)",
        }
        super().__init__(detail, [finding.fault() for finding in self.findings])
