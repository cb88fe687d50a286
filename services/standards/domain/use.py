"""One reference from something outside the registry to one version of one element."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


def by_number(version: str) -> tuple[bool, int, str]:
    """Key that puts versions as users count them in order: numbers by their value."""
    return version.isdecimal(), len(version), version


@dataclass(frozen=True, slots=True)
class Use:
    """`kind` is item, source, process, licence_type or element; `version` is text, as the user counts."""

    kind: str
    id: str
    version: str
    element: str
    element_version: int

    def to_data(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "id": self.id,
            "version": self.version,
            "element": self.element,
            "element_version": self.element_version,
        }
