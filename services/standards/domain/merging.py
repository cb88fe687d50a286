"""What a steward said of two elements that look alike: merge them (合并), or keep both (保留)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gdbos_contracts.principal import Principal
from services.standards.domain.element import DataElement
from services.standards.domain.lifecycle import REGISTRAR, STEWARD, roles_of

DECISIONS = ("merge", "keep")


@dataclass(frozen=True, slots=True)
class TwinVerdict:
    """On one version of each, `one` before `other` by id. A merge names in `into` the element that stays; the other
    is withdrawn by its own steps. `note` says why."""

    one: str
    other: str
    one_version: int
    other_version: int
    decision: str
    into: str
    note: str
    by: str
    at: datetime

    def holds(self, versions: Mapping[str, int]) -> bool:
        """A new version of either asks again."""
        return (versions[self.one], versions[self.other]) == (self.one_version, self.other_version)

    def to_data(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "into": self.into,
            "note": self.note,
            "by": self.by,
            "at": self.at.isoformat(),
        }


def may_judge(principal: Principal, one: DataElement, other: DataElement) -> bool:
    """The steward of either, or the registrar."""
    return any({STEWARD, REGISTRAR} & roles_of(principal, element.steward) for element in (one, other))
